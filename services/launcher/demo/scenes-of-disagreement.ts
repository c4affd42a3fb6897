// What the demo tells of a disagreement (协调 art. 6 para 3), from the first round to the ruled text.
import type { Beijing, Both, Party } from './scene.js'

export type RoundScene = {
  readonly scene: 'round'
  readonly at: Beijing
  readonly release: number
  readonly ordinal: number
  readonly kind: string
  readonly positions: readonly (Party & { readonly position: string })[]
  readonly summary: string
  /** To whom it goes by itself, and when. */
  readonly instruction: {
    readonly to: string
    readonly afterWorkingDays: number
    readonly byDefault: boolean
    readonly dueAt: Beijing | undefined
  }
}

export type DisputeScene = {
  readonly scene: 'dispute'
  readonly at: Beijing
  readonly release: number
  readonly disputeId: string
  readonly documentNumber: string
  readonly by: Party
  /** True where nobody declared anything: the standing instruction filed it. */
  readonly onStandingInstruction: boolean
  readonly to: string
  readonly coordinator: Party
  readonly candidates: readonly {
    readonly kind: string
    readonly agency: Party
    readonly reason: Both
  }[]
  readonly parties: readonly (Party & { readonly opinion: string })[]
  readonly rounds: number
  readonly article: string
  readonly citation: string
}

export type AcceptedScene = {
  readonly scene: 'accepted'
  readonly at: Beijing
  readonly release: number
  readonly by: Party
  readonly bodies: readonly {
    readonly role: string
    readonly body: Party
    /** The level has no such body. */
    readonly missing: boolean
    /** It is a party: what it gives is a position. */
    readonly party: boolean
  }[]
}

export type ViewScene = {
  readonly scene: 'view'
  readonly at: Beijing
  readonly release: number
  readonly by: Party
  readonly role: string
  readonly party: boolean
  readonly advice: string
  readonly view: string
}

export type RulingScene = {
  readonly scene: 'ruling'
  readonly at: Beijing
  readonly release: number
  readonly by: Party
  readonly documentNumber: string
  readonly disposition: string
  readonly grounds: string
  /** Digest of the text that may be released; empty: none. */
  readonly digest: string
  /** Whom the ruling was sent to, as their mailboxes have it. */
  readonly told: readonly Party[]
}

export type RevisedScene = {
  readonly scene: 'revised'
  readonly at: Beijing
  readonly release: number
  readonly version: number
  readonly digest: string
  /** The dispute whose ruling it carries out; empty: none. */
  readonly byRulingOf: string
  readonly changes: readonly { readonly kind: 'added' | 'removed'; readonly text: string }[]
}

/** A call that another rule refuses: told in the service's words, and the story goes another way. */
export type RefusedScene = {
  readonly scene: 'refused'
  readonly at: Beijing
  readonly release: number
  readonly what: 'filing' | 'submission'
  readonly reason: string
  readonly article: string
  readonly words: Both
}

export type DisagreementScene =
  RoundScene | DisputeScene | AcceptedScene | ViewScene | RulingScene | RevisedScene | RefusedScene
