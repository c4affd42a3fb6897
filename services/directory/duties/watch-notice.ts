// Looks out for next year's notice (放假通知): a warning from 1 December, an alarm from 20 December, told
// once a day until the notice is in. Without it no effect of silence rests on the days it may change.
import type { Clock } from '../../../shared/clock/clock.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Instant } from '../../../shared/identity/identity.js'
import type { Log } from '../../../shared/process/log.js'
import {
  dayOf,
  endOfDay,
  noticeAlarm,
  type NoticeAlarm,
} from '../../../shared/working-days/working-days.js'
import { askedCalendar, type Calendars } from '../rpc/asked-calendar.js'

export type WatchNotice = Duty & {
  /** What was found when it last looked. */
  found(): NoticeAlarm | undefined
}

type Needs = Calendars & {
  readonly clock: Clock
  readonly log: Log
  readonly measure: (level: 0 | 1 | 2) => void
}

const NUMBERS = { none: 0, warning: 1, alarm: 2 } as const

export function watchNotice({ clock, log, measure, ...calendars }: Needs): WatchNotice {
  let told = ''
  let found: NoticeAlarm | undefined
  let nextDay: Instant = -Infinity

  const look = async (): Promise<{ alarm: NoticeAlarm; key: string }> => {
    const { calendar, revision } = await askedCalendar(calendars, undefined)
    const alarm = noticeAlarm(clock.now(), calendar)
    const day = alarm.level === 'none' ? '' : dayOf(clock.now())
    return { alarm, key: `${alarm.level} ${alarm.year} ${day} ${revision.number}` }
  }
  return {
    name: 'watch-notice',
    found: () => found,
    async nextAt() {
      const now = clock.now()
      return (await look()).key === told ? Math.max(nextDay, now + 1) : now
    },
    async round() {
      const { alarm, key } = await look()
      nextDay = endOfDay(dayOf(clock.now()))
      found = alarm
      measure(NUMBERS[alarm.level])
      if (key === told) return 0
      told = key
      const { level, year } = alarm
      if (level === 'warning') log.warn('no notice of next year yet', { year, state: level })
      if (level === 'alarm') log.error('no notice of next year yet', { year, state: level })
      return 1
    },
  }
}
