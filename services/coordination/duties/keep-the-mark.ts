// Keeps the mark of the clock: the newest instant at which the service could take replies. The gap
// after it, at the next start, is downtime.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'

export const keepTheMark = ({
  clockKeeper,
  clock,
}: Pick<Coordination, 'clockKeeper' | 'clock'>): Duty => ({
  name: 'keep-the-mark',
  nextAt: () => Promise.resolve(clockKeeper.markDueAt()),
  async round() {
    if (clock.now() < clockKeeper.markDueAt()) return 0
    await clockKeeper.keepMark()
    return 1
  },
})
