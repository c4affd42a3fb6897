// A deadline on record, day by day, as the service explains it.
import { DayKind, type Deadline, type ExplainedDay } from '../../../gen/huiqian/common/v1/common.js'
import type { Language } from '../command.js'
import { timeText } from './times.js'
import { wordFor } from './words.js'

const KINDS = {
  [DayKind.WEEKDAY]: ['工作日', 'weekday'],
  [DayKind.WEEKEND]: ['休息日', 'weekend'],
  [DayKind.HOLIDAY]: ['放假', 'holiday'],
  [DayKind.MAKE_UP]: ['调休上班', 'make-up working day'],
} as const

const WEEKDAYS = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

/** One line: `2026-10-10 24:00（北京时间）`, and what makes it uncertain. */
export function deadlineLine(deadline: Deadline | undefined, language: Language): string {
  if (deadline === undefined) return language === 'zh' ? '尚未收到，未起算' : 'not received yet'
  const { lastDay, provisional, awaitsNoticeOf } = deadline
  const marks =
    language === 'zh'
      ? [
          ...(provisional ? ['暂定'] : []),
          ...(awaitsNoticeOf > 0 ? [`待 ${awaitsNoticeOf} 年放假通知`] : []),
        ]
      : [
          ...(provisional ? ['provisional'] : []),
          ...(awaitsNoticeOf > 0 ? [`awaits the notice of ${awaitsNoticeOf}`] : []),
        ]
  const at = language === 'zh' ? `${lastDay} 24:00（北京时间）` : `${lastDay} 24:00 (Beijing)`
  return [at, ...marks].join(language === 'zh' ? '，' : ', ')
}

/** Every day from the receipt on, with what set it. */
export const dayLines = (days: readonly ExplainedDay[], language: Language): string[] =>
  days.map((day) => `  ${dayLine(day, language)}`)

function dayLine(day: ExplainedDay, language: Language): string {
  const { date, counted, ordinal, kind, name, instrument, receipt } = day
  const weekday = WEEKDAYS[language][new Date(`${date}T00:00:00Z`).getUTCDay()]
  const zh = language === 'zh'
  const count = receipt
    ? zh
      ? '收到之日'
      : 'receipt'
    : counted
      ? zh
        ? `第${ordinal}日`
        : `day ${ordinal}`
      : zh
        ? '不计'
        : '–'
  const source = [name, instrument].filter((text) => text !== '').join(zh ? '，' : ', ')
  const why = `${wordFor(KINDS, kind, language)}${source && (zh ? `（${source}）` : ` (${source})`)}`
  return [date, weekday, count.padEnd(zh ? 5 : 8), why].join('  ')
}

/** When the effect of a period is decided: its instant in UTC, for systems. */
export const instantLine = (deadline: Deadline, language: Language): string =>
  language === 'zh'
    ? `截止时刻：${timeText(deadline.at)}，日历第 ${deadline.calendarRevision} 版，地区 ${deadline.region}`
    : `Instant: ${timeText(deadline.at)} Beijing, calendar revision ${deadline.calendarRevision}, region ${deadline.region}`
