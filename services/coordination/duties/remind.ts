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
    await Promise.all(
      due.map((id) =>
        releases.change(id, { now }, (release) =>
          decideReminders(release, { now, letterId: () => mint.id(now) }),
        ),
      ),
    )
    return due.length
  },
})
