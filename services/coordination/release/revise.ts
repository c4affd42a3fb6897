// A new version of a draft (协调 art. 6 para 3): everybody is asked again with fresh clocks, unless it is exactly the
// text that a coordinator ruled. A text that was ruled against is put to nobody again. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { isSettled } from '../consultation/consultation.js'
import { disputeEnded, ruledAgainst, ruledOn, ruledText } from '../dispute/dispute.js'
import { mustConfirm } from '../joint/joint.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { Affected, ReleaseEvent } from './events.js'
import { checkAffected } from './named-agencies.js'
import { Deciding, mustBeOpen } from './release.js'
import { presentConsultations, type Release } from './state.js'
import {
  addReviewAndLetters,
  type LetterMeans,
  type SecrecyReview,
  type SubmitCommand,
} from './submit.js'

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
