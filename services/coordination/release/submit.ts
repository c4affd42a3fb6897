// Submission, secrecy review, letters and revision (协调 art. 4, 6 para 1). The rules on whom to
// consult, and that nothing leaves the agency before its secrecy review. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { settledByRuling } from '../dispute/dispute.js'
import { askToConfirm } from '../joint/confirm.js'
import { mustConfirm } from '../joint/joint.js'
import { instructionGiven } from '../negotiation/negotiate.js'
import type { StandingInstruction } from '../negotiation/negotiation.js'
import { packName, ruleOf, type Level, type Pack } from '../pack/pack.js'
import type { Affected, DisclosureAttribute, Issued, OriginKind, ReleaseEvent } from './events.js'
import { checkAffected, checkCoProducers, mustBeValid } from './named-agencies.js'
import {
  checkParticulars,
  declaresNothing,
  noParticulars,
  type Particulars,
} from './particulars.js'
import { Deciding, mustBeOpen } from './release.js'
import type { Release } from './state.js'

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

/** The secrecy review, and the letters that leave with it: to everybody affected, unless told otherwise. */
export function addReviewAndLetters(
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
