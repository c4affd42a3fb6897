// Importing a notice: shown before it is recorded, refused where it cannot be right.
import { describe, expect, test } from 'vitest'
import { instrument, instruments } from '../../../shared/working-days/official-calendar.fixture.js'
import {
  compile,
  dayInfo,
  dayOfDate,
  parseInstant,
  revisionAfter,
} from '../../../shared/working-days/working-days.js'
import { digestOf, yearState, type Instrument } from '../../../shared/working-days/working-days.js'
import { fromHolidayCn } from './holiday-cn.js'
import { importNotice, previewImport } from './import-notice.js'

const without = (...names: string[]) =>
  instruments.filter(({ number, title }) => !names.includes(number ?? title))
const extension = instrument('国办发明电〔2020〕1号')
const notice2026 = instrument('国办发明电〔2025〕7号')
const codes = (
  current: readonly Instrument[],
  proposed: Instrument,
  today = proposed.publishedOn,
) => previewImport(current, proposed, today ?? '').warnings.map(({ code }) => code)
const changed = (current: readonly Instrument[], proposed: Instrument) =>
  previewImport(current, proposed, '2026-09-01').changedDays.map(
    ({ date, worksAfter }) => `${date} ${worksAfter ? 'work' : 'off'}`,
  )

describe('the preview', () => {
  test('of the extension of 2020 shows the two days that become free', () => {
    const before = without('国办发明电〔2020〕1号')
    expect(changed(before, extension)).toEqual(['2020-01-31 off', '2020-02-01 off'])
    expect(previewImport(before, extension, '2020-01-27').changedYears).toEqual([])
  })
  test('of the change of 2019 shows the days off and the days made up', () => {
    expect(changed(without('国办发明电〔2019〕3号'), instrument('国办发明电〔2019〕3号'))).toEqual([
      ...['2019-04-28 work', '2019-05-02 off', '2019-05-03 off', '2019-05-05 work'],
    ])
  })
  test('of a year’s notice shows that the year becomes notified, and the December before', () => {
    const notice = instrument('国办发明电〔2018〕15号')
    const preview = previewImport(without('国办发明电〔2018〕15号'), notice, '2018-12-06')
    expect(preview.changedYears).toEqual([{ year: 2019, before: 'provisional', after: 'notified' }])
    const december = preview.changedDays.filter(({ date }) => date < '2019')
    expect(december).toEqual([
      { date: '2018-12-29', workedBefore: false, worksAfter: true },
      { date: '2018-12-31', workedBefore: true, worksAfter: false },
    ])
    expect(preview.warnings.map(({ code }) => code)).toEqual(['LONG_RUN']) // 28 January to 3 February
  })
  test('of a regional notice is of its region', () => {
    const notice = instrument('广西壮族自治区人民政府办公厅关于2017年“壮族三月三”放假的通知')
    const dated = { ...notice, title: '再次公布', publishedOn: '2017-03-01' }
    expect(changed(without(notice.title), dated)).toEqual([
      ...['2017-03-30 off', '2017-03-31 off', '2017-04-01 off', '2017-04-08 work'],
    ])
  })
  test('writes no warning for any official notice, but for the run of days that some made', () => {
    for (const notice of instruments.filter(({ notifies }) => notifies.length > 0)) {
      const found = codes(without(notice.number ?? ''), notice, '2026-09-01')
      expect(
        found.filter((code) => code !== 'LONG_RUN'),
        `${notice.number}`,
      ).toEqual([])
    }
  })
})

describe('a warning', () => {
  const before = without('国办发明电〔2025〕7号')
  const without1004 = notice2026.operations.filter(({ date }) => date !== '2026-10-07')
  test.each<[string, readonly Instrument[], Instrument, string]>([
    ['STATUTORY_BALANCE', before, { ...notice2026, operations: without1004 }, '2025-11-04'],
    ['NOT_YET_PUBLISHED', before, notice2026, '2025-11-03'],
    ['YEAR_ALREADY_NOTIFIED', instruments, { ...notice2026, number: '另号' }, '2026-09-01'],
    ['CHANGES_NOTHING', instruments, { ...notice2026, number: '另号' }, '2026-09-01'],
    ['RETROACTIVE', before, { ...notice2026, publishedOn: '2026-01-02' }, '2026-09-01'],
    [
      'LONG_RUN',
      instruments,
      {
        ...{ ...extension, number: '某号', publishedOn: '2026-05-01' },
        operations: ['2026-06-06', '2026-06-07'].map((date) => ({ date, op: 'work', name: '某' })),
      },
      '2026-05-01',
    ],
  ])('%s is given where it applies', (code, current, proposed, today) => {
    const warnings = previewImport(current, proposed, today).warnings
    expect(warnings.map((one) => one.code)).toContain(code)
    for (const { zh, en } of warnings) expect([zh.length > 0, en.length > 0]).toEqual([true, true])
  })
})

describe('an import', () => {
  const june = { date: '2026-06-20', op: 'off', name: '某' } as const
  test.each<[string, Partial<Instrument>, string, string]>([
    ['an instrument that is in already', {}, 'CALENDAR_INSTRUMENT_KNOWN', 'instrument.number'],
    [
      'one that says nothing',
      { number: 'x', operations: [], notifies: [] },
      'CALENDAR_FORM',
      'instrument.operations',
    ],
    [
      'one of no date',
      { number: 'x', issuedOn: null, publishedOn: null },
      'CALENDAR_FORM',
      'instrument.published_on',
    ],
    ['a region that notifies', { region: 'CN-GX' }, 'CALENDAR_FORM', 'instrument.notifies'],
    [
      'a day outside the notified year',
      { number: 'x', notifies: [2027], operations: [june] },
      'CALENDAR_DATE_OUTSIDE',
      'instrument.days[0].date',
    ],
    [
      'a change of an absent year',
      { number: 'x', notifies: [], operations: [{ ...june, date: '2031-06-20' }] },
      'CALENDAR_YEAR_ABSENT',
      'instrument.days[0].date',
    ],
    [
      'a weekday made up',
      { number: 'x', operations: [{ ...june, date: '2026-06-22', op: 'work' }] },
      'CALENDAR_MAKE_UP_WEEKDAY',
      'instrument.operations[0].date',
    ],
  ])('of %s is refused', (_, fault, reason, field) => {
    const proposed = { ...notice2026, ...fault }
    expect(() => previewImport(instruments, proposed, '2026-09-01')).toThrow(
      expect.objectContaining({ reason, field }),
    )
  })
  test('makes a new revision and leaves the one before as it was', () => {
    const at = parseInstant('2020-01-29T09:00+08:00')
    const before = without('国办发明电〔2020〕1号')
    const first = revisionAfter(undefined, before, at - 1, 'operator/zhang')
    const second = importNotice(first, extension, at, 'operator/li')
    expect(second).toMatchObject({ number: 2, recordedAt: at, author: 'operator/li' })
    expect(second.digest).toBe(digestOf(instruments))
    expect(first.digest).toBe(digestOf(before))
    const info = dayInfo(compile(second.instruments), dayOfDate('2020-01-31'))
    expect(info.instrument).toBe('国办发明电〔2020〕1号')
    expect(() => importNotice(second, extension, at, 'operator/li')).toThrow(
      'CALENDAR_INSTRUMENT_KNOWN',
    )
  })
})

describe('the holiday-cn form', () => {
  const head = {
    ...notice2026,
    number: '国办发明电〔2026〕9号',
    publishedOn: '2026-11-05',
    issuedOn: null,
  }
  const day = (date: string, isOffDay: boolean) => ({ name: '元旦', date, isOffDay })
  test('becomes an instrument', () => {
    const papers = ['https://www.gov.cn/x.htm']
    const value = { year: 2027, papers, days: [day('2027-01-01', true), day('2027-01-03', false)] }
    const notice = fromHolidayCn(value, head)
    expect(notice).toMatchObject({ notifies: [2027], url: papers[0], number: head.number })
    expect(yearState(compile([...instruments, notice]), 2027)).toBe('notified')
  })
  test.each<[string, unknown]>([
    ['a Monday as worked', { year: 2020, days: [{ ...day('2020-02-03', false) }] }],
    ['no list', { year: 2027 }],
    ['a day without a side', { year: 2027, days: [{ name: '元旦', date: '2027-01-01' }] }],
    ['no year', { days: [day('2027-01-01', true)] }],
    ['nothing', null],
  ])('with %s is refused', (_, value) => {
    expect(() => fromHolidayCn(value, head)).toThrow(/^CALENDAR_(FORM|MAKE_UP_WEEKDAY)$/)
  })
})
