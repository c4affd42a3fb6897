// What the demo tells of a joint release that waits for its confirmation (协调 art. 5), and of a notice
// that moves a running deadline.
import type { Beijing, Day, Party } from './scene.js'

export type ConfirmationScene = {
  readonly scene: 'confirmation'
  readonly at: Beijing
  readonly release: number
  readonly by: Party
  /** `awaited`, `confirmed`, `contradicted`. */
  readonly state: string
  readonly remindedAt: readonly Beijing[]
  /** What it has in its mailbox: the request, or the last reminder of it. */
  readonly letter: { readonly kind: string; readonly title: string; readonly body: string }
}

export type NoticeScene = {
  readonly scene: 'notice'
  readonly at: Beijing
  readonly number: string
  readonly title: string
  readonly publishedOn: string
  readonly changedDays: readonly { readonly date: string; readonly worksAfter: boolean }[]
  /** Every open deadline that it would move, before anybody has confirmed it. */
  readonly moves: readonly {
    readonly agency: Party
    readonly from: Beijing
    readonly to: Beijing
    readonly lastDay: string
    readonly reversesDeeming: boolean
  }[]
  readonly proposedBy: string
}

export type RecomputedScene = {
  readonly scene: 'recomputed'
  readonly at: Beijing
  readonly release: number
  readonly instrument: string
  readonly revision: number
  readonly confirmedBy: string
  readonly moved: number
  readonly reversed: number
  readonly agency: Party
  readonly period: {
    readonly lastDay: string
    readonly deadline: Beijing
    readonly provisional: boolean
    readonly days: readonly Day[]
    readonly article: string
    readonly citation: string
  }
  /** The corrections (更正通知), as the mailboxes have them. */
  readonly told: readonly (Party & { readonly title: string; readonly body: string })[]
}

export type WaitingScene = ConfirmationScene | NoticeScene | RecomputedScene
