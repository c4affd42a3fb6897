// Reminders: a coordinator that has not ruled, a body that has not given its view, each so many working
// days. Shown and reminded, never decided.
import type { Duty } from '../../../shared/duties/duties.js'
import { remind } from '../dispute/coordinate.js'
import { remindAt, type Escalation } from '../escalation.js'

const BATCH_MAX = 1_000

export const remindOfDisputes = (
  room: Pick<Escalation, 'disputes' | 'questions' | 'agencies' | 'revisions' | 'clock'>,
): Duty => ({
  name: 'remind-of-disputes',
  nextAt: () => room.questions.earliestReminder(),
  async round() {
    const now = room.clock.now()
    const due = await room.questions.remindersDue(now, BATCH_MAX)
    let issued = 0 // what was looked at in vain is not counted, or the round would go on for ever
    await Promise.all(
      due.map((id) =>
        room.disputes.change(id, { now }, (dispute) => {
          const nextFor = (agency: string) => remindAt(room, now, dispute.remindEvery, agency)
          const events = remind(dispute, { now, nextFor })
          issued += events.length
          return events
        }),
      ),
    )
    return issued
  },
})
