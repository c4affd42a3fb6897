// An agency that was merged, abolished or renamed: its successor takes over what is open, by itself, at the
// instant of the succession. It may act before this has run; this puts it on record and tells it.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'
import { takeOver as decide } from '../standing/take-over.js'
import { standing } from '../standing/standing.js'

const BATCH_MAX = 200

type Means = Pick<Coordination, 'releases' | 'openMattersOf' | 'agencies' | 'clock'>

export function takeOver(means: Means): Duty {
  const { agencies, clock } = means
  const done = new Set<string>() // at a start each succession is looked at once more
  const successions = () =>
    [...agencies.all()].flatMap(({ code, successor, validUntil }) =>
      successor === undefined || validUntil === undefined ? [] : [{ code, validUntil }],
    )
  const waiting = (now: number) =>
    successions()
      .map((one) => ({ ...one, successor: standing(agencies.get, one.code, now) }))
      .filter(({ code, successor, validUntil }) =>
        validUntil <= now ? successor !== code && !done.has(`${code} ${successor}`) : true,
      )
  return {
    name: 'take-over',
    nextAt: () => {
      const at = waiting(clock.now()).map(({ validUntil }) => validUntil)
      return Promise.resolve(at.length === 0 ? undefined : Math.min(...at))
    },
    async round() {
      const now = clock.now()
      const next = waiting(now).find(({ validUntil }) => validUntil <= now)
      if (next === undefined) return 0
      const { code, successor } = next
      for (let after = ''; ;) {
        const releases = await means.openMattersOf({ agency: code, after, limit: BATCH_MAX })
        await Promise.all(
          releases.map((id) =>
            means.releases.change(id, { now }, (release) =>
              decide(release, { agency: code, successor, now }),
            ),
          ),
        )
        const last = releases.at(-1)
        if (last === undefined) break
        after = last
      }
      done.add(`${code} ${successor}`)
      return 1
    },
  }
}
