// The rows of coordination. States are those of a release (`ReleaseState`, in small letters).
import { asReply, not, OPEN, openIn, type Cell, type Row } from './authorisation.js'

const AGENCY = ['agency'] as const
const ALL_STATES_BUT = (...closed: readonly string[]): Cell =>
  openIn(...STATES.filter((state) => !closed.includes(state)))
const STATES = [
  ...['submitted', 'consulting', 'negotiation', 'in_dispute', 'ruled'],
  ...['cleared', 'held', 'published', 'withdrawn'],
] as const

const ANYONE: Row = {
  callers: ['agency', 'auditor', 'operator', 'service/escalation'],
  on: 'anyone',
}
const OWN: Row = { callers: AGENCY, on: 'own' }
const UNENDED = ALL_STATES_BUT('published', 'withdrawn')
/** While something is or may come to be in dispute. */
const IN_DISAGREEMENT = openIn('consulting', 'negotiation', 'in_dispute', 'ruled')
/** For who was asked about it, and who asks. */
const SEEN: Row = { callers: AGENCY, on: { releasing: OPEN, consulted: OPEN, co_producing: OPEN } }
/** The releasing agency's part; who knows the release is told so. */
const releasing = (cell: Cell): Row => ({
  callers: AGENCY,
  on: {
    releasing: cell,
    consulted: not('ONLY_RELEASING_AGENCY'),
    co_producing: not('ONLY_RELEASING_AGENCY'),
  },
})

export const RELEASE_ROWS = {
  SubmitRelease: OWN,
  GetRelease: SEEN,
  ListReleases: OWN,
  WatchRelease: SEEN,
  RecordSecrecyReview: releasing(openIn('submitted')),
  ReviseDraft: releasing(UNENDED),
  WithdrawRelease: releasing(UNENDED),
  DestroyContent: releasing(openIn('withdrawn')),
  DecideLateRemark: releasing(UNENDED),
  RecordPublication: releasing(OPEN), // a fact is recorded whatever the state: what was not cleared is a breach (art. 8)
  ExplainClearance: releasing(OPEN),
  ListReadings: releasing(OPEN),
  UploadAttachment: OWN,
  DownloadAttachment: {
    callers: AGENCY,
    on: { ...(SEEN.on as object), coordinator: OPEN, review_body: OPEN },
  },
  ListPolicyPacks: ANYONE,
  AdoptPolicyPack: { callers: ['operator'], on: 'anyone' },
  ComparePolicyPacks: ANYONE,
  CompareVersions: SEEN,
  RecordNegotiation: releasing(IN_DISAGREEMENT),
  DeclineChanges: releasing(IN_DISAGREEMENT),
  SetStandingInstruction: releasing(UNENDED),
  FileDispute: releasing(IN_DISAGREEMENT),
  RecordApproval: releasing(UNENDED),
  AnswerDeclaration: releasing(UNENDED),
} satisfies Record<string, Row>

/** A consultation is known to the agency that is asked and to the one that asks. */
const consulted = (cell: Cell): Row => ({ callers: AGENCY, on: { consulted: cell } })
const bothSides: Row = { callers: AGENCY, on: { releasing: OPEN, consulted: OPEN } }

export const CONSULTATION_ROWS = {
  ListConsultations: OWN,
  GetConsultation: bothSides,
  GiveOpinion: asReply(consulted(ALL_STATES_BUT('submitted', 'withdrawn'))), // after a publication: a late remark
  ExplainDeadline: bothSides,
  RequestEscalation: asReply(consulted(IN_DISAGREEMENT)),
  ConfirmJointRelease: asReply({ callers: AGENCY, on: { co_producing: UNENDED } }),
  DeclareAffected: asReply(OWN),
  ObjectToUnauthorisedRelease: asReply(OWN),
  RecordPaperService: {
    callers: AGENCY,
    on: {
      releasing: OPEN,
      consulted: not('ONLY_RELEASING_AGENCY'),
      authority: not('ONLY_RELEASING_AGENCY'),
    },
  },
  ContestPaperService: {
    reply: true,
    callers: AGENCY,
    on: {
      consulted: OPEN,
      releasing: not('ONLY_CONSULTED_AGENCY'),
      authority: not('ONLY_CONSULTED_AGENCY'),
    },
  },
  DecidePaperService: {
    callers: AGENCY,
    on: {
      authority: OPEN,
      releasing: not('ONLY_COMPETENT_AUTHORITY'),
      consulted: not('ONLY_COMPETENT_AUTHORITY'),
    },
  },
  RecordPaperOpinion: {
    reply: true,
    callers: AGENCY,
    on: { releasing: OPEN, consulted: OPEN, authority: OPEN },
  },
} satisfies Record<string, Row>

export const CLOCK_ROWS = {
  GetClock: { callers: ['operator', 'auditor'], on: 'anyone' },
  ConfirmClock: { callers: ['operator'], on: 'anyone' },
  ListOutages: { callers: ['operator', 'auditor', 'agency'], on: 'anyone' },
  RecordOutage: { callers: ['operator'], on: 'anyone' },
  PreviewRecomputation: { callers: ['operator'], on: 'anyone' },
  ListRecomputations: { callers: ['operator', 'auditor'], on: 'anyone' },
} satisfies Record<string, Row>

export const ORGANISING_ROWS = {
  ListMatters: OWN,
  ListBreaches: OWN,
  ReferBreach: {
    callers: AGENCY,
    on: {
      authority: OPEN,
      consulted: OPEN,
      co_producing: OPEN,
      releasing: not('ONLY_COMPETENT_AUTHORITY'),
    },
  },
} satisfies Record<string, Row>

/** Escalation asks for the file of the disputes that it holds. */
export const DISPUTE_FILE_ROWS = {
  GetDisputeFile: { callers: ['service/escalation'], on: 'anyone' },
} satisfies Record<string, Row>

export const COORDINATION_FEED_ROWS = {
  Read: { callers: ['service/coordination', 'service/escalation', 'service/audit'], on: 'anyone' },
} satisfies Record<string, Row>
