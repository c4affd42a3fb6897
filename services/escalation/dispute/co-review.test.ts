// Bodies that are asked, missing or a party themselves, and when the competent authority has heard enough.
import { describe, expect, test } from 'vitest'
import { giveCoReview, mustHear, requestCoReview, unheardBodies } from './co-review.js'
import { handUp, redirect } from './coordinate.js'
import {
  accepted,
  asked,
  at,
  CITY,
  given,
  HEALTH,
  JUSTICE,
  NEXT,
  OFFICE,
  PROVINCE,
  received,
  SECRECY,
  SUPERVISION,
  viewOf,
  WATER,
} from './dispute.fixture.js'
import { evolve } from './evolve.js'
import { levelBodies, type KnownAgency } from './level-bodies.js'

const now = at('10-14T10:00')
const level = [
  { role: 'legal', agency: JUSTICE },
  { role: 'secrecy', agency: '' },
  { role: 'supervision', agency: HEALTH },
] as const
const request = (
  dispute: ReturnType<typeof given>,
  over: Partial<Parameters<typeof requestCoReview>[1]> = {},
) => {
  let ids = 0
  return requestCoReview(dispute, {
    ...{ level, others: [], now, remindAt: () => NEXT, coReviewId: () => `view-${++ids}` },
    ...over,
  })
}

describe('asking for views', () => {
  test('names a body that the level lacks, and tells a party apart', () => {
    const [event] = request(given(received(), accepted))
    expect(event).toMatchObject({
      asked: [
        { role: 'legal', body: JUSTICE, party: false, remindAt: NEXT },
        { role: 'secrecy', body: '', party: false },
        { role: 'supervision', body: HEALTH, party: true },
      ],
    })
    expect(event).not.toHaveProperty('asked.1.remindAt')
  })
  test('asks nobody twice', () => {
    const before = given(received(), accepted)
    const dispute = request(before).reduce(evolve, before)
    expect(request(dispute)).toEqual([])
  })
  test('may add others, with the reason', () => {
    const others = [{ agency: SECRECY, reasonDigest: 'why' }]
    expect(request(given(received(), accepted), { level: [], others })).toMatchObject([
      { asked: [{ role: 'other', body: SECRECY, reasonDigest: 'why' }] },
    ])
  })
  test.each([
    ['itself', OFFICE, 'REVIEWING_ONESELF'],
    ['one that was asked', JUSTICE, 'AGENCY_REPEATED'],
  ])('does not add %s', (_, agency, reason) => {
    const others = [{ agency, reasonDigest: 'why' }]
    expect(() => request(given(received(), accepted), { others })).toThrow(reason)
  })
  test('waits for acceptance', () => {
    expect(() => request(given(received()))).toThrow('DISPUTE_NOT_ACCEPTED')
  })
})

describe('a view', () => {
  const view = { advice: 'none', viewDigest: 'w', givenBy: 'x', now } as const
  test('may be replaced until the ruling', () => {
    const dispute = given(received(), accepted, asked, viewOf('view-legal'))
    const [event] = giveCoReview(dispute, { ...view, coReviewId: 'view-legal' })
    expect(evolve(dispute, event!).coReviews['view-legal']?.given).toMatchObject({
      advice: 'none',
      at: now,
    })
  })
  test('that nobody asked for does not exist', () => {
    const dispute = given(received(), accepted, asked)
    expect(() => giveCoReview(dispute, { ...view, coReviewId: 'other' })).toThrow('NOT_FOUND')
  })
})

describe('the competent authority', () => {
  test('must hear each body that exists and is no party', () => {
    expect(unheardBodies(given(received(), accepted))).toEqual([
      { role: 'legal' },
      { role: 'secrecy' },
      { role: 'supervision' },
    ])
    expect(unheardBodies(given(received(), accepted, asked))).toEqual([
      { role: 'legal', body: JUSTICE },
      { role: 'supervision', body: SUPERVISION },
    ])
    const heard = given(
      ...[received(), accepted, asked, viewOf('view-legal'), viewOf('view-supervision')],
    )
    expect(unheardBodies(heard)).toEqual([])
  })
  test('does not wait for the view of a party', () => {
    const before = given(received(), accepted)
    const dispute = request(before).reduce(evolve, before)
    expect(unheardBodies(dispute)).toEqual([{ role: 'legal', body: JUSTICE }])
  })
  test('must, whichever way it came to it; others may', () => {
    const toCity = { to: 'superior_organ', coordinator: CITY } as const
    expect(mustHear(given(received()))).toBe(true)
    expect(mustHear(given(received(toCity)))).toBe(false)
    expect(mustHear(given(received({ coReviewRequired: false })))).toBe(false)
    const passing = { reasonDigest: 'why', now, remindAt: NEXT }
    const city = given(received(toCity))
    const back = redirect(city, { ...passing, to: 'competent_authority' }).reduce(evolve, city)
    expect(mustHear(back)).toBe(true)
    const office = given(received())
    const up = handUp(office, { ...passing, superior: PROVINCE }).reduce(evolve, office)
    expect(mustHear(up)).toBe(false)
    // The superior organ is a party, and the authority stands in for it.
    expect(mustHear(given(received({ to: 'superior_organ', coordinator: OFFICE })))).toBe(true)
  })
})

describe('the bodies of a level', () => {
  const agency = (code: string, over: Partial<KnownAgency> = {}): KnownAgency => ({
    ...{ code, name: code, documentPrefix: '', region: '441800', level: 'PREFECTURE', roles: [] },
    ...over,
  })
  const knownOf = (...agencies: KnownAgency[]) => ({
    all: () => agencies,
    get: (code: string) => agencies.find((one) => one.code === code),
  })
  const roles = ['legal', 'secrecy'] as const
  test('are those of the coordinator’s level and region', () => {
    const known = knownOf(
      agency(OFFICE),
      agency(JUSTICE, { roles: ['legal'] }),
      agency(SECRECY, { roles: ['secrecy'], level: 'PROVINCE' }),
      agency(WATER, { roles: ['secrecy'], region: '440100' }),
    )
    expect(levelBodies(known, OFFICE, roles, now)).toEqual([
      { role: 'legal', agency: JUSTICE },
      { role: 'secrecy', agency: '' },
    ])
  })
  test('are stood in for by their successors', () => {
    const known = knownOf(
      agency(OFFICE),
      agency(JUSTICE, { roles: ['legal'], validUntil: now, successor: HEALTH }),
      agency(HEALTH),
      agency(SECRECY, { roles: ['secrecy'], validUntil: now }),
    )
    expect(levelBodies(known, OFFICE, roles, now)).toEqual([
      { role: 'legal', agency: HEALTH },
      { role: 'secrecy', agency: '' },
    ])
  })
})
