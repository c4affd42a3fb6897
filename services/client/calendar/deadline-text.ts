// A deadline as a clerk reads it.
import type { Instant } from '../../../shared/identity/identity.js'
import {
  beijingTime,
  describeDay,
  formatInstant,
} from '../../../shared/working-days/working-days.js'
import type { Language } from '../command.js'
import type { Deadline, ExplainedDay } from '../../../shared/working-days/working-days.js'

export type Told = {
  readonly receivedAt: Instant
  readonly asOf: string | undefined
  readonly deadline: Deadline
  readonly days: readonly ExplainedDay[]
}

/** The whole answer, with a line for each day. */
export const deadlineText = (told: Told, language: Language): string[] =>
  language === 'zh' ? inChinese(told) : inEnglish(told)

function inChinese({ receivedAt, asOf, deadline, days }: Told): string[] {
  const { region, lastDay, counted, provisionalYears, awaitsNotice, instruments } = deadline
  return [
    `收到：${beijingTime(receivedAt)}（北京时间）`,
    `期限：${counted.length} 个工作日，收到之日不计入（民法典第二百零一条）`,
    `日历：${region}${asOf === undefined ? '' : `，截至 ${asOf} 已公布的文件`}`,
    ...days.map((day) => `  ${describeDay(day, 'zh')}`),
    `最后一日：${lastDay}`,
    `截止：${lastDay} 24:00（北京时间），即 ${formatInstant(deadline.deadline)}`,
    `依据：${instruments.join('、')}`,
    ...provisionalYears.map(
      (year) =>
        `暂定：${year} 年的放假通知尚未公布，此期限待通知公布后重新计算，不产生沉默的效果。`,
    ),
    ...(awaitsNotice === null
      ? []
      : [`待定：期限涉及 12 月 29 日至 31 日，须待 ${awaitsNotice} 年的放假通知。`]),
  ]
}

function inEnglish({ receivedAt, asOf, deadline, days }: Told): string[] {
  const { region, lastDay, counted, provisionalYears, awaitsNotice, instruments } = deadline
  return [
    `Received: ${beijingTime(receivedAt)} (Beijing)`,
    `Period: ${counted.length} working days; the day of receipt is not counted (Civil Code, art. 201)`,
    `Calendar: ${region}${asOf === undefined ? '' : `, as published by ${asOf}`}`,
    ...days.map((day) => `  ${describeDay(day, 'en')}`),
    `Last day: ${lastDay}`,
    `Deadline: ${lastDay} 24:00 (Beijing), which is ${formatInstant(deadline.deadline)}`,
    `By: ${instruments.join(', ')}`,
    ...provisionalYears.map(
      (year) =>
        `Provisional: the notice of ${year} is not out. Silence has no effect until this is computed again.`,
    ),
    ...(awaitsNotice === null
      ? []
      : [`Pending: 29 to 31 December await the notice of ${awaitsNotice}.`]),
  ]
}
