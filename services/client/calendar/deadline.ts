// huiqian calendar deadline: one deadline, day by day, with the notice behind each day. Needs no
// running service.
import {
  deadlineOf,
  explain,
  formatInstant,
  parseInstant,
} from '../../../shared/working-days/working-days.js'
import type { Command } from '../command.js'
import { deadlineText } from './deadline-text.js'
import { officialCalendars } from './official-calendars.js'

export const deadline: Command = {
  words: 'calendar deadline',
  takes: [],
  about: {
    zh: '逐日计算期限，不需要运行中的服务',
    en: 'a deadline day by day, without a service',
  },
  options: {
    received: {
      takes: '<instant>',
      about: { zh: '收到的时刻，如 2026-09-28T10:00+08:00', en: 'as 2026-09-28T10:00+08:00' },
    },
    'working-days': {
      takes: '<n>',
      about: { zh: '期限的工作日数，1 至 1000', en: 'length of the period, 1 to 1000' },
    },
    'as-of': {
      takes: '<date>',
      about: { zh: '按该日以前公布的文件，如 2020-01-26', en: 'as published by that date' },
    },
    region: {
      takes: '<code>',
      about: { zh: '地区：CN、CN-GX、441826', en: 'CN, CN-GX, 441826' },
    },
  },
  async run(desk, asked) {
    const received = asked.text('received')
    asked.text('working-days') // there is no usual length
    const workingDays = asked.number('working-days', 0)
    const [asOf, region] = [asked.maybe('as-of'), asked.maybe('region')]
    const receivedAt = parseInstant(received, '--received')
    const calendar = officialCalendars()({
      ...(region === undefined ? {} : { region }),
      ...(asOf === undefined ? {} : { publishedBy: asOf }),
    })
    const end = deadlineOf(calendar, receivedAt, workingDays)
    const days = explain(calendar, receivedAt, workingDays)
    const { receivedOn, lastDay, counted, provisional, awaitsNotice, instruments } = end
    const json = {
      ...{ receivedAt: formatInstant(receivedAt), receivedOn, workingDays },
      ...{ region: end.region, asOf: asOf ?? null, lastDay, deadline: formatInstant(end.deadline) },
      ...{ counted, provisional, awaitsNotice, instruments, days },
    }
    await desk.tell(json, () =>
      deadlineText({ receivedAt, asOf, deadline: end, days }, desk.language),
    )
  },
}
