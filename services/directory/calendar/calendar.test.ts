import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { instrument, instruments } from '../../../shared/working-days/official-calendar.fixture.js'
import { digestOf, type Instrument } from '../../../shared/working-days/working-days.js'
import {
  decide,
  empty,
  evolve,
  revisionAt,
  revisionNumbered,
  type CalendarEvent,
  type CalendarState,
} from './calendar.js'

const author = 'service/directory'
const extension = instrument('国办发明电〔2020〕1号')
const without = instruments.filter((one) => one !== extension)
const opened = (all: readonly Instrument[] = without): CalendarEvent[] =>
  decide(empty, { type: 'OpenCalendar', instruments: all, author })
const after = (...steps: [CalendarEvent[], number][]): CalendarState =>
  steps.reduce(
    (state, [events, at]) => events.reduce((now, event) => evolve(now, event, at), state),
    empty,
  )
const imports = (state: CalendarState, one: Instrument) =>
  decide(state, { type: 'ImportNotice', instrument: one, author: 'operator/desk', now: 2_000 })

describe('the calendar', () => {
  test('opens with one revision that holds every instrument', () => {
    expect(opened()).toEqual([
      {
        type: 'CalendarRevised',
        number: 1,
        instruments: without,
        digest: digestOf(without),
        author,
      },
    ])
  })
  test('opens as it was published by a date', () => {
    const [event] = decide(empty, {
      ...{ type: 'OpenCalendar', instruments, author, publishedBy: '2020-01-26' },
    })
    expect(event?.instruments).not.toContain(extension) // made public on the 27th
    expect(event?.instruments).toContain(instrument('国办发明电〔2019〕16号'))
  })
  test('is opened once', () => {
    const state = after([opened(), 1_000])
    expect(decide(state, { type: 'OpenCalendar', instruments, author })).toEqual([])
  })
  test('grows by a revision a notice, and keeps what it was', () => {
    const first = after([opened(), 1_000])
    const state = after([opened(), 1_000], [imports(first, extension), 2_000])
    expect(state.revisions.map(({ number, added }) => [number, added.length])).toEqual([
      [1, without.length],
      [2, 1],
    ])
    const [one, two] = state.revisions
    expect(one).toEqual(first.revisions[0])
    expect(two?.instruments).toEqual([...without, extension])
    expect(two?.digest).toBe(digestOf(instruments))
    expect(revisionAt(state)).toBe(two)
    expect(revisionAt(state, 1_999)).toBe(one)
    expect(revisionNumbered(state, 2)).toBe(two)
  })
  test('takes a notice once, and answers for no revision that it does not have', () => {
    const state = after([opened(instruments), 1_000])
    expect(() => imports(state, extension)).toThrow(Refusal)
    expect(() => revisionAt(state, 999)).toThrow(Refusal)
    expect(() => revisionNumbered(state, 2)).toThrow(Refusal)
  })
})
