// A recorded job that moves deadlines because the calendar was revised: one a revision, one at a time, in batches
// that are each one commit with how far the job is, so that a kill leaves nothing half done. Pure.
import type { Instant } from '../../../shared/identity/identity.js'

export type RecomputationEvent =
  | {
      readonly type: 'RecomputationStarted'
      readonly revision: number
      /** Numbers (or titles) of the notices that it brought. */
      readonly notices: readonly string[]
      /** No deadline before this instant is touched. */
      readonly touchesFrom: Instant
      readonly startedAt: Instant
    }
  | ({
      readonly type: 'RecomputationAdvanced'
      /** The last consultation that was looked at. */
      readonly after: string
    } & Counts)
  | { readonly type: 'RecomputationFinished'; readonly finishedAt: Instant }

/** Deadlines moved, deemings reversed, deemings whose instant was corrected. */
export type Counts = {
  readonly moved: number
  readonly reversed: number
  readonly corrected: number
}

export type Recomputation = Counts & {
  /** 0: it has not begun. */
  readonly revision: number
  readonly notices: readonly string[]
  readonly touchesFrom: Instant
  readonly startedAt: Instant
  readonly after: string
  readonly finishedAt?: Instant
}

export const noRecomputation: Recomputation = {
  ...{ revision: 0, notices: [], touchesFrom: 0, startedAt: 0, after: '' },
  ...{ moved: 0, reversed: 0, corrected: 0 },
}

export function evolveRecomputation(
  state: Recomputation,
  event: RecomputationEvent,
): Recomputation {
  switch (event.type) {
    case 'RecomputationStarted': {
      const { type: _type, ...rest } = event
      return { ...state, ...rest }
    }
    case 'RecomputationAdvanced':
      return {
        ...state,
        // What is found after the end (a receipt by an older revision) is counted, and goes back to nowhere.
        after: state.finishedAt === undefined ? event.after : state.after,
        moved: state.moved + event.moved,
        reversed: state.reversed + event.reversed,
        corrected: state.corrected + event.corrected,
      }
    case 'RecomputationFinished':
      return { ...state, finishedAt: event.finishedAt }
  }
}

/** What events of releases add to the counts. */
export function countsOf(events: readonly { readonly type: string }[]): Counts {
  const count = (type: string): number => events.filter((event) => event.type === type).length
  return {
    moved: count('DeadlineMoved'),
    reversed: count('DeemedConsentReversed'),
    corrected: count('DeemingCorrected'),
  }
}
