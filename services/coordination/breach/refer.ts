// Refers a breach that is on record (协调 art. 8). Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import type { Release } from '../release/state.js'
import { breachedPublications, type Referral } from './referral.js'

/** Whoever may be told of a breach of a release, as the directory resolved it, with the name for the message. */
export type Addressee = { readonly agency: string; readonly name: string }

/** To the supervision body or a superior organ, and nobody else. May be repeated: each is an act of its own. */
export function referBreach(
  release: Release,
  pack: Pack,
  referral: Referral,
  addressees: readonly Addressee[],
): readonly ReleaseEvent[] {
  const rule = ruleOf(pack, pack.breach)
  if (breachedPublications(release).length === 0)
    throw new Refusal('out-of-order', 'NO_BREACH_ON_RECORD', rule, { field: 'release_id' })
  if (!addressees.some(({ agency }) => agency === referral.to))
    throw new Refusal('malformed', 'REFERRAL_ADDRESSEE', rule, {
      field: 'to',
      agency: referral.to,
      addressees: addressees.map(({ agency, name }) => `${name}（${agency}）`).join('、') || '-',
    })
  return [{ type: 'BreachReferred', ...referral }]
}
