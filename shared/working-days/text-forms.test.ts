// Dates, instants and codes as text: what is read, and what is refused.
import { describe, expect, test } from 'vitest'
import { beijingTime, dateOf, dayIfDate, dayOfDate, formatInstant } from './working-days.js'
import { layersOf, parseInstant, regionOf, weekdayOf, yearOf } from './working-days.js'

describe('a date', () => {
  test.each(['1970-01-01', '2000-02-29', '2026-10-10', '2199-12-31'])('%s is read', (date) => {
    expect(dateOf(dayOfDate(date))).toBe(date)
    expect(yearOf(dayOfDate(date))).toBe(Number(date.slice(0, 4)))
  })
  test.each([
    ...['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-1-1', '20261010', ''],
    ...['2026-10-10 ', '1969-12-31', '2200-01-01', '２０２６-10-10', '2026-10-10T00:00'],
  ])('“%s” is none', (text) => {
    expect(dayIfDate(text)).toBeUndefined()
    expect(() => dayOfDate(text, 'asOf')).toThrow('DATE_MALFORMED')
  })
  test('has a weekday, Monday first', () => {
    expect(
      ['1970-01-01', '2026-10-05', '2026-10-11'].map((date) => weekdayOf(dayOfDate(date))),
    ).toEqual([...[4, 1, 7]])
  })
})

describe('an instant', () => {
  test.each([
    ['2026-09-28T10:00+08:00', '2026-09-28T02:00:00Z'],
    ['2026-09-28T02:00:00Z', '2026-09-28T02:00:00Z'],
    ['2026-09-27T21:00:00.25-05:00', '2026-09-28T02:00:00.250Z'],
    ['2026-09-28T07:45:00.123456789+05:45', '2026-09-28T02:00:00.123Z'],
    ['1990-07-01T00:00:00+09:00', '1990-06-30T15:00:00Z'],
  ])('%s is read', (text, utc) => {
    expect(formatInstant(parseInstant(text))).toBe(utc)
  })
  test.each([
    ...['2026-09-28T10:00', '2026-09-28', '2026-09-28T24:00+08:00', '2026-02-30T10:00Z', ''],
    ...['2026-09-28T10:60Z', '2026-09-28T10:00:60Z', '2026-09-28 10:00Z', '1759024800000'],
    ...['2026-09-28T10:00+0800', '2026-09-28T10:00+24:00', '1969-12-31T23:59Z'],
  ])('“%s” is refused', (text) => {
    expect(() => parseInstant(text, 'received_at')).toThrow('INSTANT_MALFORMED')
  })
  test('is told in Beijing time, summer time included', () => {
    expect(beijingTime(parseInstant('2026-10-10T16:00:00Z'))).toBe('2026-10-11 00:00:00')
    expect(beijingTime(parseInstant('1990-07-01T00:30:00Z'))).toBe('1990-07-01 09:30:00')
  })
})

test('a region’s layers go from the county to the country', () => {
  expect(layersOf('441826')).toEqual(['CN-441826', 'CN-441800', 'CN-GD', 'CN'])
  expect(layersOf('CN-513400')).toEqual(['CN-513400', 'CN-SC', 'CN'])
  expect(layersOf('450000')).toEqual(['CN-GX', 'CN'])
  expect(layersOf('CN')).toEqual(['CN'])
  expect(layersOf('000000')).toEqual(['CN'])
  expect(['', 'CN-441800', 'GX', 'CN-110000'].map((code) => regionOf(code))).toEqual([
    ...['CN', 'CN-441800', 'CN-GX', 'CN-BJ'],
  ])
})
