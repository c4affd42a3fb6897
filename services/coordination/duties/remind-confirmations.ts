// Reminds co-producers whose confirmation is awaited (协调 art. 5 para 2): every so many working days of the
// pack, at its hour, for as long as it is awaited. Nothing follows from their silence.
import type { Duty } from '../../../shared/duties/duties.js'
import { instantAt, addWorkingDays, dayOf } from '../../../shared/working-days/working-days.js'
import { unlessYearAbsent } from '../calendar/deadlines.js'
import type { Coordination } from '../coordination.js'
import { decideConfirmationReminders } from '../joint/confirm.js'
import type { Pack } from '../pack/pack.js'

const BATCH_MAX = 1_000
const DAY_MS = 86_400_000

type Means = Pick<
  Coordination,
  'releases' | 'gateQuestions' | 'packs' | 'revisions' | 'agencies' | 'clock' | 'mint'
>

export const remindConfirmations = (means: Means): Duty => ({
  name: 'remind-confirmations',
  nextAt: () => means.gateQuestions.earliestConfirmationReminder(),
  async round() {
    const now = means.clock.now()
    const due = await means.gateQuestions.confirmationsToRemind(now, BATCH_MAX)
    let issued = 0
    await Promise.all(
      due.map((id) =>
        means.releases.change(id, { now }, (release) => {
          const pack = means.packs.byName(release.pack)
          const events = decideConfirmationReminders(release, {
            now,
            letterId: () => means.mint.id(now),
            next: (agency) => confirmationReminderAt(means, pack, agency, now),
          })
          issued += events.length
          return events
        }),
      ),
    )
    return issued
  },
})

/** When to remind of a confirmation that was asked for, or reminded of, at an instant. */
export function confirmationReminderAt(
  { revisions, agencies }: Pick<Means, 'revisions' | 'agencies'>,
  { confirmations, reminders }: Pack,
  agency: string,
  from: number,
): number {
  const days = confirmations.remindEveryWorkingDays
  const region = agencies.get(agency)?.region ?? 'CN'
  const calendar = revisions.newest()?.calendar(region)
  const day = calendar && unlessYearAbsent(() => addWorkingDays(calendar, dayOf(from), days))
  // A reminder has no effect in law: where no calendar says, days are counted as they come.
  return day === undefined ? from + days * DAY_MS : instantAt(day, reminders.at)
}
