import { describe, expect, test } from 'vitest'
import { asked, asks, at, awaiting, DEADLINE, DEEMED, firm, given, HEALTH } from './law.fixture.js'
import { IN_TIME, LATE, names, POLICE, provisional, received, rolled } from './law.fixture.js'
import { ROLLED, said, silence } from './law.fixture.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { ReleaseEvent } from './events.js'
import { holdsOn } from '../consultation/silence.js'
import { gatesOf } from './gates.js'
import { qingyuan, silent } from './law.fixture.js'
import { settleDeadline } from './settle-deadline.js'
import type { Release } from './state.js'

const NEXT = at('2026-10-14T00:00+08:00')
const afterTelling = { ...firm, at: NEXT, lastDay: '2026-10-13', revision: 8 }
const settles =
  (now: number, computed: DeadlineRecord = { ...firm, revision: 8 }) =>
  (release: Release) =>
    settleDeadline(release, { consultationId: asks(HEALTH), computed, afterTelling, now })
const told = (deadline: DeadlineRecord) =>
  given(...asked, received(HEALTH, deadline), said(POLICE, 'consent'))
const moved = (events: readonly ReleaseEvent[]) =>
  events.flatMap((event) => (event.type === 'DeadlineMoved' ? [event.deadline] : []))

describe('a notice that was awaited', () => {
  test.each([
    ['a provisional calendar', provisional],
    ['the days before a year without one', awaiting],
  ])('makes the deadline on %s firm, by an event with its cause', (_, deadline) => {
    expect(told(deadline).when(settles(IN_TIME))).toEqual([
      {
        type: 'DeadlineMoved',
        consultationId: asks(HEALTH),
        cause: 'calendar-revision',
        from: DEADLINE,
        deadline: { ...firm, revision: 8 },
      },
    ])
  })
  test('may lengthen the period', () => {
    expect(moved(told(provisional).when(settles(IN_TIME, rolled)))).toEqual([rolled])
  })
  test('never shortens what was told', () => {
    const late = { ...provisional, at: ROLLED, lastDay: '2026-10-12' }
    expect(moved(told(late).when(settles(IN_TIME)))).toMatchObject([
      { at: ROLLED, lastDay: '2026-10-12', provisional: false, revision: 8 },
    ])
  })
  test.each([
    ['after the computed date', LATE, firm],
    ['after the date that was told, though the new one is still ahead', LATE, rolled],
    ['at the very end of the date that was told', DEADLINE, rolled],
  ])('%s leaves a whole working day after the agencies are told', (_, now, computed) => {
    expect(moved(told(provisional).when(settles(now, computed)))).toEqual([afterTelling])
  })
  test('after both leaves the later of the two', () => {
    const far = { ...firm, at: NEXT + 1, lastDay: '2026-10-14' }
    expect(moved(told(provisional).when(settles(LATE, far)))).toEqual([far])
  })
  test('lets silence have its effect at the deadline that it made firm', () => {
    const state = told(provisional).after(silence(LATE), settles(LATE))
    expect(silence(NEXT)(state)).toEqual([])
    expect(silence(NEXT + DEEMED - DEADLINE)(state)).toMatchObject([
      { type: 'ConsentDeemed', effectiveAt: NEXT },
      { type: 'ReleaseCleared' },
    ])
  })
  test.each([
    ['before the date that was told', IN_TIME, provisional],
    ['after the date that was told', LATE, provisional],
    ['with another date that is not firm either', LATE, { ...rolled, provisional: true }],
    ['before a year without a notice', LATE, { ...rolled, awaitsNotice: 2027 }],
  ])('and still is moves nothing, however often one looks: %s', (_, now, computed) => {
    expect(told(provisional).when(settles(now, computed))).toEqual([])
    expect(told(awaiting).when(settles(now, computed))).toEqual([])
  })
  test.each([
    ['unknown', undefined],
    ['itself in a year without a notice', { ...afterTelling, provisional: true }],
  ])('after the date waits on while the day after the telling is %s', (_, day) => {
    const command = { consultationId: asks(HEALTH), computed: firm, now: LATE, afterTelling: day }
    expect(told(provisional).when((release) => settleDeadline(release, command))).toEqual([])
  })
  test('that says nothing new moves nothing', () => {
    expect(told(provisional).when(settles(IN_TIME, provisional))).toEqual([])
    expect(settles(IN_TIME)(told(provisional).after(settles(IN_TIME)))).toEqual([])
  })
  test('moves no deadline that is firm, nor of who has answered, nor of what has ended', () => {
    const withdrawn = { type: 'ReleaseWithdrawn', withdrawnAt: LATE, reasonDigest: 'r' } as const
    const published = {
      type: 'ReleasePublished',
      publishedAt: LATE,
      recordedAt: LATE,
      digest: 'd',
      whereDigest: 'w',
    } as const
    const answered = [received(HEALTH, provisional), said(HEALTH, 'objection')]
    for (const events of [
      [received(HEALTH)],
      answered,
      [received(HEALTH, provisional), withdrawn],
      [received(HEALTH, provisional), published],
    ])
      expect(given(...asked, ...events).when(settles(IN_TIME))).toEqual([])
  })
})

describe('a receipt in a year that no calendar has', () => {
  const { deadline: _, ...bare } = received(HEALTH) as Extract<
    ReleaseEvent,
    { type: 'LetterReceived' }
  >
  test('stands, and its silence waits', () => {
    const state = given(...asked, bare)
    expect(state.release.consultations[asks(HEALTH)]?.status).toBe('running')
    expect(state.when(silence(at('2027-12-24T00:00+08:00')))).toEqual([])
  })
  test('gets its deadline with the calendar', () => {
    const events = given(...asked, bare).when(settles(IN_TIME))
    expect(names(events)).toEqual(['DeadlineMoved'])
    expect(events[0]).not.toHaveProperty('from')
  })
  test('gets the deadline that its calendar has, though that is not firm, and once', () => {
    const settle = settles(LATE, provisional)
    expect(moved(given(...asked, bare).when(settle))).toEqual([provisional])
    expect(settle(given(...asked, bare).after(settle))).toEqual([])
  })
})

describe('a deadline that is not firm', () => {
  test.each([
    ['provisional', provisional, undefined],
    ['before a year without a notice', awaiting, undefined],
    ['firm, for contrast', firm, DEADLINE],
  ])('promises no opening of the gate: %s', (_, deadline, opensAt) => {
    const gates = gatesOf(told(deadline).release, qingyuan)
    const [obstacle] = gates.flatMap(({ obstacles }) => obstacles)
    expect(obstacle).toMatchObject({ reason: 'opinion-awaited' })
    expect(obstacle?.opensAt).toBe(opensAt)
  })
  test('of a year that no calendar has says why it waits', () => {
    const { deadline: _, ...bare } = received(HEALTH) as Extract<
      ReleaseEvent,
      { type: 'LetterReceived' }
    >
    const { consultations } = given(...asked, bare).release
    const command = { ...silent(LATE), clockInDoubt: false }
    expect(holdsOn(consultations[asks(HEALTH)]!, qingyuan, command)).toEqual([
      'calendar-year-absent',
    ])
    expect(
      holdsOn(given(...asked).release.consultations[asks(HEALTH)]!, qingyuan, command),
    ).toEqual([])
  })
})
