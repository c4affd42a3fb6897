// An outage that a person puts on record after a deadline: what silence had become on its last day is undone or
// corrected, by itself. Outages that the service saw itself are on record before silence has an effect.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'
import { reconsiderOutage } from '../release/correct.js'
import { silenceCommand } from './deem-consents.js'

const BATCH_MAX = 500
const DAY_MS = 86_400_000

type Means = Pick<
  Coordination,
  'releases' | 'recomputationsOf' | 'packs' | 'revisions' | 'clock' | 'clockKeeper' | 'settlingMs'
>

export function applyOutages(means: Means): Duty {
  const applied = new Set<string>() // at a start each is looked at once more
  const waiting = () =>
    means.clockKeeper
      .downtimes()
      .filter((one) => one.recorded === true && !applied.has(`${one.from} ${one.to}`))
  return {
    name: 'apply-outages',
    async nextAt() {
      await means.clockKeeper.refresh() // another instance may have recorded one
      return waiting().length > 0 ? means.clock.now() : undefined
    },
    async round() {
      const [outage] = waiting()
      if (outage === undefined) return 0
      const { from, to } = outage
      for (let after = ''; ;) {
        // The last day of a deadline begins at most a day before it.
        const range = { from: from + 1, to: to + DAY_MS, after, limit: BATCH_MAX }
        const rows = await means.recomputationsOf.ended(range)
        await Promise.all(rows.map((row) => reconsider(means, row)))
        const last = rows.at(-1)
        if (last === undefined) break
        after = last.consultationId
      }
      applied.add(`${from} ${to}`)
      return 1
    },
  }
}

async function reconsider(
  means: Means,
  { releaseId, consultationId }: { readonly releaseId: string; readonly consultationId: string },
): Promise<void> {
  const now = means.clock.now()
  await means.releases.change(releaseId, { now }, (release) => {
    const pack = means.packs.byName(release.pack)
    return reconsiderOutage(release, pack, {
      ...silenceCommand(means, pack, now),
      consultationId,
      afterTelling: (like) => means.revisions.newest()?.endOfFirstWorkingDayAfter(now, like, pack),
    })
  })
}
