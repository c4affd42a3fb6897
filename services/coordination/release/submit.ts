// Submission, secrecy review, letters and revision (协调 art. 4, 6 para 1). The rules on whom to
// consult, and that nothing leaves the agency before its secrecy review. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { packName, ruleOf, type Pack } from '../pack/pack.js'
import type { Affected, DisclosureAttribute, Issued, OriginKind, ReleaseEvent } from './events.js'
import { Deciding, mustBeOpen } from './release.js'
import type { Release } from './state.js'

/** What the decision needs to know of an agency. */
export type KnownAgency = {
  readonly code: Id<'agency'>
  readonly name: string
  readonly documentPrefix: string
  readonly region: string
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
  checkAffected(pack, command, command.affected, 'affected')
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
    asked,
  )
  const deciding = new Deciding(release, pack, command.now)
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
    },
  ])
  addReviewAndLetters(deciding, command.review, command.letters)
  return deciding.end()
}

function addReviewAndLetters(
  deciding: Deciding,
  review: SecrecyReview,
  { documentNumber, numberFrom, ids }: LetterMeans,
): void {
  const { state, now } = deciding
  const letters: Issued[] = state.affected.map(({ agency, trigger }) => ({
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
      documentNumber: letters.length === 0 ? '' : documentNumber,
      numberFrom,
      letters,
    },
  ])
}

type Judged = Pick<SubmitCommand, 'releasingAgency' | 'now' | 'agency' | 'dateOf'>

function checkAffected(
  pack: Pack,
  command: Judged,
  named: readonly Affected[],
  field: string,
  before: readonly Affected[] = [],
): void {
  const seen = new Set(before.map(({ agency }) => agency))
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
    seen.add(agency)
    mustBeValid(agency, at, command)
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
