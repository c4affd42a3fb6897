// Letters served on paper and replies on paper (协调 art. 6 para 2): what binds, what waits, what is undone.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { OpinionKind } from '../consultation/opinion.js'
import type { ReleaseEvent } from '../release/events.js'
import { gatesOf } from '../release/gates.js'
import { recordReceipt } from '../release/release.js'
import {
  asked,
  asks,
  at,
  DEADLINE,
  DEEMED,
  deemed,
  DRAFT_1,
  firm,
  given,
  HEALTH,
  IN_TIME,
  LATE,
  names,
  opinion,
  POLICE,
  qingyuan,
  RECEIVED,
  rolled,
  said,
  says,
  silence,
  silent,
  SUBMITTED,
} from '../release/law.fixture.js'
import type { Release } from '../release/state.js'
import { lettersOf } from '../letter/follow-up.js'
import { recordPaperOpinion } from './record-opinion.js'
import { contestPaperService, decidePaperService, recordPaperService } from './serve.js'
import type { PaperCalendar } from './serve.js'

const AUTHORITY = 'government-office'
const HOUR = 3_600_000
const PROMPT = RECEIVED + HOUR
/** End of the first working day after the receipt: the pack lets it be recorded until then. */
const RECORD_BY = at('2026-09-30T00:00+08:00')
const DEADLINES: readonly DeadlineRecord[] = [firm, rolled]

const calendar: PaperCalendar = {
  deadlineOf: () => firm,
  endOfFirstWorkingDayAfter: (instant, like) =>
    DEADLINES.find((one) => one.at > instant + 24 * HOUR) ?? {
      ...like,
      at: instant + 24 * HOUR,
      lastDay: '2026-10-13',
    },
  recordBy: () => RECORD_BY,
}
const common = (now: number) => ({
  ...{ consultationId: asks(HEALTH), now, by: 'agency/x/oa', calendar, authority: AUTHORITY },
})
const evidence = { digest: 'e'.repeat(64), uploader: 'water-bureau' }
const serves =
  (now = PROMPT, receivedAt = RECEIVED) =>
  (release: Release) =>
    recordPaperService(release, qingyuan, {
      ...{ ...common(now), receivedAt, evidence, signedByDigest: 'signed' },
    })
const contests = (now: number) => (release: Release) =>
  contestPaperService(release, qingyuan, { ...common(now), reasonDigest: 'why' })
const decides =
  (confirmed: boolean, now: number, over: Partial<PaperCalendar> = {}) =>
  (release: Release) =>
    decidePaperService(release, qingyuan, {
      ...{ ...common(now), confirmed, reasonDigest: 'because', calendar: { ...calendar, ...over } },
    })
const wire =
  (receivedAt: number, deadline: DeadlineRecord = rolled) =>
  (release: Release) =>
    recordReceipt(release, qingyuan, {
      ...{ consultationId: asks(HEALTH), receivedAt, deadline, now: receivedAt },
    })
const hands =
  (
    kind: OpinionKind,
    handedInAt: number,
    now: number,
    part: 'releasing' | 'consulted' | 'authority' = 'releasing',
  ) =>
  (release: Release) =>
    recordPaperOpinion(release, qingyuan, {
      ...silent(now),
      ...{ consultationId: asks(HEALTH), draftDigest: DRAFT_1, evidence, part },
      opinion: opinion(kind, handedInAt),
      remarkId: `remark-${now}`,
      declarationId: 'declaration',
      ownWordUntil: now + 24 * HOUR,
    })
const others = given(...asked, said(POLICE, 'consent'))
const one = (release: Release) => release.consultations[asks(HEALTH)]
const refusal = (reason: string) => expect.objectContaining({ reason }) as Error
const told = (after: Release, events: readonly ReleaseEvent[]) =>
  lettersOf(after, events).map(({ kind, recipient, subject }) => `${kind} ${recipient} ${subject}`)

describe('a letter served on paper', () => {
  test('and rejected leaves on record what was told: no later clock ends before it', () => {
    const rejected = others.after(serves(), decides(false, PROMPT + 1))
    expect(one(rejected)).toMatchObject({ status: 'issued', paper: { told: firm } })
    const earlier = { ...firm, at: DEADLINE - 24 * HOUR, lastDay: '2026-10-09' }
    expect(
      one(others.after(serves(), decides(false, PROMPT + 1), wire(RECEIVED, earlier))),
    ).toMatchObject({ deadline: firm })
  })
  test('and recorded in time starts the clock from its receipt; the agency is told at once', () => {
    const events = others.when(serves())
    expect(events).toMatchObject([
      { type: 'PaperServiceRecorded', receivedAt: RECEIVED, late: false, deadline: firm },
    ])
    const after = others.after(serves())
    expect(one(after)).toMatchObject({ status: 'running', receivedAt: RECEIVED, deadline: firm })
    expect(told(after, events)).toEqual([`notice ${HEALTH} paper-recorded`])
    expect(names(silence(DEEMED)(after))).toEqual(['ConsentDeemed', 'ReleaseCleared'])
  })
  test('and recorded later than the pack allows starts none: the competent authority is told what waits', () => {
    const events = others.when(serves(RECORD_BY))
    const after = others.after(serves(RECORD_BY))
    expect(one(after)).toMatchObject({ status: 'issued', paper: { status: 'late_on_record' } })
    expect(one(after)).not.toHaveProperty('deadline')
    expect(silence(LATE)(after)).toEqual([])
    expect(told(after, events)).toEqual([
      `notice ${HEALTH} paper-late`,
      `notice ${AUTHORITY} paper-undecided`,
    ])
    const obstacles = gatesOf(after, qingyuan).flatMap((gate) => gate.obstacles)
    expect(obstacles).toMatchObject([{ reason: 'paper-service-undecided', agency: HEALTH }])
  })
  test('is in doubt, too, where no calendar says by when it was to be recorded', () => {
    const events = recordPaperService(others.release, qingyuan, {
      ...{ ...common(PROMPT), receivedAt: RECEIVED, evidence, signedByDigest: 's' },
      calendar: { ...calendar, recordBy: () => undefined },
    })
    expect(events).toMatchObject([{ late: true }])
  })
  test('before its letter, twice, or beside a receipt by wire is refused', () => {
    expect(() => others.when(serves(PROMPT, SUBMITTED - 1))).toThrow(refusal('PAPER_BEFORE_LETTER'))
    expect(() => serves()(others.after(serves()))).toThrow(refusal('PAPER_SERVICE_ON_RECORD'))
    expect(() => serves()(others.after(wire(RECEIVED)))).toThrow(refusal('LETTER_RECEIVED_BY_WIRE'))
  })
  test('may be recorded anew after it was rejected', () => {
    const rejected = others.after(serves(), contests(IN_TIME), decides(false, IN_TIME))
    expect(names(serves(IN_TIME, IN_TIME - HOUR)(rejected))).toEqual(['PaperServiceRecorded'])
  })
})

describe('a contested service', () => {
  test('stops its clock; who recorded it and who decides are told', () => {
    const events = contests(IN_TIME)(others.after(serves()))
    const after = others.after(serves(), contests(IN_TIME))
    expect(one(after)).toMatchObject({ status: 'issued', paper: { status: 'contested' } })
    expect(one(after)).not.toHaveProperty('receivedAt')
    expect(silence(LATE)(after)).toEqual([])
    expect(told(after, events)).toEqual([
      'notice water-bureau paper-contested',
      `notice ${AUTHORITY} paper-undecided`,
    ])
  })
  test.each([
    ['contested', contests(LATE)],
    ['rejected', decides(false, LATE)],
  ])('reverses the deemed consent that stood on it, and the clearance, when it is %s', (_, act) => {
    const cleared = others.after(serves(), silence(DEEMED))
    expect(cleared.cleared).toBeDefined()
    const events = act(cleared)
    expect(names(events).slice(0, 2)).toEqual(['DeemedConsentReversed', 'ClearanceReversed'])
    const after = others.after(serves(), silence(DEEMED), act)
    expect(after.cleared).toBeUndefined()
    expect(one(after)).not.toHaveProperty('deemedAt')
    expect(one(after)?.status).toBe('issued')
    const corrections = told(after, events).filter((line) => line.startsWith('correction'))
    expect(corrections).toHaveLength(2)
  })
  test('may be contested as long as nobody has decided, after the publication too', () => {
    const published: ReleaseEvent = {
      ...{ type: 'ReleasePublished', publishedAt: LATE, recordedAt: LATE },
      ...{ digest: DRAFT_1, whereDigest: 'w' },
    }
    const state = given(...asked, said(POLICE, 'consent')).after(serves(), silence(DEEMED), () => [
      published,
    ])
    expect(names(contests(LATE + HOUR)(state))).toContain('DeemedConsentReversed')
  })
  test('is contested once, and not after the decision', () => {
    const contested = others.after(serves(), contests(IN_TIME))
    expect(() => contests(IN_TIME)(contested)).toThrow(refusal('PAPER_SERVICE_CONTESTED'))
    for (const confirmed of [true, false]) {
      const decided = others.after(serves(), contests(IN_TIME), decides(confirmed, IN_TIME))
      expect(() => contests(IN_TIME)(decided)).toThrow(refusal('PAPER_SERVICE_DECIDED'))
      expect(() => decides(true, IN_TIME)(decided)).toThrow(refusal('PAPER_SERVICE_DECIDED'))
    }
    expect(() => contests(IN_TIME)(others.release)).toThrow(refusal('NO_PAPER_SERVICE'))
  })
  test('that was answered stays answered', () => {
    const answered = others.after(serves(), says(HEALTH, opinion('objection', IN_TIME)))
    const events = contests(IN_TIME + 1)(answered)
    expect(names(events)).toEqual(['PaperServiceContested'])
    const after = others.after(
      serves(),
      says(HEALTH, opinion('objection', IN_TIME)),
      contests(IN_TIME + 1),
    )
    expect(one(after)).toMatchObject({ status: 'answered', opinion: { kind: 'objection' } })
  })
})

describe('a decision of the competent authority', () => {
  test('lets the clock run from the receipt, but the deadline is a working day after the agency was told', () => {
    const state = others.after(serves(), contests(IN_TIME), decides(true, DEADLINE - HOUR))
    expect(one(state)).toMatchObject({
      ...{ status: 'running', receivedAt: RECEIVED, deadline: { at: rolled.at } },
      paper: { status: 'confirmed', decidedBy: AUTHORITY },
    })
    expect(silence(DEEMED)(state)).toEqual([])
  })
  test('finds nothing to confirm where nothing is in doubt: that would cut off the contest', () => {
    expect(() => decides(true, IN_TIME)(others.after(serves()))).toThrow(
      refusal('PAPER_SERVICE_NOT_IN_DOUBT'),
    )
  })
  test('never makes a deadline earlier than what was told or than a working day after the telling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * 24 }),
        fc.integer({ min: -48, max: 20 * 24 }),
        fc.boolean(),
        (hours, shift, contested) => {
          const now = RECORD_BY + hours * HOUR
          const computed = { ...firm, at: DEADLINE + shift * HOUR }
          const served = contested
            ? others.after(serves(), contests(PROMPT + 1))
            : others.after(serves(RECORD_BY))
          const after = decides(true, now, { deadlineOf: () => computed })(served)
          const [event] = after
          if (event?.type !== 'PaperServiceDecided') throw new Error('not decided')
          const deadline = event.clock?.deadline?.at ?? 0
          const floor = calendar.endOfFirstWorkingDayAfter(now, computed)?.at ?? 0
          expect(deadline).toBeGreaterThanOrEqual(Math.max(computed.at, floor))
          if (contested) expect(deadline).toBeGreaterThanOrEqual(firm.at)
        },
      ),
    )
  })
})

describe('a letter that is received by wire as well', () => {
  const WIRE = IN_TIME
  test('after a service that is certain: the earlier receipt keeps the clock, and both are on record', () => {
    const after = others.after(serves(), wire(WIRE))
    expect(one(after)).toMatchObject({
      ...{ receivedAt: RECEIVED, wireReceivedAt: WIRE, deadline: firm },
    })
    expect(wire(WIRE)(after)).toEqual([]) // told twice
  })
  test('has the clock once the service is contested: the other receipt is certain', () => {
    const after = others.after(serves(), wire(WIRE), contests(WIRE + 1))
    expect(one(after)).toMatchObject({ status: 'running', receivedAt: WIRE })
  })
  test('beside one in doubt starts the clock; confirmed, it shortens nothing that was told', () => {
    const waiting = others.after(serves(RECORD_BY), wire(WIRE))
    expect(one(waiting)).toMatchObject({ status: 'running', receivedAt: WIRE, deadline: rolled })
    const after = others.after(serves(RECORD_BY), wire(WIRE), decides(true, WIRE + 1))
    expect(one(after)).toMatchObject({ receivedAt: RECEIVED, deadline: { at: rolled.at } })
    const rejected = others.after(serves(RECORD_BY), wire(WIRE), decides(false, WIRE + 1))
    expect(one(rejected)).toMatchObject({ status: 'running', receivedAt: WIRE, deadline: rolled })
  })
})

describe('a reply on paper', () => {
  const running = others.after(serves())
  const silentNow = others.after(serves(), silence(DEEMED))
  test('counts as admitted when it was handed in', () => {
    const events = hands('objection', IN_TIME, IN_TIME + HOUR)(running)
    expect(events[0]).toMatchObject({
      type: 'OpinionGiven',
      opinion: { admittedAt: IN_TIME, paper: { evidence, recordedBy: 'releasing' } },
    })
    expect(events[0]).not.toHaveProperty('storedLate')
  })
  test('handed in before the deadline and recorded after it reverses the deemed consent and the clearance', () => {
    const events = hands('objection', DEADLINE - 1, LATE, 'consulted')(silentNow)
    expect(names(events)).toEqual([
      ...['DeemedConsentReversed', 'OpinionGiven', 'ClearanceReversed', 'NegotiationOpened'],
    ])
    expect(events[0]).toMatchObject({ cause: 'paper-reply' })
  })
  test('handed in at the deadline is late, even where our clock is in doubt', () => {
    const events = hands('objection', DEADLINE, LATE)(silentNow)
    expect(names(events)).toEqual(['LateRemarkFiled'])
  })
  test('before the letter is refused', () => {
    expect(() => hands('consent', SUBMITTED - 1, LATE)(running)).toThrow(
      refusal('PAPER_BEFORE_LETTER'),
    )
  })
  test('is told to the side that did not record it', () => {
    const tells = (part: 'releasing' | 'consulted' | 'authority') => {
      const events = hands('consent', IN_TIME, IN_TIME + 1, part)(running)
      const after = others.after(serves(), () => events)
      return told(after, events).map((line) => line.split(' ').slice(0, 2).join(' '))
    }
    expect(tells('releasing')).toEqual([`notice ${HEALTH}`])
    expect(tells('consulted')).toEqual(['notice water-bureau'])
    expect(tells('authority')).toEqual([`notice ${HEALTH}`, 'notice water-bureau'])
  })
  test('what an agency said last stands, by the instant of handing in', () => {
    const later = others.after(serves(), says(HEALTH, opinion('objection', IN_TIME)))
    expect(names(hands('consent', IN_TIME - 1, IN_TIME + 1, 'consulted')(later))).toEqual([
      'LateRemarkFiled',
    ])
    expect(names(hands('consent', IN_TIME + 1, IN_TIME + 2, 'consulted')(later))).toContain(
      'OpinionGiven',
    )
  })
  test('that the releasing agency records never lifts a "no" that the agency gave itself', () => {
    const no = others.after(serves(), says(HEALTH, opinion('objection', IN_TIME)))
    expect(() => hands('consent', IN_TIME + 1, IN_TIME + 2)(no)).toThrow(
      refusal('PAPER_LIFTS_OBJECTION'),
    )
    expect(names(hands('consent', IN_TIME + 1, IN_TIME + 2, 'authority')(no))).toContain(
      'OpinionGiven',
    )
  })
  test('recorded by another gives way to the agency’s own word, though the release was cleared on it', () => {
    const cleared = others.after(serves(), hands('consent', IN_TIME, IN_TIME))
    expect(cleared.cleared).toBeDefined()
    const events = says(HEALTH, opinion('objection', IN_TIME + HOUR))(cleared)
    expect(names(events)).toEqual(['OpinionGiven', 'ClearanceReversed', 'NegotiationOpened'])
    const tooLate = says(HEALTH, opinion('objection', IN_TIME + 24 * HOUR))(cleared)
    expect(names(tooLate)).toEqual(['LateRemarkFiled'])
    // Its own consent binds it as ever.
    const own = others.after(serves(), hands('consent', IN_TIME, IN_TIME, 'consulted'))
    expect(names(says(HEALTH, opinion('objection', IN_TIME + HOUR))(own))).toEqual([
      'LateRemarkFiled',
    ])
  })
  test('before the receipt is on record is taken, and no silence follows', () => {
    const after = others.after(hands('objection', IN_TIME, IN_TIME + 1), serves(IN_TIME + 2))
    expect(one(after)?.status).toBe('answered')
    expect(silence(LATE)(after)).toEqual([])
  })
  test('deemed by wire is reversed alike', () => {
    const state = given(...asked, said(POLICE, 'consent')).after(wire(RECEIVED, firm), () => [
      deemed(HEALTH),
    ])
    expect(names(hands('objection', DEADLINE - 1, LATE)(state))).toContain('DeemedConsentReversed')
  })
})
