// Year files are checked to the last date: each fault planted in a true file is found and named.
import { describe, expect, test } from 'vitest'
import { files, instrument, instruments, off, work } from './official-calendar.fixture.js'
import { kindOf, loadInstruments, parseInstrument, type CalendarFile } from './working-days.js'
import type { Refusal } from '../refusal/refusal.js'

/** The folder with one file's text changed. */
function withChange(path: string, from: string | RegExp, to: string): CalendarFile[] {
  return files.map((file) => {
    if (file.path !== path) return file
    const text = file.text.replace(from, to)
    expect(text).not.toBe(file.text)
    return { path, text }
  })
}

const refusalOf = (folder: readonly CalendarFile[]): Refusal => {
  try {
    loadInstruments(folder)
  } catch (refusal) {
    return refusal as Refusal
  }
  throw new Error('the folder was taken as it is')
}

describe('a year file', () => {
  test.each<[string, string, string | RegExp, string, string, string]>([
    [
      'a date that is none',
      'cn/2019.json',
      '{"date":"2019-06-07"',
      '{"date":"2019-06-31"',
      'DATE_MALFORMED',
      'cn/2019.json: daysOff[13].date',
    ],
    [
      'a date of another year',
      'cn/2019.json',
      '{"date":"2019-06-07"',
      '{"date":"2018-06-07"',
      'CALENDAR_DATE_OUTSIDE',
      'cn/2019.json: daysOff[13].date',
    ],
    [
      'a make-up day on a weekday',
      'cn/2019.json',
      '{"date":"2019-10-12"',
      '{"date":"2019-10-11"',
      'CALENDAR_MAKE_UP_WEEKDAY',
      'cn/2019.json: workdays[5].date',
    ],
    [
      'a date twice',
      'cn/2019.json',
      '{"date":"2019-06-07"',
      '{"date":"2019-09-13"',
      'CALENDAR_DATE_TWICE',
      'cn/2019.json: daysOff[14].date',
    ],
    [
      'a date both off and worked',
      'cn/2019.json',
      '{"date":"2019-10-12"',
      '{"date":"2019-10-06"',
      'CALENDAR_DATE_BOTH',
      'cn/2019.json: workdays[5].date',
    ],
    [
      'an unknown instrument',
      'cn/2019.json',
      '"name":"端午节","by":"国办发明电〔2018〕15号"',
      '"name":"端午节","by":"国办发明电〔2018〕16号"',
      'CALENDAR_INSTRUMENT_UNKNOWN',
      'cn/2019.json: daysOff[13].by',
    ],
    [
      'a day that its amendment does not add',
      'cn/2019.json',
      '"name":"端午节","by":"国办发明电〔2018〕15号"',
      '"name":"端午节","by":"国办发明电〔2019〕3号"',
      'CALENDAR_REPLAY',
      'cn/2019.json',
    ],
    [
      'an amendment whose day is not in the list',
      'cn/2015.json',
      '"adds": {"daysOff": [{"date":"2015-09-03"',
      '"adds": {"daysOff": [{"date":"2015-09-02"',
      'CALENDAR_REPLAY',
      'cn/2015.json',
    ],
    [
      'a removed day that is still listed',
      'cn/2020.json',
      '"workdays": [\n    {"date":"2020-01-19"',
      '"workdays": [\n    {"date":"2020-02-02","name":"春节","by":"国办发明电〔2019〕16号"},\n    {"date":"2020-01-19"',
      'CALENDAR_DATE_BOTH',
      'cn/2020.json: workdays[0].date',
    ],
    [
      'two dates of publication of one notice',
      'cn/2018.json',
      '"publishedOn": "2018-12-06"',
      '"publishedOn": "2018-12-07"',
      'CALENDAR_INSTRUMENT_CONFLICT',
      'publishedOn',
    ],
    [
      'another year inside than outside',
      'cn/2019.json',
      '"year": 2019',
      '"year": 2020',
      'CALENDAR_DATE_OUTSIDE',
      'cn/2019.json: daysOff[0].date',
    ],
    [
      'a region in another’s folder',
      'regions/CN-GX/2017.json',
      '"region": "CN-GX"',
      '"region": "CN-GD"',
      'CALENDAR_FORM',
      'regions/CN-GX/2017.json: region',
    ],
    [
      'a provisional year with a notice',
      'cn/2019.json',
      '"status": "notified"',
      '"status": "provisional"',
      'CALENDAR_FORM',
      'cn/2019.json: notice',
    ],
    [
      'a list that is none',
      'cn/2019.json',
      '"daysOff": [\n',
      '"daysOff": 3, "x": [\n',
      'CALENDAR_FORM',
      'cn/2019.json: daysOff',
    ],
    ['text that is no JSON', 'cn/2019.json', '{', '', 'CALENDAR_FORM', 'cn/2019.json'],
  ])('with %s is refused by name', (_, path, from, to, reason, field) => {
    const refusal = refusalOf(withChange(path, from, to))
    expect({ reason: refusal.reason, field: refusal.params['field'] }).toEqual({ reason, field })
    for (const language of ['zh', 'en'] as const) {
      expect(refusal.text(language)).toContain(field)
      expect(refusal.text(language)).not.toMatch(/\{\w+\}/)
    }
  })
})

describe('the instruments of the folder', () => {
  test('are 23 notices, three amendments, four statutes and four of regions', () => {
    const kinds = instruments.map(kindOf)
    const count = (kind: string) => kinds.filter((one) => one === kind).length
    expect(['notice', 'amendment', 'statute', 'regional'].map(count)).toEqual([23, 3, 4, 4])
  })
  test('hold what the notice said at first, where an amendment took it back', () => {
    const said = instrument('国办发明电〔2019〕16号').operations
    expect(said.find(({ date }) => date === '2020-02-01')).toMatchObject({ op: 'work' })
    expect(said.some(({ date }) => date === '2020-01-31')).toBe(false)
  })
  test('hold the days of the December before', () => {
    const { operations, notifies } = instrument('国办发明电〔2018〕15号')
    expect(operations.map(({ date, op }) => `${date} ${op}`).slice(0, 3)).toEqual([
      ...['2018-12-29 work', '2018-12-30 off', '2018-12-31 off'],
    ])
    expect(notifies).toEqual([2019])
  })
  test('withdraw without replacing where an amendment only removes', () => {
    const folder = withChange(
      'cn/2019.json',
      '"removes": {"daysOff": [], "workdays": []}',
      '"removes": {"daysOff": [], "workdays": [{"date":"2019-10-13","name":"国庆节"}]}',
    )
    const loaded = loadInstruments(folder)
    const named = (name: string) => loaded.find(({ number }) => number === name)?.operations
    expect(named('国办发明电〔2018〕15号')).toContainEqual({
      ...{ date: '2019-10-13', op: 'work', name: '国庆节' },
    })
    expect(named('国办发明电〔2019〕3号')).toContainEqual({
      ...{ date: '2019-10-13', op: 'unset', name: '国庆节' },
    })
  })
  test('balance: weekdays off less make-up days are the statutory days of the law in force', () => {
    const weekday = (date: string) => ![0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay())
    for (const { number, notifies, operations } of instruments) {
      const year = notifies[0]
      if (year === undefined) continue
      const weekdaysOff = operations.filter(({ op, date }) => op === 'off' && weekday(date))
      const balance = weekdaysOff.length - operations.filter(({ op }) => op === 'work').length
      expect(balance, `${number}`).toBe(year < 2008 ? 10 : year < 2025 ? 11 : 13)
    }
  })
  test('give statutory days that each year’s notice keeps', () => {
    const statutes = instruments.filter((one) => kindOf(one) === 'statute')
    for (const { operations } of statutes)
      for (const { date } of operations) {
        expect(off.has(date), date).toBe(true)
        expect(work.has(date), date).toBe(false)
      }
    expect(statutes.flatMap(({ provides }) => provides).sort()).toEqual(
      Array.from({ length: 24 }, (_, index) => 2004 + index),
    )
  })
})

describe('an instrument as JSON', () => {
  const good = {
    ...{ number: '国办发明电〔2026〕9号', title: '通知', region: 'CN', notifies: [2027] },
    operations: [{ date: '2027-01-01', op: 'off', name: '元旦' }],
  }
  test('is read with what it leaves out as unknown', () => {
    expect(parseInstrument(good)).toEqual({
      ...{ ...good, issuer: null, issuedOn: null, publishedOn: null, url: null, provides: [] },
    })
  })
  test.each<[string, object, string]>([
    ['title', { title: '' }, 'CALENDAR_FORM'],
    ['region', { region: 'CN-XX' }, 'REGION_UNKNOWN'],
    ['notifies[0]', { notifies: ['2027'] }, 'CALENDAR_FORM'],
    ['publishedOn', { publishedOn: '2026-02-30' }, 'DATE_MALFORMED'],
    [
      'operations[0].op',
      { operations: [{ date: '2027-01-01', op: 'holiday', name: 'x' }] },
      'CALENDAR_FORM',
    ],
    ['operations[0].name', { operations: [{ date: '2027-01-01', op: 'off' }] }, 'CALENDAR_FORM'],
    [
      'operations[0].date',
      { operations: [{ date: '2027-01-04', op: 'work', name: 'x' }] },
      'CALENDAR_MAKE_UP_WEEKDAY',
    ],
    [
      'operations[1].date',
      { operations: [...good.operations, { date: '2027-01-01', op: 'unset' }] },
      'CALENDAR_DATE_BOTH',
    ],
    [
      'operations[1].date',
      { operations: [...good.operations, ...good.operations] },
      'CALENDAR_DATE_TWICE',
    ],
  ])('with a fault in %s is refused', (field, fault, reason) => {
    expect(() => parseInstrument({ ...good, ...fault })).toThrow(
      expect.objectContaining({ reason, field: `instrument.${field}` }),
    )
  })
})
