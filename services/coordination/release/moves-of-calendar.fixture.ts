// Deadlines that turn out to be later in a small world: by a notice, or for an outage that comes on record
// afterwards; and agencies that are taken over by others.
import type { Deadlines } from '../calendar/deadlines.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { Downtime } from '../consultation/silence.js'
import { asks, rolled, rolledTwice, SETTLING, silent } from './law.fixture.js'
import type { MovesOf } from './search-moves.fixture.js'

const DAY_MS = 86_400_000

const afterTelling = (now: number): DeadlineRecord | undefined =>
  [rolled, rolledTwice].find(({ at }) => at > now + DAY_MS)

/** What the calendar says once a notice has made the Monday after the last day the last one. */
const byTheNotice = (now: number): Deadlines => {
  const deadlines: Deadlines = {
    revision: 8,
    calendar: () => {
      throw new Error('no day is asked for')
    },
    of: () => rolled,
    nextWorkingDay: (deadline) => [rolled, rolledTwice].find(({ at }) => at > deadline.at),
    endOfFirstWorkingDayAfter: () => afterTelling(now),
    endOfWorkingDayAfter: () => undefined,
    endAfterWorkingDays: () => undefined,
    rolledOn: (deadline) => deadline,
    asPublishedBy: () => deadlines,
  }
  return deadlines
}

/** The notice is applied to the consultations of these agencies, at any time. */
export const recomputes =
  (agencies: readonly string[]): MovesOf =>
  ({ pack }, now, move) =>
    agencies.map((agency) => {
      const consultationId = asks(agency, 1)
      return move(
        'recompute',
        `the notice is applied to ${agency}`,
        (law, release) =>
          law.recomputeDeadline(release, pack, {
            ...{ consultationId, now, settling: SETTLING, deadlines: byTheNotice(now) },
            ...{ region: '441800', notice: 'notice' },
          }),
        { agency, consultationId },
      )
    })

/** An outage on the last day comes on record, after it. */
export const recordsOutage =
  (agency: string, outage: Downtime): MovesOf =>
  ({ pack }, now, move) => [
    move(
      'outage',
      `an outage is on record for ${agency}`,
      (law, release) =>
        law.reconsiderOutage(release, pack, {
          ...silent(now, { downtimes: [outage] }),
          consultationId: asks(agency, 1),
          afterTelling: () => afterTelling(now),
        }),
      { agency, consultationId: asks(agency, 1) },
    ),
  ]

/** An agency is taken over by another. */
export const takesOver =
  (agency: string, successor: string): MovesOf =>
  (_world, now, move) => [
    move(
      'take-over',
      `${successor} takes over ${agency}`,
      (law, release) => law.takeOver(release, { agency, successor, now }),
      { agency },
    ),
  ]
