// What the tests of the law share: Qingyuan's pack, a release of the water bureau that concerns the
// health and the police bureau, its events in plain names, and commands with everything filled in.
// Received on 2026-09-28, so that the National Day holidays count: the last day is Saturday 2026-10-10.
import { readFileSync } from 'node:fs'
import { evolveConsultation, type Consultation } from '../consultation/consultation.js'
import type { ConsultationEvent } from '../consultation/events.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { Given, OpinionKind } from '../consultation/opinion.js'
import type { DeemConsent, Downtime } from '../consultation/silence.js'
import type { Claim, Pack } from '../pack/pack.js'
import { readPack } from '../pack/read-pack.js'
import type { Affected, ReleaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { decideOpinion, decideSilence, type GiveOpinionCommand } from './release.js'
import { noRelease, type Release } from './state.js'

export const at = (text: string): number => Date.parse(text)

export const packData = (): Record<string, unknown> =>
  JSON.parse(
    readFileSync(new URL('../pack/packs/qingyuan-2011.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>

/** Qingyuan's pack, with parts replaced; one that cannot be used is a mistake of the test. */
export function packWith(change: (data: Record<string, Record<string, unknown>>) => void): Pack {
  const data = packData()
  change(data as Record<string, Record<string, unknown>>)
  const read = readPack(data)
  if ('faults' in read) throw new Error(read.faults.join('; '))
  return read.pack
}
export const qingyuan = packWith(() => {})

export const WATER = 'water-bureau'
export const HEALTH = 'health-bureau'
export const POLICE = 'police-bureau'
export const SUBMITTED = at('2026-09-28T09:00+08:00')
export const RECEIVED = at('2026-09-28T10:00+08:00')
export const IN_TIME = at('2026-10-09T15:00+08:00')
export const DEADLINE = at('2026-10-11T00:00+08:00')
export const ROLLED = at('2026-10-13T00:00+08:00')
export const ROLLED_TWICE = at('2026-10-14T00:00+08:00')
export const SETTLING = 15_000
export const LATE = at('2026-10-11T09:00+08:00')
export const DEEMED = DEADLINE + SETTLING

export const firm: DeadlineRecord = {
  at: DEADLINE,
  lastDay: '2026-10-10',
  days: [],
  revision: 7,
  region: '441800',
  provisional: false,
  reminders: [at('2026-10-08T09:00+08:00'), at('2026-10-09T09:00+08:00')],
}
export const provisional: DeadlineRecord = { ...firm, provisional: true }
export const awaiting: DeadlineRecord = { ...firm, awaitsNotice: 2027 }
export const rolled: DeadlineRecord = { ...firm, at: ROLLED, lastDay: '2026-10-12' }
export const rolledTwice: DeadlineRecord = { ...firm, at: ROLLED_TWICE, lastDay: '2026-10-13' }

export const startOf = (date: string): number => at(`${date}T00:00+08:00`)

/** An outage, from and to as `10-10T08:00`. */
export const down = (from: string, to: string): Downtime => ({
  from: at(`2026-${from}+08:00`),
  to: at(`2026-${to}+08:00`),
})

/** The working days after the last: Monday the 12th and Tuesday the 13th, and then no calendar. */
const nextWorkingDay: DeemConsent['nextWorkingDay'] = (deadline) =>
  [rolled, rolledTwice].find((next) => next.at > deadline.at)

export const silent = (now: number, more: Partial<DeemConsent> = {}): DeemConsent => ({
  now,
  settling: SETTLING,
  downtimes: [],
  startOf,
  nextWorkingDay,
  ...more,
})

export const asks = (agency: string, version = 1): string => `asks-${agency}-${version}`

const affected: readonly Affected[] = [
  { agency: HEALTH, trigger: 'concerns' },
  { agency: POLICE, trigger: 'may_affect_work' },
]
export const DRAFT_1 = 'draft-1'
export const DRAFT_2 = 'draft-2'

export const submitted: ReleaseEvent = {
  type: 'ReleaseSubmitted',
  releasingAgency: WATER,
  submittedBy: `agency/${WATER}/office`,
  submittedAt: SUBMITTED,
  pack: 'qingyuan-2011@1',
  packDigest: 'pack-digest',
  origin: 'made',
  attribute: 'active',
  draftDigest: DRAFT_1,
  judgementDigest: 'judgement-1',
  affected,
}
export const reviewed: ReleaseEvent = {
  type: 'SecrecyReviewRecorded',
  version: 1,
  reviewedOn: '2026-09-25',
  reviewDigest: 'review-1',
}
export const issuedTo = (version: number, agencies: readonly Affected[]): ReleaseEvent => ({
  type: 'LettersIssued',
  version,
  issuedAt: SUBMITTED,
  documentNumber: `清水公开征〔2026〕${version}号`,
  numberFrom: 'allotted',
  letters: agencies.map(({ agency, trigger }) => ({
    consultationId: asks(agency, version),
    letterId: `letter-${agency}-${version}`,
    agency,
    trigger,
  })),
})
export const issued = issuedTo(1, affected)
export const revised: ReleaseEvent = {
  type: 'DraftRevised',
  version: 2,
  revisedAt: IN_TIME,
  draftDigest: DRAFT_2,
  judgementDigest: 'judgement-2',
  affected,
}
export const asked = [submitted, reviewed, issued] as const
export const askedAgain = [revised, { ...reviewed, version: 2 }, issuedTo(2, affected)] as const

export const received = (agency: string, deadline = firm, version = 1): ReleaseEvent => ({
  type: 'LetterReceived',
  consultationId: asks(agency, version),
  receivedAt: RECEIVED,
  deadline,
})
export const running = [...asked, received(HEALTH), received(POLICE)] as const

/** An opinion as the record keeps it: with reasons unless told otherwise. */
export const opinion = (
  kind: OpinionKind,
  admittedAt: number,
  more: { claims?: readonly Claim[]; hasReasons?: boolean; askInstead?: string } = {},
): Given => ({
  kind,
  digest: `opinion-${kind}`,
  hasReasons: kind === 'objection' || kind === 'consent_with_changes',
  claims: [],
  admittedAt,
  givenBy: 'agency/somebody/office',
  ...more,
})
export const said = (
  agency: string,
  kind: OpinionKind,
  admittedAt = IN_TIME,
  version = 1,
): ReleaseEvent => ({
  type: 'OpinionGiven',
  consultationId: asks(agency, version),
  opinion: opinion(kind, admittedAt),
  replaces: false,
})
export const deemed = (agency: string, version = 1): ReleaseEvent => ({
  type: 'ConsentDeemed',
  consultationId: asks(agency, version),
  effectiveAt: DEADLINE,
  recordedAt: DEEMED,
})
export const cleared = (clearedAt: number, version = 1): ReleaseEvent => ({
  type: 'ReleaseCleared',
  version,
  digest: version === 1 ? DRAFT_1 : DRAFT_2,
  clearedAt,
  basis: [],
})

/** Folds the events of a release, and hands it to a command. */
export function given(...events: readonly ReleaseEvent[]) {
  const release = events.reduce(evolve, noRelease('release-1'))
  return {
    release,
    when: (decide: (release: Release) => readonly ReleaseEvent[]) => decide(release),
    /** The release as it becomes. */
    after: (...decisions: ((release: Release) => readonly ReleaseEvent[])[]): Release =>
      decisions.reduce((state, decide) => decide(state).reduce(evolve, state), release),
  }
}

/** An agency's reply; committed as it is admitted unless told otherwise. */
export const says =
  (
    agency: string,
    given: Given,
    more: Partial<GiveOpinionCommand> & { pack?: Pack; version?: number } = {},
  ) =>
  (release: Release): readonly ReleaseEvent[] => {
    const { pack = qingyuan, version = 1, ...command } = more
    return decideOpinion(release, pack, {
      ...silent(command.now ?? given.admittedAt),
      consultationId: asks(agency, version),
      opinion: given,
      remarkId: `remark-${agency}-${given.admittedAt}`,
      declarationId: `named-by-${agency}-${given.admittedAt}`,
      draftDigest: version === 1 ? DRAFT_1 : DRAFT_2,
      clockInDoubt: false,
      ...command,
    })
  }

export const silence =
  (now: number, { pack = qingyuan, ...more }: Partial<DeemConsent> & { pack?: Pack } = {}) =>
  (release: Release): readonly ReleaseEvent[] =>
    decideSilence(release, pack, silent(now, more))

/** The health bureau's consultation after its own events. */
export const consultation = (...events: readonly ConsultationEvent[]): Consultation =>
  events.reduce(evolveConsultation, given(...asked).release.consultations[asks(HEALTH)]!)

/** Names of events, for what follows in which order. */
export const names = (events: readonly ReleaseEvent[]): string[] => events.map(({ type }) => type)
