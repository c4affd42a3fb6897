import { describe, expect, test } from 'vitest'
import { asks, at, awaiting, consultation, DEADLINE, DEEMED, down } from '../release/law.fixture.js'
import { firm, given, HEALTH, IN_TIME, LATE, names, opinion } from '../release/law.fixture.js'
import { asked, packWith, POLICE, provisional, qingyuan, RECEIVED } from '../release/law.fixture.js'
import { received, ROLLED, rolled, ROLLED_TWICE, rolledTwice } from '../release/law.fixture.js'
import { running, said, says, SETTLING, silence, silent } from '../release/law.fixture.js'
import type { DeadlineRecord } from './deadline.js'
import { deemConsent, holdsOn, outageMinutes, type DeemConsent } from './silence.js'

const arrived = (deadline: DeadlineRecord = firm) =>
  consultation({
    type: 'LetterReceived',
    consultationId: asks(HEALTH),
    receivedAt: RECEIVED,
    deadline,
  })
const deem = (state = arrived(), now = DEEMED, more: Partial<DeemConsent> = {}, pack = qingyuan) =>
  deemConsent(state, pack, silent(now, more))
const CHRISTMAS = at('2026-12-24T00:00+08:00')

describe('silence (art. 6, second paragraph)', () => {
  test.each([
    ['before the deadline is only silence', DEADLINE - 1],
    ['at the deadline is still silence: a reply may be on its way', DEADLINE],
    ['until the settling time is over is still silence', DEADLINE + SETTLING - 1],
  ])('%s', (_, now) => {
    expect(deem(arrived(), now)).toEqual([])
  })
  test.each([
    ['after the settling time is consent, effective at the deadline', DEEMED],
    ['is the same consent when the duty comes a quarter late', CHRISTMAS],
  ])('%s', (_, now) => {
    expect(deem(arrived(), now)).toEqual([
      {
        type: 'ConsentDeemed',
        consultationId: asks(HEALTH),
        effectiveAt: DEADLINE,
        recordedAt: now,
      },
    ])
  })
  test('before receipt is not silence: the clock has not started', () => {
    expect(deem(consultation(), CHRISTMAS)).toEqual([])
    const nowhere = consultation({ type: 'LetterUndelivered', consultationId: asks(HEALTH) })
    expect(deem(nowhere, CHRISTMAS)).toEqual([])
  })
  test.each([
    ['on a provisional calendar is never consent', provisional],
    ['before a notice that is awaited is never consent', awaiting],
  ])('%s', (_, deadline) => {
    expect(deem(arrived(deadline), CHRISTMAS)).toEqual([])
  })
  test('has its effect once', () => {
    const once = given(...running).after(silence(DEEMED))
    expect(silence(CHRISTMAS)(once)).toEqual([])
  })
  test('is that of each agency for itself', () => {
    const events = given(...asked, received(HEALTH), received(POLICE, provisional)).when(
      silence(CHRISTMAS),
    )
    expect(events).toMatchObject([{ type: 'ConsentDeemed', consultationId: asks(HEALTH) }])
  })
  test.each(['objection', 'consent_with_changes', 'not_concerned', 'other_reply'] as const)(
    'is not what an agency kept that answered: %s',
    (kind) => {
      const state = given(...running, said(HEALTH, kind)).release.consultations[asks(HEALTH)]!
      expect(deem(state, CHRISTMAS)).toEqual([])
    },
  )
  test('is not what an agency kept that objected without reasons', () => {
    const objected = says(HEALTH, opinion('objection', IN_TIME, { hasReasons: false }))
    const state = given(...running).after(objected).consultations[asks(HEALTH)]!
    expect(state.status).toBe('defective')
    expect(deem(state, CHRISTMAS)).toEqual([])
  })
})

const moved = (from: number, deadline: DeadlineRecord, minutes: number) => ({
  type: 'DeadlineMoved',
  consultationId: asks(HEALTH),
  cause: 'outage',
  from,
  deadline,
  minutes,
})

describe('an outage on the last day', () => {
  test('of as long as the pack tolerates changes nothing', () => {
    const downtimes = [down('10-10T09:00', '10-10T11:00')]
    expect(names(deem(arrived(), DEEMED, { downtimes }))).toEqual(['ConsentDeemed'])
  })
  test('of longer rolls the deadline to the next working day, by itself', () => {
    const downtimes = [down('10-10T09:00', '10-10T11:01')]
    expect(deem(arrived(), DEADLINE, { downtimes })).toEqual([moved(DEADLINE, rolled, 121)])
  })
  test('is the sum of its parts', () => {
    const downtimes = [
      down('10-10T08:00', '10-10T08:50'),
      down('10-10T12:00', '10-10T13:00'),
      down('10-10T20:00', '10-10T20:11'),
    ]
    expect(deem(arrived(), DEADLINE, { downtimes })).toEqual([moved(DEADLINE, rolled, 121)])
  })
  test('is counted once where two records tell of it', () => {
    const downtimes = [
      down('10-10T09:00', '10-10T10:30'),
      down('10-10T09:30', '10-10T10:00'),
      down('10-10T10:00', '10-10T10:40'),
      down('10-10T09:00', '10-10T10:30'),
    ]
    expect(outageMinutes(firm, silent(DEADLINE, { downtimes }))).toBe(100)
  })
  test('is not what happened on the days around it', () => {
    const downtimes = [
      down('10-09T10:00', '10-10T01:00'),
      down('10-10T23:30', '10-11T12:00'),
      down('10-11T12:00', '10-11T20:00'),
    ]
    expect(outageMinutes(firm, silent(DEADLINE, { downtimes }))).toBe(90)
    expect(names(deem(arrived(), DEEMED, { downtimes }))).toEqual(['ConsentDeemed'])
  })
  test('rolls it again where the next one is struck too', () => {
    const downtimes = [down('10-10T12:00', '10-12T12:00')]
    expect(deem(arrived(), ROLLED, { downtimes })).toEqual([
      moved(DEADLINE, rolled, 720),
      moved(ROLLED, rolledTwice, 720),
    ])
    expect(names(deem(arrived(), ROLLED_TWICE + SETTLING, { downtimes }))).toEqual([
      'DeadlineMoved',
      'DeadlineMoved',
      'ConsentDeemed',
    ])
  })
  test('rolls it once where silence is looked at in between', () => {
    const downtimes = [down('10-10T12:00', '10-12T12:00')]
    const one = given(...running).after(silence(DEADLINE, { downtimes }))
    expect(one.consultations[asks(HEALTH)]?.deadline).toEqual(rolled)
    const two = silence(ROLLED, { downtimes })(one)
    expect(two).toContainEqual(moved(ROLLED, rolledTwice, 720))
    expect(two).toHaveLength(2)
  })
  test('makes silence wait where no calendar says what the next working day is', () => {
    const downtimes = [down('10-10T12:00', '10-13T12:00')]
    expect(names(deem(arrived(), CHRISTMAS, { downtimes }))).toEqual([
      'DeadlineMoved',
      'DeadlineMoved',
    ])
    expect(deem(arrived(), CHRISTMAS, { downtimes, nextWorkingDay: () => undefined })).toEqual([])
  })
  test('makes silence wait where the next working day is provisional', () => {
    const downtimes = [down('10-10T12:00', '10-10T20:00')]
    const nextWorkingDay = () => ({ ...rolled, provisional: true })
    expect(names(deem(arrived(), CHRISTMAS, { downtimes, nextWorkingDay }))).toEqual([
      'DeadlineMoved',
    ])
  })
  test('never shortens: a calendar that rolls back is a fault, not an answer', () => {
    const downtimes = [down('10-10T12:00', '10-10T20:00')]
    const back = { downtimes, nextWorkingDay: () => ({ ...rolled, at: DEADLINE }) }
    expect(() => deem(arrived(), DEEMED, back)).toThrow('never back')
  })
})

describe('why silence waits', () => {
  const noEffect = packWith(({ silence: rule }) => Object.assign(rule!, { effect: 'none' }))
  const why = (
    now: number,
    more: Partial<DeemConsent> & { clockInDoubt?: boolean } = {},
    state = arrived(),
    pack = qingyuan,
  ) => holdsOn(state, pack, { clockInDoubt: false, ...silent(now, more), ...more })
  test('is nothing before the deadline, nor once it has had its effect', () => {
    expect(why(DEADLINE - 1)).toEqual([])
    expect(why(DEEMED)).toEqual([])
    const released = given(...running).after(silence(DEEMED)).consultations[asks(HEALTH)]!
    expect(why(CHRISTMAS, { clockInDoubt: true }, released)).toEqual([])
  })
  test.each([
    ['the settling time', why(DEADLINE), ['settling']],
    ['a clock in doubt', why(DEEMED, { clockInDoubt: true }), ['clock-in-doubt']],
    [
      'an outage that no calendar can roll',
      why(DEEMED, { downtimes: [down('10-10T08:00', '10-10T12:00')] }),
      ['downtime'],
    ],
    [
      'a provisional calendar, long before',
      why(RECEIVED, {}, arrived(provisional)),
      ['provisional-calendar'],
    ],
    ['a notice awaited', why(LATE, {}, arrived(awaiting)), ['awaits-notice']],
    [
      'a pack that gives it no effect',
      why(LATE, {}, arrived(), noEffect),
      ['silence-without-effect'],
    ],
    [
      'nothing that will pass, once it is recorded as without effect',
      why(
        LATE,
        {},
        given(...running).after(silence(DEEMED, { pack: noEffect })).consultations[asks(HEALTH)],
        noEffect,
      ),
      ['silence-without-effect'],
    ],
  ])('is %s', (_, causes, expected) => {
    expect(causes).toEqual(expected)
  })
  test('is not asked of a letter that was not received', () => {
    expect(why(CHRISTMAS, {}, consultation())).toEqual([])
  })
})
