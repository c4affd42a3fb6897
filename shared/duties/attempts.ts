// Calls that were refused, for the record: counted over a stretch of time by caller, call and reason,
// so that a flood of them is a few entries. Pure.
import type { Instant } from '../identity/identity.js'

export type CallsRefused = {
  readonly type: 'CallsRefused'
  /** The caller's line; empty where nobody was identified, or where too many were to tell them apart. */
  readonly caller: string
  readonly method: string
  readonly reason: string
  readonly count: number
  readonly firstAt: Instant
  readonly lastAt: Instant
}

/** One refusal. */
export type Attempt = {
  readonly caller: string
  readonly method: string
  readonly reason: string
  readonly at: Instant
}

/** Refusals that are counted and not on record yet. In memory: a crash loses the counts of one stretch. */
export type Tally = {
  count(attempt: Attempt): void
  /** When the oldest of them was; undefined: there are none. */
  since(): Instant | undefined
  /** Takes out at most so many entries, the oldest first. */
  take(most: number): readonly CallsRefused[]
}

/** More than this many are not told apart in one stretch: the rest is counted without its callers. */
export const TOLD_APART_MAX = 1_000

export function tally(): Tally {
  const counts = new Map<string, CallsRefused>()
  const keyOf = (attempt: Omit<Attempt, 'at'>): string =>
    JSON.stringify([attempt.caller, attempt.method, attempt.reason])
  return {
    count(attempt) {
      const crowded = counts.size >= TOLD_APART_MAX && !counts.has(keyOf(attempt))
      const { caller, method, reason, at } = crowded ? { ...attempt, caller: '' } : attempt
      const key = keyOf({ caller, method, reason })
      const before = counts.get(key)
      counts.set(key, {
        type: 'CallsRefused',
        ...{ caller, method, reason },
        count: (before?.count ?? 0) + 1,
        firstAt: before?.firstAt ?? at,
        lastAt: Math.max(before?.lastAt ?? at, at),
      })
    },
    since: () => counts.values().next().value?.firstAt,
    take(most) {
      const taken = [...counts].slice(0, most)
      for (const [key] of taken) counts.delete(key)
      return taken.map(([, entry]) => entry)
    },
  }
}
