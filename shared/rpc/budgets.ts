// How many calls an agency may make: a bucket that fills with time, one for its replies and one for everything else,
// so that a client that asks too much never stands in the way of its own agency's reply, or of another's. Pure; the
// instant is handed in.

export type BudgetLimits = {
  /** Calls a second, over time; 0: no limit. */
  readonly perSecond: number
  /** Calls at once, after a pause. */
  readonly burst: number
}

export type Budgets = {
  /** Takes one call of `who` out of its budget: 0 where it may pass, else the milliseconds until it may. */
  take(who: string, now: number): number
  /** For tests and metrics: how many are remembered. */
  size(): number
}

/** In thousandths of a call: whole numbers, which do not drift. */
type Bucket = { left: number; at: number }
const CALL = 1_000

/** More than these, and the full ones are forgotten: whoever has made no call for a while has a full bucket anyway. */
const REMEMBERED_MAX = 10_000

export function budgets({ perSecond, burst }: BudgetLimits): Budgets {
  const buckets = new Map<string, Bucket>()
  const filled = (bucket: Bucket, now: number): number =>
    Math.min(burst * CALL, bucket.left + Math.max(0, now - bucket.at) * perSecond)
  return {
    take(who, now) {
      if (perSecond === 0) return 0
      const bucket = buckets.get(who)
      const left = bucket === undefined ? burst * CALL : filled(bucket, now)
      const pays = left >= CALL
      if (bucket === undefined && buckets.size >= REMEMBERED_MAX)
        for (const [name, one] of buckets)
          if (filled(one, now) >= burst * CALL) buckets.delete(name)
      const at = Math.max(now, bucket?.at ?? now)
      buckets.set(who, { left: pays ? left - CALL : left, at })
      return pays ? 0 : Math.ceil((CALL - left) / perSecond)
    },
    size: () => buckets.size,
  }
}
