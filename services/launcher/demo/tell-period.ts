// A deadline explained day by day: which day counts, which does not, and the notice that says so.
import type { Day, SceneOf } from './scene.js'
import { dayWord, type Language } from './words.js'

type Period = SceneOf<'received'>['period']

export function explainPeriod(period: Period, language: Language): string[] {
  const zh = language === 'zh'
  const { lastDay, deadline, citation, days, provisional } = period
  const until = `${deadline.slice(0, 10)} ${deadline.slice(11, 16)}`
  const last = dayWord(lastDay, language)
  return [
    zh
      ? `  期限：最后一日 ${last}，至 ${until} 届满（${citation}）`
      : `  deadline: the last day is ${last}, ending ${until} (${citation})`,
    ...(provisional ? [zh ? '  日历是暂定的' : '  the calendar is provisional'] : []),
    ...grouped(days).map(
      ({ from, to, day }) => `    ${range(from, to, language)}  ${why(day, language)}`,
    ),
  ]
}

type Group = { readonly from: string; readonly to: string; readonly day: Day }

/** Days off of one festival stand on one line. */
function grouped(days: readonly Day[]): Group[] {
  const groups: Group[] = []
  for (const day of days) {
    const before = groups.at(-1)
    const same =
      before !== undefined &&
      day.ordinal === 0 &&
      before.day.ordinal === 0 &&
      !before.day.receipt &&
      before.day.kind === day.kind &&
      before.day.instrument === day.instrument &&
      before.day.name === day.name
    if (same) groups[groups.length - 1] = { ...before, to: day.date }
    else groups.push({ from: day.date, to: day.date, day })
  }
  return groups
}

function range(from: string, to: string, language: Language): string {
  if (from === to) return dayWord(from, language)
  return `${dayWord(from, language)} – ${dayWord(to, language)}`
}

function why({ ordinal, kind, name, instrument, receipt }: Day, language: Language): string {
  const zh = language === 'zh'
  const by = instrument === '' ? '' : zh ? `，${instrument}` : `, ${instrument}`
  if (receipt && ordinal === 0) return zh ? '收到当日，不计入' : 'day of receipt, not counted'
  const festival = name === '' ? '' : zh ? `（${name}）` : ` (${name})`
  const counted = zh ? `第${ordinal}个工作日` : `day ${ordinal}`
  switch (kind) {
    case 'weekday':
      return ordinal > 0 ? counted : zh ? '不计入' : 'not counted'
    case 'make-up':
      return zh
        ? `${ordinal > 0 ? `${counted}，` : ''}调休上班${festival}${by}`
        : `${ordinal > 0 ? `${counted}, ` : ''}make-up working day${festival}${by}`
    case 'weekend':
      return zh ? '休息日，不计入' : 'weekend, not counted'
    case 'holiday':
      return zh ? `放假${festival}，不计入${by}` : `holiday${festival}, not counted${by}`
  }
}
