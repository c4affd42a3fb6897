// Referral of a breach (协调 art. 8): a person's act that names the consequence in its own words. The
// service states facts, never guilt. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'

export type Referral = {
  readonly referralId: Id<'referral'>
  /** The agency that referred it, and the caller line of who did. */
  readonly referredBy: Id<'agency'>
  readonly by: string
  /** The supervision body or superior organ. */
  readonly to: Id<'agency'>
  /** Digest of the consequence, in the words of who refers. */
  readonly consequenceDigest: string
  readonly referredAt: Instant
}

type Published<One> = { readonly published?: One; readonly furtherPublications: readonly One[] }

/** The publications of a release that show a breach, in the order in which they were recorded. */
export const breachedPublications = <One extends { readonly breaches: readonly unknown[] }>({
  published,
  furtherPublications,
}: Published<One>): One[] =>
  [...(published === undefined ? [] : [published]), ...furtherPublications].filter(
    ({ breaches }) => breaches.length > 0,
  )

export type BreachEvent = { readonly type: 'BreachReferred' } & Referral
