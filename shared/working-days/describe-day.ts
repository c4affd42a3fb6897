// One day of a period in words, for whoever has to read why a deadline is what it is.
import type { ExplainedDay, Part } from './deadline.js'
import type { DayKind } from './calendar.js'

const WEEKDAYS = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const

const KINDS: Readonly<Record<'zh' | 'en', Readonly<Record<DayKind, string>>>> = {
  zh: { weekday: '工作日', weekend: '休息日', holiday: '放假', 'make-up': '调休上班' },
  en: { weekday: 'weekday', weekend: 'weekend', holiday: 'day off', 'make-up': 'worked weekend' },
}

const PARTS: Readonly<Record<'zh' | 'en', Readonly<Record<Exclude<Part, 'counted'>, string>>>> = {
  zh: {
    receipt: '收到之日，不计入',
    'before-start': '起算之前，不计入',
    'day-off': '不计入',
    'rolled-over': '期满日逢休息日，顺延',
    end: '顺延后的期满日',
  },
  en: {
    receipt: 'day of receipt, not counted',
    'before-start': 'before the count begins',
    'day-off': 'not counted',
    'rolled-over': 'the end falls on a day off and rolls on',
    end: 'last day, after rolling on',
  },
}

/** `2026-10-10 周六  第5日  调休上班（国庆节，国办发明电〔2025〕7号）` */
export function describeDay(day: ExplainedDay, language: 'zh' | 'en'): string {
  const weekday = WEEKDAYS[language][day.weekday - 1] ?? ''
  return `${day.date} ${weekday}  ${role(day, language)}  ${KINDS[language][day.kind]}${source(day, language)}`
}

function role(day: ExplainedDay, language: 'zh' | 'en'): string {
  if (day.part !== 'counted') return PARTS[language][day.part]
  return language === 'zh' ? `第${day.ordinal}日` : `day ${day.ordinal}`
}

function source({ name, instrument }: ExplainedDay, language: 'zh' | 'en'): string {
  if (instrument === null) return ''
  return language === 'zh' ? `（${name}，${instrument}）` : ` (${name}, ${instrument})`
}
