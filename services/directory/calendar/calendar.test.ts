import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { instrument, instruments } from '../../../shared/working-days/official-calendar.fixture.js'
import { digestOf, type Instrument } from '../../../shared/working-days/working-days.js'
import {
  decide,
  empty,
  evolve,
  proposalOf,
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
const confirms = (state: CalendarState, one: Instrument, author = 'operator/desk') =>
  decide(state, { type: 'ImportNotice', instrument: one, author, now: 2_000 })
const folded = (state: CalendarState, events: readonly CalendarEvent[], at = 2_000) =>
  events.reduce((now, event) => evolve(now, event, at), state)
/** Proposed by the desk, confirmed by a second operator. */
const imports = (state: CalendarState, one: Instrument) => {
  const proposed = confirms(state, one)
  return [...proposed, ...confirms(folded(state, proposed), one, 'operator/second')]
}
const addedBy = (event: CalendarEvent | undefined) =>
  event?.type === 'CalendarRevised' ? event.instruments : []

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
    expect(addedBy(event)).not.toContain(extension) // made public on the 27th
    expect(addedBy(event)).toContain(instrument('国办发明电〔2019〕16号'))
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

describe('a notice takes two persons', () => {
  const first = after([opened(), 1_000])
  const proposed = folded(first, confirms(first, extension), 1_500)
  test('one proposes it: on record, and the calendar is as it was', () => {
    expect(confirms(first, extension)).toMatchObject([
      { type: 'NoticeProposed', instrument: extension, proposedBy: 'operator/desk' },
    ])
    expect(proposed.revisions).toEqual(first.revisions)
    expect(proposalOf(proposed, extension)).toMatchObject({
      ...{ proposedBy: 'operator/desk', proposedAt: 1_500 },
    })
  })
  test('another confirms the same words: a revision that names both, and nothing waits', () => {
    const events = confirms(proposed, extension, 'operator/second')
    expect(events).toMatchObject([
      {
        type: 'CalendarRevised',
        number: 2,
        author: 'operator/second',
        proposedBy: 'operator/desk',
      },
    ])
    expect(folded(proposed, events).proposals).toEqual([])
  })
  test('the same person twice is not two', () => {
    expect(() => confirms(proposed, extension)).toThrow(
      expect.objectContaining({ reason: 'NOTICE_NEEDS_SECOND_OPERATOR', kind: 'out-of-order' }),
    )
  })
  test('changed words are a new proposal, which takes the place of the one before', () => {
    const changed = { ...extension, url: 'https://example.org/corrected' }
    const events = confirms(proposed, changed, 'operator/second')
    expect(events).toMatchObject([{ type: 'NoticeProposed', proposedBy: 'operator/second' }])
    const state = folded(proposed, events)
    expect(proposalOf(state, extension)).toBeUndefined()
    // Whoever confirms the old words now proposes them anew; nobody confirms what was replaced.
    expect(confirms(state, extension, 'operator/third')).toMatchObject([{ type: 'NoticeProposed' }])
    expect(confirms(state, changed)).toMatchObject([{ type: 'CalendarRevised' }])
  })
  test('a notice that cannot be right is not even proposed, nor one that came in meanwhile confirmed', () => {
    const wrong = { ...extension, publishedOn: null, issuedOn: null }
    expect(() => confirms(first, wrong)).toThrow(Refusal)
    const both = folded(proposed, confirms(proposed, extension, 'operator/second'))
    expect(() => confirms(both, extension, 'operator/third')).toThrow(
      expect.objectContaining({ reason: 'CALENDAR_INSTRUMENT_KNOWN' }),
    )
  })
})
