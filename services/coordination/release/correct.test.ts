// Deadlines that turn out to be later: the notice of January 2020, as it was and as it might have been, and
// outages that come on record afterwards. The letter is received on Monday 2020-01-20, ten o'clock; by the
// calendar of that day the fifth working day is the made-up Saturday 2020-02-01.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instrument, instruments } from '../../../shared/working-days/official-calendar.fixture.js'
import {
  dayOfDate,
  startOfDay,
  type Instrument,
} from '../../../shared/working-days/working-days.js'
import { deadlinesBy, type Deadlines } from '../calendar/deadlines.js'
import type { ReleaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { reconsiderOutage, recomputeDeadline, type Recompute } from './correct.js'
import {
  asked,
  asks,
  at,
  cleared,
  DRAFT_1,
  given,
  HEALTH,
  names,
  opinion,
  POLICE,
  qingyuan,
  said,
  says,
  SETTLING,
} from './law.fixture.js'
import { lettersOf } from '../letter/follow-up.js'
import { decideSilence } from './release.js'
import type { Release } from './state.js'

const extension = instrument('国办发明电〔2020〕1号') // of 26 January, published on the 27th
const known = instruments.filter((one) => one !== extension)
const by = (...more: readonly Instrument[]): Deadlines =>
  deadlinesBy({
    number: 2,
    recordedAt: 0,
    author: '',
    digest: '',
    instruments: [...known, ...more],
  })
const before = by()
const REGION = '441800'
const RECEIVED = at('2020-01-20T10:00+08:00')
const told = before.of(RECEIVED, qingyuan, REGION)!
const DEADLINE = at('2020-02-02T00:00+08:00')
const CORRECTED = at('2020-02-05T00:00+08:00')
const DEEMED = DEADLINE + SETTLING
const NOTICE = '国办发明电〔2020〕1号'

const received: ReleaseEvent = {
  ...{ type: 'LetterReceived', consultationId: asks(HEALTH), receivedAt: RECEIVED, deadline: told },
}
const [submitted, reviewed, issued] = asked
const SUBMITTED = at('2020-01-20T09:00+08:00')
const case2020 = given(
  { ...(submitted as object), submittedAt: SUBMITTED } as ReleaseEvent,
  reviewed,
  { ...(issued as object), issuedAt: SUBMITTED } as ReleaseEvent,
  received,
  said(POLICE, 'consent', at('2020-01-21T10:00+08:00')),
)
const deem: ReleaseEvent = {
  type: 'ConsentDeemed',
  ...{ consultationId: asks(HEALTH), effectiveAt: DEADLINE, recordedAt: DEEMED },
}
const recomputes =
  (now: number, deadlines = by(extension), more: Partial<Recompute> = {}) =>
  (release: Release) =>
    recomputeDeadline(release, qingyuan, {
      ...{ consultationId: asks(HEALTH), now, settling: SETTLING, deadlines, region: REGION },
      notice: NOTICE,
      ...more,
    })
const deemedAndCleared = case2020.after(() => [deem, cleared(DEEMED)])
const one = (release: Release) => release.consultations[asks(HEALTH)]!
const remarks = (kind: 'objection' | 'consent', when: number) =>
  says(HEALTH, opinion(kind, when), { nextWorkingDay: () => undefined })
const subjects = (after: Release, events: readonly ReleaseEvent[]) =>
  lettersOf(after, events).map(({ kind, recipient, subject }) => [kind, recipient, subject])

test('by the calendar of the day of receipt the last day is Saturday 2020-02-01', () => {
  expect(told).toMatchObject({ at: DEADLINE, lastDay: '2020-02-01', provisional: false })
})

describe('an open deadline', () => {
  const NOW = at('2020-01-28T10:00+08:00')
  test('moves by the notice, later, with its number, and both parties are told', () => {
    const events = case2020.when(recomputes(NOW))
    expect(events).toMatchObject([
      {
        ...{ type: 'DeadlineMoved', cause: 'calendar-revision', from: DEADLINE, notice: NOTICE },
        deadline: { at: CORRECTED, lastDay: '2020-02-04' },
      },
    ])
    expect(subjects(case2020.after(recomputes(NOW)), events)).toEqual([
      ['correction', HEALTH, `calendar-revision|${NOTICE}`],
      ['correction', 'water-bureau', `calendar-revision|${NOTICE}`],
    ])
  })
  test('of who has answered moves, too: an opinion may be replaced until then', () => {
    const events = recomputes(NOW)(
      case2020.after(() => [said(HEALTH, 'objection', at('2020-01-22T10:00+08:00'))]),
    )
    expect(names(events)).toEqual(['DeadlineMoved'])
  })
  test('is never shortened', () => {
    const longer = given(...asked, {
      ...received,
      deadline: by(extension).of(RECEIVED, qingyuan, REGION)!,
    })
    expect(longer.when(recomputes(NOW, before))).toEqual([])
  })
  test('that was rolled to a day that is no working day any more rolls on', () => {
    const rolled = before.nextWorkingDay(told, qingyuan)! // Monday 3 February
    const off = {
      ...extension,
      number: '某号',
      operations: [{ date: '2020-02-03', op: 'off' as const, name: '某' }],
    }
    const state = case2020.after(() => [
      {
        ...{ type: 'DeadlineMoved', consultationId: asks(HEALTH), cause: 'outage' },
        ...{ from: DEADLINE, deadline: rolled, minutes: 300 },
      },
    ])
    expect(recomputes(NOW, by(off))(state)).toMatchObject([{ deadline: { lastDay: '2020-02-04' } }])
  })
  test('of a withdrawn or a published release does not', () => {
    const ends: readonly ReleaseEvent[] = [
      { type: 'ReleaseWithdrawn', withdrawnAt: NOW, reasonDigest: 'r' },
      {
        ...{ type: 'ReleasePublished', publishedAt: NOW, recordedAt: NOW },
        ...{ digest: DRAFT_1, whereDigest: 'w' },
      },
    ]
    for (const event of ends) expect(recomputes(NOW)(case2020.after(() => [event]))).toEqual([])
  })
})

describe('a notice recorded after the deadline', () => {
  const SOON = at('2020-02-02T10:00+08:00')
  const LATER = at('2020-02-10T10:00+08:00')
  const publishedOn = (date: string) => by({ ...extension, publishedOn: date, issuedOn: date })

  test('and published before it reverses the deeming that it contradicts, and the clearance', () => {
    const events = recomputes(SOON)(deemedAndCleared)
    expect(names(events)).toEqual(['DeemedConsentReversed', 'DeadlineMoved', 'ClearanceReversed'])
    expect(events[0]).toMatchObject({ cause: 'calendar-revision' })
    const after = case2020.after(() => [deem, cleared(DEEMED)], recomputes(SOON))
    expect(one(after)).toMatchObject({ status: 'running', deadline: { at: CORRECTED } })
    expect(after.cleared).toBeUndefined()
    // One correction each: the deadline that moved says both.
    expect(subjects(after, events)).toEqual([
      ['correction', HEALTH, `calendar-revision-reversed|${NOTICE}`],
      ['correction', 'water-bureau', `calendar-revision-reversed|${NOTICE}`],
    ])
  })
  test('leaves a working day to hear that it is not over', () => {
    const now = at('2020-02-04T23:00+08:00')
    const after = case2020.after(() => [deem, cleared(DEEMED)], recomputes(now))
    expect(one(after).deadline).toMatchObject({ lastDay: '2020-02-05' })
  })
  test('after the later deadline has passed in silence too corrects the instant', () => {
    const events = recomputes(LATER)(deemedAndCleared)
    expect(names(events)).toEqual(['DeemingCorrected', 'ClearanceReversed', 'ReleaseCleared'])
    expect(events[0]).toMatchObject({ from: DEADLINE, deadline: { at: CORRECTED }, notice: NOTICE })
    const after = case2020.after(() => [deem, cleared(DEEMED)], recomputes(LATER))
    expect(one(after)).toMatchObject({ status: 'deemed', deemedAt: CORRECTED })
  })
  test('while the later deadline settles corrects nothing: a reply may be on its way', () => {
    const events = recomputes(CORRECTED + SETTLING - 1)(deemedAndCleared)
    expect(names(events)[0]).toBe('DeemedConsentReversed')
    expect(names(recomputes(CORRECTED + SETTLING)(deemedAndCleared))[0]).toBe('DeemingCorrected')
  })
  test('makes a reply of what was a late remark between the two deadlines: that was no silence', () => {
    const between = at('2020-02-04T16:00+08:00')
    const state = case2020.after(() => [deem, cleared(DEEMED)], remarks('objection', between))
    expect(state.remarks).toHaveLength(1)
    const events = recomputes(LATER)(state)
    expect(names(events)).toEqual([
      ...['DeemedConsentReversed', 'DeadlineMoved', 'ClearanceReversed', 'OpinionGiven'],
      'NegotiationOpened',
    ])
    const folded = case2020.after(
      () => [deem, cleared(DEEMED)],
      remarks('objection', between),
      recomputes(LATER),
    )
    expect(folded.remarks).toEqual([])
    expect(one(folded)).toMatchObject({ status: 'answered', opinion: { kind: 'objection' } })
  })
  test('but not of what was late by the later one, too', () => {
    const state = case2020.after(() => [deem, cleared(DEEMED)], remarks('objection', CORRECTED))
    expect(names(recomputes(LATER)(state))[0]).toBe('DeemingCorrected')
  })
  test.each([
    ['on the last day', '2020-02-01', true],
    ['after the deadline', '2020-02-02', false],
  ])('and published %s undoes a deeming: %s %s', (_, date, undoes) => {
    for (const now of [SOON, LATER])
      expect(recomputes(now, publishedOn(date))(deemedAndCleared).length > 0).toBe(undoes)
  })
  test('published after the deadline moves no silence that only waits for its record, either', () => {
    expect(recomputes(DEADLINE + 1, publishedOn('2020-02-02'))(case2020.release)).toEqual([])
    expect(names(recomputes(DEADLINE + 1)(case2020.release))).toEqual(['DeadlineMoved'])
  })
  test('lets in another that was published before the deadline it made', () => {
    const second = {
      ...extension,
      ...{ number: '某号', publishedOn: '2020-02-03', issuedOn: '2020-02-03' },
      operations: [{ date: '2020-02-04', op: 'off' as const, name: '某' }],
    }
    const after = case2020.after(
      () => [deem, cleared(DEEMED)],
      recomputes(LATER, by(extension, second)),
    )
    expect(one(after).deemedAt).toBe(at('2020-02-06T00:00+08:00'))
    // Alone it came after the deadline.
    expect(recomputes(LATER, by(second))(deemedAndCleared)).toEqual([])
  })
  test('reverses after the publication, too, and nothing is cleared again by it', () => {
    const published: ReleaseEvent = {
      ...{ type: 'ReleasePublished', publishedAt: DEEMED + 1, recordedAt: DEEMED + 1 },
      ...{ digest: DRAFT_1, whereDigest: 'w' },
    }
    const events = recomputes(SOON)(case2020.after(() => [deem, cleared(DEEMED), published]))
    expect(names(events)).toEqual(['DeemedConsentReversed', 'DeadlineMoved', 'ClearanceReversed'])
  })
})

describe('a job run twice changes nothing, and no deadline comes earlier than it was told', () => {
  const DAYS = Array.from({ length: 40 }, (_, index) => dayOfDate('2020-01-15') + index)
  const date = fc.constantFrom(...DAYS).map((day) => new Date(startOfDay(day) + 43_200_000))
  const text = date.map((day) => day.toISOString().slice(0, 10))
  const weekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay())
  const notice = fc
    .tuple(fc.uniqueArray(text, { minLength: 1, maxLength: 8 }), text, fc.nat())
    .map(([days, publishedOn, number]): Instrument => ({
      ...extension,
      ...{ number: `某〔${number}〕号`, publishedOn, issuedOn: publishedOn },
      operations: days.map((day) => ({
        ...{ date: day, name: '某' },
        op: weekend(day) && number % 2 === 0 ? ('work' as const) : ('off' as const),
      })),
    }))
  // Found by chance: the first, recorded before its date, binds the deadline that the second opens again.
  const offDays = (number: string, publishedOn: string, ...days: string[]): Instrument => ({
    ...extension,
    ...{ number, publishedOn, issuedOn: publishedOn },
    operations: days.map((day) => ({ date: day, name: '某', op: 'off' as const })),
  })
  const ahead = [
    offDays('某〔1〕号', '2020-02-12', '2020-02-04'),
    offDays('某〔2〕号', '2020-01-15', '2020-02-01', '2020-01-23', '2020-01-15'),
  ]
  test('whatever the notices say, and whenever they are recorded', () => {
    fc.assert(
      fc.property(
        fc.array(notice, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 40 * 24 }), { minLength: 3, maxLength: 3 }),
        fc.option(fc.integer({ min: 1, max: 30 * 24 }), { nil: undefined }),
        (notices, hours, remark) => {
          let state = case2020.release
          let now = RECEIVED
          const step = (events: readonly ReleaseEvent[]) => {
            const was = one(state).deadline!.at
            state = events.reduce(evolve, state)
            expect(one(state).deadline!.at).toBeGreaterThanOrEqual(was)
          }
          notices.forEach((_, index) => {
            now += hours[index]! * 3_600_000
            step(silence(now)(state))
            if (index === 0 && remark !== undefined && RECEIVED + remark * 3_600_000 < now)
              step(remarks('objection', RECEIVED + remark * 3_600_000)(state))
            const deadlines = by(...notices.slice(0, index + 1))
            step(recomputes(now, deadlines)(state))
            expect(recomputes(now, deadlines)(state)).toEqual([])
            expect(one(state).deemedAt ?? 0).toBeLessThanOrEqual(now)
            if (one(state).status === 'deemed')
              expect(one(state).deemedAt).toBe(one(state).deadline!.at)
          })
        },
      ),
      { numRuns: 200, examples: [[ahead, [292, 10, 1], undefined]] },
    )
  })
})

const silence = (now: number) => (release: Release) =>
  decideSilence(release, qingyuan, {
    ...{ now, settling: SETTLING, downtimes: [], nextWorkingDay: () => undefined },
    startOf: (day) => startOfDay(dayOfDate(day)),
  })
describe('an outage that comes on record after the deadline', () => {
  const down = (from: string, to: string) => ({
    from: at(`2020-02-0${from}+08:00`),
    to: at(`2020-02-0${to}+08:00`),
  })
  const reconsiders =
    (now: number, ...downtimes: ReturnType<typeof down>[]) =>
    (release: Release) =>
      reconsiderOutage(release, qingyuan, {
        ...{ consultationId: asks(HEALTH), now, settling: SETTLING, downtimes },
        startOf: (day) => startOfDay(dayOfDate(day)),
        nextWorkingDay: (deadline) => before.nextWorkingDay(deadline, qingyuan),
        afterTelling: (like) => before.endOfFirstWorkingDayAfter(now, like, qingyuan),
      })
  const struck = down('1T08:00', '1T12:00')
  test('reverses the deeming while the rolled deadline is ahead', () => {
    const events = reconsiders(at('2020-02-02T10:00+08:00'), struck)(deemedAndCleared)
    expect(names(events)).toEqual(['DeemedConsentReversed', 'DeadlineMoved', 'ClearanceReversed'])
    expect(events[1]).toMatchObject({ cause: 'outage', minutes: 240, reverses: true })
    expect(events[1]).toMatchObject({ deadline: { lastDay: '2020-02-03' } })
  })
  test('corrects the instant where the rolled deadline passed in silence, too', () => {
    const events = reconsiders(at('2020-02-10T10:00+08:00'), struck)(deemedAndCleared)
    expect(events[0]).toMatchObject({
      ...{ type: 'DeemingCorrected', cause: 'outage', minutes: 240 },
      deadline: { lastDay: '2020-02-03' },
    })
  })
  test('rolls again where the next day is struck, too', () => {
    const both = [struck, down('3T08:00', '3T12:00')]
    const events = reconsiders(at('2020-02-10T10:00+08:00'), ...both)(deemedAndCleared)
    expect(events[0]).toMatchObject({ deadline: { lastDay: '2020-02-04' } })
  })
  test.each([
    ['within what the pack tolerates', down('1T08:00', '1T10:00')],
    ['on another day', down('2T08:00', '2T20:00')],
  ])('%s changes nothing', (_, outage) => {
    expect(reconsiders(at('2020-02-10T10:00+08:00'), outage)(deemedAndCleared)).toEqual([])
  })
  test('looked at again changes nothing', () => {
    for (const now of [at('2020-02-02T10:00+08:00'), at('2020-02-10T10:00+08:00')]) {
      const look = reconsiders(now, struck)
      expect(look(case2020.after(() => [deem, cleared(DEEMED)], look))).toEqual([])
    }
  })
  test('makes a reply of a remark that was in time after all', () => {
    const state = case2020.after(
      () => [deem, cleared(DEEMED)],
      remarks('objection', at('2020-02-03T10:00+08:00')),
    )
    const events = reconsiders(at('2020-02-10T10:00+08:00'), struck)(state)
    expect(names(events)).toContain('OpinionGiven')
  })
})
