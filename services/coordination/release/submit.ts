// Submission, secrecy review, letters and revision (协调 art. 4, 6 para 1). The rules on whom to
// consult, and that nothing leaves the agency before its secrecy review. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { isSettled } from '../consultation/consultation.js'
import {
  disputeEnded,
  ruledAgainst,
  ruledOn,
  ruledText,
  settledByRuling,
} from '../dispute/dispute.js'
import { askToConfirm } from '../joint/confirm.js'
import { mustConfirm } from '../joint/joint.js'
import { instructionGiven } from '../negotiation/negotiate.js'
import type { StandingInstruction } from '../negotiation/negotiation.js'
import { packName, ruleOf, type Level, type Pack } from '../pack/pack.js'
import type { Affected, DisclosureAttribute, Issued, OriginKind, ReleaseEvent } from './events.js'
import {
  checkParticulars,
  declaresNothing,
  noParticulars,
  type Particulars,
} from './particulars.js'
import { Deciding, mustBeOpen } from './release.js'
import { presentConsultations, type Release } from './state.js'

/** What the decision needs to know of an agency. */
export type KnownAgency = {
  readonly code: Id<'agency'>
  readonly name: string
  readonly documentPrefix: string
  readonly region: string
  readonly level: Level
  /** Whether it is its level's competent authority for disclosure. */
  readonly isCompetentAuthority: boolean
  /** Whether letters can reach it: it has designated a mailbox. */
  readonly hasMailbox: boolean
  readonly validFrom?: Instant
  readonly validUntil?: Instant
  readonly successor?: Id<'agency'>
}

/** The secrecy review as decided upon; its words lie in the content store. */
export type SecrecyReview = { readonly reviewedOn: string; readonly digest: string }

/** How the letters get their number and ids. */
export type LetterMeans = {
  readonly documentNumber: string
  readonly numberFrom: 'agency' | 'allotted'
  readonly ids: (agency: string) => {
    readonly consultationId: Id<'consultation'>
    readonly letterId: Id<'letter'>
  }
  /** When to remind a co-producer of its confirmation; undefined where no calendar says. */
  readonly remindAt?: (agency: string) => Instant | undefined
}

export type SubmitCommand = {
  readonly releasingAgency: Id<'agency'>
  readonly submittedBy: string
  readonly now: Instant
  readonly packDigest: string
  readonly origin: OriginKind
  readonly maker?: Id<'agency'>
  readonly attribute: DisclosureAttribute
  readonly draftDigest: string
  readonly judgementDigest: string
  readonly affected: readonly Affected[]
  readonly noneAffectedReason: boolean
  /** What it declares beside the draft. */
  readonly particulars?: Particulars
  /** To whom a disagreement goes by itself; absent: the pack's default. */
  readonly standingInstruction?: StandingInstruction
  readonly secrecyReview?: SecrecyReview
  readonly letters: LetterMeans
  /** Agencies by code, as known to the house. */
  readonly agency: (code: string) => KnownAgency | undefined
  /** For messages: the Beijing date of an instant. */
  readonly dateOf: (at: Instant) => string
}

/** Submits a draft: judges the input by the pack, and writes the letters where the secrecy review is on record. */
export function submit(
  release: Release,
  pack: Pack,
  command: SubmitCommand,
): readonly ReleaseEvent[] {
  mustBeValid(command.releasingAgency, 'releasing_agency', command)
  // Where a law assigns the release, it may be another's information: the law goes first (art. 4).
  const assigned = command.origin === 'assigned_by_law'
  if (!assigned && command.maker !== undefined && command.maker !== command.releasingAgency)
    throw new Refusal('malformed', 'ORIGIN_NOT_YOURS', ruleOf(pack, pack.origin), {
      field: 'origin.maker',
      maker: command.agency(command.maker)?.name ?? command.maker,
    })
  const { particulars = noParticulars } = command
  checkParticulars(pack, particulars, {
    attribute: command.attribute,
    today: command.dateOf(command.now),
    publisher: command.agency(command.releasingAgency),
  })
  checkCoProducers(pack, command, particulars.coProducers)
  checkAffected(pack, command, command.affected, 'affected', {
    coProducers: mustConfirm({ particulars }, pack),
  })
  if (command.affected.length === 0 && !command.noneAffectedReason)
    throw new Refusal('malformed', 'NO_AFFECTED_AGENCY', ruleOf(pack, pack.consultation), {
      field: 'affected',
    })
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: 'ReleaseSubmitted',
      releasingAgency: command.releasingAgency,
      submittedBy: command.submittedBy,
      submittedAt: command.now,
      pack: packName(pack),
      packDigest: command.packDigest,
      origin: command.origin,
      attribute: command.attribute,
      draftDigest: command.draftDigest,
      judgementDigest: command.judgementDigest,
      affected: command.affected,
      ...(command.secrecyReview === undefined && command.letters.numberFrom === 'agency'
        ? { askedNumber: command.letters.documentNumber }
        : {}),
    },
  ])
  if (!declaresNothing(particulars)) deciding.add([{ type: 'ParticularsDeclared', ...particulars }])
  if (command.standingInstruction !== undefined)
    deciding.add([instructionGiven(pack, command.standingInstruction, command.now)])
  if (command.secrecyReview !== undefined)
    addReviewAndLetters(deciding, command.secrecyReview, command.letters)
  return deciding.end()
}

/** The secrecy review comes on record: now the letters may leave. */
export function recordSecrecyReview(
  release: Release,
  pack: Pack,
  command: {
    readonly now: Instant
    readonly review: SecrecyReview
    readonly letters: LetterMeans
  },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, { zh: '记录保密审查', en: 'have a secrecy review recorded' })
  if (release.secrecyReview !== undefined)
    throw new Refusal('out-of-order', 'SECRECY_REVIEW_ON_RECORD', ruleOf(pack, pack.secrecyReview))
  const deciding = new Deciding(release, pack, command.now)
  addReviewAndLetters(deciding, command.review, command.letters)
  return deciding.end()
}

/** A new version: everybody who was asked is asked again, with fresh clocks (art. 6 para 3). */
export function reviseDraft(
  release: Release,
  pack: Pack,
  command: {
    readonly now: Instant
    readonly draftDigest: string
    readonly judgementDigest: string
    readonly alsoAffected: readonly Affected[]
    readonly review: SecrecyReview
    readonly letters: LetterMeans
    readonly agency: SubmitCommand['agency']
    readonly dateOf: SubmitCommand['dateOf']
  },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, { zh: '修订', en: 'be revised' })
  if (command.draftDigest === release.draftDigest)
    throw new Refusal('malformed', 'DRAFT_UNCHANGED', ruleOf(pack, pack.negotiation), {
      field: 'text',
    })
  const asked = release.affected
  const affected = [...asked, ...command.alsoAffected]
  checkAffected(
    pack,
    { ...command, releasingAgency: release.releasingAgency },
    command.alsoAffected,
    'also_affected',
    { asked, coProducers: mustConfirm(release, pack) },
  )
  const ruled = ruledText(release, command.draftDigest)
  if (ruled === undefined) mustNotBeRuledAgainst(release, pack, command.draftDigest)
  else othersMustHaveEnded(release, pack)
  const deciding = new Deciding(release, pack, command.now)
  deciding.add(disputeEnded(release, 'draft-revised', command.now))
  if (release.negotiating)
    deciding.add([{ type: 'NegotiationEnded', version: release.version, cause: 'draft-revised' }])
  deciding.add([
    {
      type: 'DraftRevised',
      version: release.version + 1,
      revisedAt: command.now,
      draftDigest: command.draftDigest,
      judgementDigest: command.judgementDigest,
      affected,
      ...(ruled === undefined ? {} : { byRulingOf: ruled.id }),
    },
  ])
  // A text that was ruled is not consulted again.
  const addressees = ruled === undefined ? affected : command.alsoAffected
  addReviewAndLetters(deciding, command.review, command.letters, addressees)
  return deciding.end()
}

/** A text that a coordinator forbade is put to nobody again; another text may be. */
function mustNotBeRuledAgainst(release: Release, pack: Pack, draftDigest: string): void {
  const dispute = ruledAgainst(release.disputes, draftDigest)
  if (dispute !== undefined)
    throw new Refusal('out-of-order', 'RULED_AGAINST', ruleOf(pack, pack.escalation), {
      field: 'text',
      version: dispute.version,
    })
}

/** Other consultations of the version run on: nothing is settled over their heads. */
function othersMustHaveEnded(release: Release, pack: Pack): void {
  const open = presentConsultations(release).find(
    (consultation) => !isSettled(consultation) && !ruledOn(release, consultation.agency),
  )
  if (open !== undefined)
    throw new Refusal('out-of-order', 'CONSULTATIONS_OPEN', ruleOf(pack, pack.consultation), {
      agency: open.agency,
    })
}

function addReviewAndLetters(
  deciding: Deciding,
  review: SecrecyReview,
  means: LetterMeans,
  addressees: readonly Affected[] = deciding.state.affected,
): void {
  const { documentNumber, numberFrom, ids } = means
  const { state, now } = deciding
  const coProducers = mustConfirm(state, deciding.pack).filter(
    (agency) => !settledByRuling(state, agency),
  )
  const letters: Issued[] = addressees.map(({ agency, trigger }) => ({
    ...ids(agency),
    agency,
    trigger,
  }))
  deciding.add([
    {
      type: 'SecrecyReviewRecorded',
      version: state.version,
      reviewedOn: review.reviewedOn,
      reviewDigest: review.digest,
    },
    {
      type: 'LettersIssued',
      version: state.version,
      issuedAt: now,
      documentNumber: letters.length + coProducers.length === 0 ? '' : documentNumber,
      numberFrom,
      letters,
    },
  ])
  deciding.add(askToConfirm(deciding.state, deciding.pack, means, now))
}

/** What the judgement of whom to ask rests on. */
export type Judged = Pick<SubmitCommand, 'releasingAgency' | 'now' | 'agency' | 'dateOf'>

/** Refuses faults of a list of agencies to be consulted. */
export function checkAffected(
  pack: Pack,
  command: Judged,
  named: readonly Affected[],
  field: string,
  {
    asked = [],
    coProducers = [],
  }: { readonly asked?: readonly Affected[]; readonly coProducers?: readonly string[] } = {},
): void {
  const seen = new Set(asked.map(({ agency }) => agency))
  named.forEach(({ agency }, index) => {
    const at = `${field}[${index}].agency`
    if (agency === command.releasingAgency)
      throw new Refusal('malformed', 'CONSULTING_ONESELF', ruleOf(pack, pack.consultation), {
        field: at,
        agency,
      })
    if (seen.has(agency))
      throw new Refusal('malformed', 'AGENCY_REPEATED', ruleOf(pack, pack.consultation), {
        field: at,
        agency,
      })
    // It confirms (art. 5): a yes from silence would take the place of a confirmation.
    if (coProducers.includes(agency))
      throw new Refusal('malformed', 'CO_PRODUCER_AFFECTED', ruleOf(pack, pack.confirmations), {
        field: at,
        agency,
      })
    seen.add(agency)
    mustBeValid(agency, at, command)
  })
}

/** The others that made the information: known, valid, not oneself, each once (art. 5). */
function checkCoProducers(pack: Pack, command: Judged, coProducers: readonly string[]): void {
  const rule = ruleOf(pack, pack.confirmations)
  const seen = new Set<string>()
  coProducers.forEach((agency, index) => {
    const field = `co_producers[${index}]`
    if (agency === command.releasingAgency)
      throw new Refusal('malformed', 'CO_PRODUCING_WITH_ONESELF', rule, { field, agency })
    if (seen.has(agency)) throw new Refusal('malformed', 'AGENCY_REPEATED', rule, { field, agency })
    seen.add(agency)
    mustBeValid(agency, field, command)
  })
}

function mustBeValid(code: Id<'agency'>, field: string, command: Judged): void {
  const agency = command.agency(code)
  if (agency === undefined)
    throw new Refusal('malformed', 'AGENCY_UNKNOWN', 'house/directory', { field, agency: code })
  const { validFrom, validUntil, successor } = agency
  const begun = validFrom === undefined || validFrom <= command.now
  const lasts = validUntil === undefined || command.now < validUntil
  if (begun && lasts) return
  throw new Refusal('malformed', 'AGENCY_NOT_VALID', 'house/directory', {
    field,
    agency: code,
    date: command.dateOf(command.now),
    successor: successor ?? '-',
  })
}
