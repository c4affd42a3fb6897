// Revisions: what was on record when, which is not what was public when.
import { describe, expect, test } from 'vitest'
import { instrument, instruments } from './official-calendar.fixture.js'
import { compile, digestOf, isWorkingDay, parseInstant, dayOfDate } from './working-days.js'
import { revisionAfter, revisionAsOf } from './working-days.js'

const at = parseInstant
const extension = instrument('国办发明电〔2020〕1号')
const before = instruments.filter((one) => one !== extension)
const first = revisionAfter(undefined, before, at('2020-01-02T09:00+08:00'), 'operator/zhang')
const second = revisionAfter(first, instruments, at('2020-01-29T09:00+08:00'), 'operator/zhang')

describe('a revision', () => {
  test('is numbered, and its digest covers its instruments in their order', () => {
    expect([first.number, second.number]).toEqual([1, 2])
    expect(second.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(second.digest).not.toBe(first.digest)
    expect(digestOf(instruments.toReversed())).toBe(second.digest)
    const renamed = instruments.map((one) => (one === extension ? { ...one, url: null } : one))
    expect(digestOf(renamed)).not.toBe(second.digest)
  })
  test('is asked by when it was recorded, apart from when it was published', () => {
    const worked = (recordedBy: string, publishedBy: string) => {
      const { instruments } = revisionAsOf([first, second], at(recordedBy))
      return isWorkingDay(compile(instruments, { publishedBy }), dayOfDate('2020-01-31'))
    }
    expect(worked('2020-01-28T12:00+08:00', '2020-01-28')).toBe(true) // public, not yet recorded
    expect(worked('2020-01-29T09:00+08:00', '2020-01-28')).toBe(false)
    expect(worked('2020-01-29T09:00+08:00', '2020-01-26')).toBe(true) // recorded, not yet public
  })
  test('that was not on record is refused', () => {
    expect(() => revisionAsOf([first, second], at('2020-01-01T00:00+08:00'))).toThrow(
      'REVISION_UNKNOWN',
    )
  })
})
