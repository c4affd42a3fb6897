// A week of days by the official calendar: from Monday 2026-02-09, whose Saturday is worked, with the deadlines
// that a pack of two working days gives letters that are received in it.
import { instruments } from '../../../shared/working-days/official-calendar.fixture.js'
import { deadlinesBy } from '../calendar/deadlines.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import { at, packWith, SETTLING } from './law.fixture.js'

const DAY_MS = 86_400_000

/** Two working days for a reply: then a week shows beginnings, ends and what lies between. */
export const twoDays = packWith(({ reply }) => Object.assign(reply!, { within: 2 }))

const deadlines = deadlinesBy({
  ...{ number: 1, recordedAt: 0, author: '', digest: '' },
  instruments,
})

/** Each day just after the settling time of the deadlines that end with the day before. */
export const WEEK: readonly number[] = Array.from(
  { length: 8 },
  (_, day) => at('2026-02-09T00:00+08:00') + day * DAY_MS + SETTLING,
)

export const deadlinesOfTheWeek = (receivedAt: number): DeadlineRecord => {
  const found = deadlines.of(receivedAt, twoDays, '441800')
  if (found === undefined) throw new Error('no calendar for the week')
  return found
}
