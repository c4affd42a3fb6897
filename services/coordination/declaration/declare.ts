// How a declaration enters a release, and how the releasing agency answers it (协调 art. 6 para 1). Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { mustConfirm } from '../joint/joint.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { Affected, ReleaseEvent } from '../release/events.js'
import { Deciding, mustBeOpen } from '../release/release.js'
import { hasEnded, type Release } from '../release/state.js'
import { checkAffected, type Judged } from '../release/named-agencies.js'
import type { LetterMeans } from '../release/submit.js'
import { openDeclarations } from './declaration.js'
import { isAsked } from './named-by-reply.js'

/** “We are affected too”: an obstacle until it is answered. Twice unanswered it is one. */
export function declareAffected(
  release: Release,
  pack: Pack,
  command: {
    readonly declarationId: Id<'declaration'>
    readonly agency: Id<'agency'>
    readonly declaredAt: Instant
    readonly digest: string
    readonly now: Instant
  },
): readonly ReleaseEvent[] {
  const { declarationId, agency, declaredAt, digest, now } = command
  if (!release.exists || hasEnded(release) || isAsked(release, agency)) return []
  if (openDeclarations(release).some((open) => open.agency === agency)) return []
  const deciding = new Deciding(release, pack, now)
  deciding.add([{ type: 'AffectedAgencyDeclared', declarationId, agency, declaredAt, digest }])
  return deciding.end()
}

/** The releasing agency answers: consults the agency on the present version, or says why not. */
export function answerDeclaration(
  release: Release,
  pack: Pack,
  command: Omit<Judged, 'releasingAgency'> & {
    readonly declarationId: string
    readonly consult: boolean
    readonly answerDigest: string
    /** The judgement with the agency among the affected, where it is consulted. */
    readonly judgementDigest: string
    readonly letters: LetterMeans
  },
): readonly ReleaseEvent[] {
  const declaration = release.declarations.find(({ id }) => id === command.declarationId)
  if (declaration === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  mustBeOpen(release, pack, { zh: '答复涉及声明', en: 'have declarations answered' })
  const rule = ruleOf(pack, pack.declarations)
  if (declaration.status !== 'open')
    throw new Refusal('out-of-order', 'DECLARATION_ANSWERED', rule, { field: 'declaration_id' })
  const { consult, now, answerDigest, judgementDigest } = command
  const affected: Affected = { agency: declaration.agency, trigger: 'may_affect_work' }
  if (consult)
    checkAffected(
      pack,
      { ...command, releasingAgency: release.releasingAgency },
      [affected],
      'declaration',
      { asked: release.affected, coProducers: mustConfirm(release, pack) },
    )
  const deciding = new Deciding(release, pack, now)
  if (consult && release.cleared !== undefined)
    deciding.add([
      {
        type: 'ClearanceReversed',
        version: release.version,
        cause: 'affected-agency-consulted',
        reversedAt: now,
      },
    ])
  deciding.add([
    {
      type: 'DeclarationAnswered',
      declarationId: declaration.id,
      version: release.version,
      consulted: consult,
      answerDigest,
      answeredAt: now,
      ...(consult ? { judgementDigest } : {}),
    },
  ])
  if (consult && release.issued) {
    const { documentNumber, numberFrom, ids } = command.letters
    const ofTheVersion = release.documentNumber !== ''
    deciding.add([
      {
        type: 'LettersIssued',
        version: release.version,
        issuedAt: now,
        // One letter of the version, with one more addressee: its number is the version's.
        documentNumber: ofTheVersion ? release.documentNumber : documentNumber,
        numberFrom: ofTheVersion ? 'version' : numberFrom,
        letters: [{ ...ids(affected.agency), ...affected }],
      },
    ])
  }
  return deciding.end()
}
