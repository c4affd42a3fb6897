// Reminders (催办): at the pack's hour, so many working days before the last day, stating the legal
// effect. Each once; after an outage only the newest is still of use.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'
import { decideReminders } from '../release/release.js'

const BATCH_MAX = 1_000

export const remind = ({
  releases,
  questions,
  clock,
  mint,
}: Pick<Coordination, 'releases' | 'questions' | 'clock' | 'mint'>): Duty => ({
  name: 'remind',
  nextAt: () => questions.earliestReminder(),
  async round() {
    const now = clock.now()
    const due = await questions.remindersDue(now, BATCH_MAX)
    let issued = 0 // what was looked at in vain is not counted, or the round would go on for ever
    await Promise.all(
      due.map((id) =>
        releases.change(id, { now }, (release) => {
          const events = decideReminders(release, { now, letterId: () => mint.id(now) })
          issued += events.length
          return events
        }),
      ),
    )
    return issued
  },
})
