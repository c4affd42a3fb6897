// The deadline of a consultation as it stands on record: the instant, the revision of the calendar,
// and every day from the receipt with the reason why it counts or not. Pure.
import type { Instant } from '../../../shared/identity/identity.js'

/** One day of the explanation. Short names: it is kept with every receipt. */
export type DeadlineDay = {
  readonly date: string
  readonly kind: 'weekday' | 'weekend' | 'holiday' | 'make-up'
  /** 1 for the first counted day; 0: not counted. */
  readonly ordinal: number
  readonly name?: string
  /** Number of the notice that set the day. */
  readonly by?: string
}

export type DeadlineRecord = {
  readonly at: Instant
  readonly lastDay: string
  /** From the day of receipt to the last day. */
  readonly days: readonly DeadlineDay[]
  readonly revision: number
  readonly region: string
  /** A day of it lies in a year without a notice: no effect of silence rests on it. */
  readonly provisional: boolean
  /** It touches 29–31 December before a year whose notice is not recorded: likewise. */
  readonly awaitsNotice?: number
  /** Instants of the reminders, from the pack. */
  readonly reminders: readonly Instant[]
}

/** The later of two deadlines. */
export const laterOf = (one: DeadlineRecord, other: DeadlineRecord): DeadlineRecord =>
  one.at >= other.at ? one : other

/** Whether the effect of silence may rest on it at all. */
export const isFirm = (deadline: DeadlineRecord): boolean =>
  !deadline.provisional && deadline.awaitsNotice === undefined

/** Whether what is admitted at an instant is late for it. While the calendar is in doubt nothing is late. */
export const isLate = (deadline: DeadlineRecord | undefined, admittedAt: Instant): boolean =>
  deadline !== undefined && isFirm(deadline) && admittedAt >= deadline.at
