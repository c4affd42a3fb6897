// What looks odd about a notice. None of it forbids the import: 2015 and 2020 gave more than the statute.
import * as days from '../../../shared/working-days/working-days.js'
import type { Calendar, Instrument, LocalDate } from '../../../shared/working-days/working-days.js'

export type ImportWarning = {
  readonly code:
    | 'CHANGES_NOTHING'
    | 'LONG_RUN'
    | 'NOT_YET_PUBLISHED'
    | 'RETROACTIVE'
    | 'STATUTORY_BALANCE'
    | 'YEAR_ALREADY_NOTIFIED'
  readonly zh: string
  readonly en: string
}

const RUN_DAYS_MAX = 6 // 放假办法 (2024) art. 7: as a rule

export function warningsAbout(
  before: Calendar,
  after: Calendar,
  proposed: Instrument,
  changes: number,
  today: LocalDate,
): ImportWarning[] {
  const known = days.knownSince(proposed)
  return [
    ...(changes === 0 ? [changesNothing] : []),
    ...(known > today ? [notYetPublished(known)] : []),
    ...retroactive(proposed, known),
    ...proposed.notifies.flatMap((year) => [
      ...alreadyNotified(before, year),
      ...balance(proposed, year),
    ]),
    ...longRun(after, proposed),
  ]
}

const changesNothing: ImportWarning = {
  code: 'CHANGES_NOTHING',
  zh: '没有一天因此由工作日变为休息日，或相反。',
  en: 'No day becomes worked or ceases to be.',
}

const notYetPublished = (date: LocalDate): ImportWarning => ({
  code: 'NOT_YET_PUBLISHED',
  zh: `公布日期 ${date} 在今天之后。`,
  en: `Its date of publication, ${date}, lies in the future.`,
})

function retroactive({ operations }: Instrument, known: LocalDate): ImportWarning[] {
  const past = operations.map(({ date }) => date).filter((date) => date < known)
  if (past.length === 0) return []
  return [
    {
      code: 'RETROACTIVE',
      zh: `${past.join('、')} 在公布之前。`,
      en: `${past.join(', ')}: before it was published.`,
    },
  ]
}

function alreadyNotified(before: Calendar, year: number): ImportWarning[] {
  const notice = before.notices.get(year)
  if (notice === undefined) return []
  const name = days.citationOf(notice)
  return [
    {
      code: 'YEAR_ALREADY_NOTIFIED',
      zh: `${year} 年已有通知：${name}。`,
      en: `${year} has a notice already: ${name}.`,
    },
  ]
}

/** Weekdays off less made-up weekends are the statutory days of the law in force. */
function balance({ operations }: Instrument, year: number): ImportWarning[] {
  const expected = statutoryDays(year)
  const weekdaysOff = operations.filter(
    ({ op, date }) => op === 'off' && !days.isWeekend(days.dayOfDate(date)),
  ).length
  const found = weekdaysOff - operations.filter(({ op }) => op === 'work').length
  if (found === expected) return []
  return [
    {
      code: 'STATUTORY_BALANCE',
      zh: `工作日放假数减调休上班数为 ${found}，${year} 年法定节假日为 ${expected} 天。`,
      en: `Weekdays off less worked weekends make ${found}; ${year} has ${expected} statutory days.`,
    },
  ]
}

/** Art. 2 as in force: of 1999, from 2008 as of 2007, from 2025 as of 2024. */
const statutoryDays = (year: number): number => (year < 2008 ? 10 : year < 2025 ? 11 : 13)

function longRun(after: Calendar, { operations }: Instrument): ImportWarning[] {
  const runs = new Map<number, number>()
  for (const { date } of operations) {
    const run = runAround(after, days.dayOfDate(date))
    if (run.length > RUN_DAYS_MAX) runs.set(run.first, run.length)
  }
  return [...runs].map(([first, length]) => ({
    code: 'LONG_RUN',
    zh: `${days.dateOf(first)} 起连续上班 ${length} 天（一般不超过 ${RUN_DAYS_MAX} 天）。`,
    en: `${length} days worked in a row from ${days.dateOf(first)}; as a rule at most ${RUN_DAYS_MAX}.`,
  }))
}

function runAround(calendar: Calendar, day: number): { first: number; length: number } {
  const worked = (one: number): boolean =>
    days.yearState(calendar, days.yearOf(one)) !== 'absent' && days.isWorkingDay(calendar, one)
  if (!worked(day)) return { first: day, length: 0 }
  let [first, last] = [day, day]
  while (worked(first - 1)) first--
  while (worked(last + 1)) last++
  return { first, length: last - first + 1 }
}
