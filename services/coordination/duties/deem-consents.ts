// Silence has its effect at the deadline (协调 art. 6 para 2); this duty only records it, when the settling
// time has passed and nothing is in doubt. Power may fail for a week and the next round is still right.
import type { Duty } from '../../../shared/duties/duties.js'
import { dayOfDate, startOfDay } from '../../../shared/working-days/working-days.js'
import type { DeemConsent } from '../consultation/silence.js'
import type { Coordination } from '../coordination.js'
import type { Pack } from '../pack/pack.js'
import { recomputationPends } from './recompute-deadlines.js'
import { decideSilence } from '../release/release.js'

const BATCH_MAX = 250 // releases: a longer backlog takes several commits, so that replies wait for a short one at most

type Means = Pick<
  Coordination,
  | 'releases'
  | 'questions'
  | 'packs'
  | 'revisions'
  | 'recomputationsOf'
  | 'clock'
  | 'clockKeeper'
  | 'settlingMs'
>

export const deemConsents = (means: Means): Duty => ({
  name: 'deem-consents',
  async nextAt() {
    const due = await means.questions.earliestDue()
    return due === undefined ? undefined : due + means.settlingMs
  },
  async round() {
    if ((await means.clockKeeper.doubts()).length > 0) return 0 // the effect of silence waits; intake does not
    await means.clockKeeper.refresh() // a person or another instance may have recorded an outage
    const now = means.clock.now()
    if (means.clockKeeper.inDoubt()) return 0 // it jumped since: this very reading is in doubt
    if (means.clockKeeper.outOfTouch()) return 0 // an outage comes on record before silence has an effect
    if (await recomputationPends(means)) return 0 // a notice that is on record may move this very deadline
    const due = await means.questions.overdue(now - means.settlingMs, BATCH_MAX)
    const decided = await Promise.all(
      due.map(async (id) => {
        let events = 0
        await means.releases.change(id, { now }, (release) => {
          // Time has passed since the round began: asked again at the moment of the decision itself.
          if (means.clockKeeper.inDoubt() || means.clockKeeper.outOfTouch()) return []
          const pack = means.packs.byName(release.pack)
          const decision = decideSilence(release, pack, silenceCommand(means, pack, now))
          events = decision.length
          return decision
        })
        return events
      }),
    )
    return decided.filter((events) => events > 0).length
  },
})

/** What the law needs to judge silence at an instant. */
export function silenceCommand(
  { revisions, clockKeeper, settlingMs }: Pick<Means, 'revisions' | 'clockKeeper' | 'settlingMs'>,
  pack: Pack,
  now: number,
): DeemConsent {
  return {
    now,
    settling: settlingMs,
    downtimes: clockKeeper.downtimes(),
    startOf: (date) => startOfDay(dayOfDate(date)),
    nextWorkingDay: (deadline) => revisions.newest()?.nextWorkingDay(deadline, pack),
  }
}
