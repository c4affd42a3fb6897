// How a dispute comes to its coordinator and leaves it, and that nothing else ends it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accept,
  end,
  handUp,
  receive,
  redirect,
  remind,
  returnToNegotiation,
} from './coordinate.js'
import {
  accepted,
  asked,
  at,
  CITY,
  file,
  FILED,
  given,
  HEALTH,
  NEXT,
  OFFICE,
  PROVINCE,
  received,
  SUPERVISION,
  viewOf,
  WATER,
} from './dispute.fixture.js'
import { evolve } from './evolve.js'
import { isOpen, nextReminder, partsIn } from './state.js'

const now = at('10-14T10:00')
const passing = { reasonDigest: 'why', now, remindAt: at('10-21T09:00') }

describe('a dispute', () => {
  test('told twice is one', () => {
    expect(receive(given(), file, { now, remindAt: NEXT })).toHaveLength(1)
    expect(receive(given(received()), file, { now, remindAt: NEXT })).toEqual([])
  })
  test('is known to its coordinator, the releasing agency and the parties, and to nobody before it was told', () => {
    expect(partsIn(given()).size).toBe(0)
    expect([...partsIn(given(received()))]).toEqual([
      [HEALTH, 'party'],
      [WATER, 'releasing'],
      [OFFICE, 'coordinator'],
    ])
  })
})

describe('redirection', () => {
  const redirected = (...events: Parameters<typeof given>) =>
    redirect(given(...events), { ...passing, to: 'superior_organ' })

  test('goes to the other candidate, which accepts anew and whose age begins then', () => {
    const dispute = redirected(received()).reduce(evolve, given(received()))
    expect(dispute).toMatchObject({
      ...{ status: 'filed', coordinator: CITY, to: 'superior_organ', since: now, filedAt: FILED },
      former: [{ agency: OFFICE, how: 'redirected', until: now }],
    })
    expect(partsIn(dispute).get(OFFICE)).toBeUndefined()
  })
  test.each([
    ['after it was accepted', [received(), accepted], 'REDIRECTION_CLOSED'],
    ['to a candidate that there is not', [received({ candidates: [] })], 'CANDIDATE_UNAVAILABLE'],
    [
      'to a party',
      [received({ candidates: [{ kind: 'superior_organ', agency: HEALTH }] })],
      'CANDIDATE_UNAVAILABLE',
    ],
    [
      'to whom it is with',
      [received({ candidates: [{ kind: 'superior_organ', agency: OFFICE }] })],
      'CANDIDATE_UNAVAILABLE',
    ],
  ] as const)('%s is refused', (_, events, reason) => {
    expect(() => redirected(...events)).toThrow(reason)
  })
  test('is closed once a coordinator has handed it up', () => {
    const up = handUp(given(received()), { ...passing, superior: PROVINCE })
    expect(() => redirected(received(), ...up)).toThrow('REDIRECTION_CLOSED')
  })
})

describe('the coordinator', () => {
  test('accepts once', () => {
    expect(accept(given(received()), { now })).toMatchObject([{ type: 'DisputeAccepted' }])
    expect(accept(given(received(), accepted), { now })).toEqual([])
  })
  test('returns it before or after accepting, and then nothing more is done', () => {
    for (const events of [[received()], [received(), accepted]]) {
      const back = returnToNegotiation(given(...events), { reasonDigest: 'why', now })
      expect(back).toMatchObject([{ type: 'DisputeReturned', returnedAt: now }])
      expect(() => accept(given(...events, ...back), { now })).toThrow('DISPUTE_OVER')
    }
  })
  test('hands it to its superior, with whom it is filed anew', () => {
    const before = given(received(), accepted, asked)
    const dispute = handUp(before, { ...passing, superior: PROVINCE }).reduce(evolve, before)
    expect(dispute).toMatchObject({ status: 'filed', coordinator: PROVINCE, to: undefined })
    expect(dispute.acceptedAt).toBeUndefined()
    expect(partsIn(dispute).get(SUPERVISION)).toBe('review_body') // what was asked stays asked
  })
  test.each([
    ['nobody', ''],
    ['a party', HEALTH],
    ['the releasing agency', WATER],
    ['itself', OFFICE],
  ])('does not hand it to %s', (_, superior) => {
    const dispute = given(received(), accepted)
    expect(() => handUp(dispute, { ...passing, superior })).toThrow('NO_SUPERIOR')
  })
  test('does not get it back', () => {
    const up = handUp(given(received()), { ...passing, superior: PROVINCE })
    const dispute = given(received(), ...up)
    expect(() => handUp(dispute, { ...passing, superior: OFFICE })).toThrow('NO_SUPERIOR')
  })
})

describe('what happens to the release', () => {
  test.each([
    ['a newer version ends it', 'draft-revised', 3, 1],
    ['the version in dispute told again does not', 'draft-revised', 2, 0],
    ['a withdrawal ends it', 'release-withdrawn', undefined, 1],
    ['agreement ends it', 'nothing-in-dispute', undefined, 1],
  ] as const)('%s', (_, cause, version, events) => {
    const command = { cause, now, ...(version === undefined ? {} : { version }) }
    expect(end(given(received(), accepted), command)).toHaveLength(events)
  })
  test('after the end changes nothing', () => {
    const back = returnToNegotiation(given(received()), { reasonDigest: 'why', now })
    expect(end(given(received(), ...back), { cause: 'release-withdrawn', now })).toEqual([])
    expect(end(given(), { cause: 'release-withdrawn', now })).toEqual([])
  })
})

describe('waiting', () => {
  const nextFor = () => at('10-26T09:00')
  test('is reminded: the coordinator, and each body whose view is awaited', () => {
    const dispute = given(received(), accepted, asked)
    expect(remind(dispute, { now: NEXT - 1, nextFor })).toEqual([])
    const events = remind(dispute, { now: NEXT, nextFor })
    expect(events).toMatchObject([
      { agency: OFFICE, ordinal: 1 },
      { coReviewId: 'view-legal', ordinal: 1 },
    ])
    const after = events.reduce(evolve, dispute)
    expect(remind(after, { now: NEXT, nextFor })).toEqual([])
    expect(nextReminder(after)).toBe(nextFor())
  })
  test('for a view ends when it is given', () => {
    const dispute = given(received(), accepted, asked, viewOf('view-legal'))
    expect(remind(dispute, { now: NEXT, nextFor })).toMatchObject([{ agency: OFFICE }])
  })
  test('never becomes an outcome, however long it lasts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 30 }),
        fc.boolean(),
        (days, isAccepted) => {
          let dispute = given(received(), ...(isAccepted ? [accepted, asked] : []))
          const { status } = dispute
          let time = FILED
          for (const day of days) {
            time += day * 86_400_000
            const later = time + 7 * 86_400_000
            const events = remind(dispute, { now: time, nextFor: () => later })
            expect(events.every(({ type }) => type === 'ReminderIssued')).toBe(true)
            dispute = events.reduce(evolve, dispute)
          }
          expect(dispute.status).toBe(status)
          expect(isOpen(dispute)).toBe(true)
        },
      ),
    )
  })
})
