// Who stands for whom, and whose case it is to organise.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KnownAgency } from '../release/submit.js'
import { competentAuthorityFor } from './competent-authority.js'
import { standing, standingName, standsFor } from './standing.js'

const agency = (code: string, more: Partial<KnownAgency> = {}): KnownAgency => ({
  ...{ code, name: `名${code}`, documentPrefix: '', region: '441800', level: 'prefecture' },
  ...{ isCompetentAuthority: false, hasMailbox: true },
  ...more,
})
const house = (...agencies: KnownAgency[]) => {
  const known = new Map(agencies.map((one) => [one.code, one]))
  const before = (code: string) =>
    agencies.filter(({ successor }) => successor === code).map((one) => one.code)
  return { of: (code: string) => known.get(code), before }
}

describe('an agency that was taken over', () => {
  const { of, before } = house(
    agency('a', { validUntil: 10, successor: 'b' }),
    agency('b', { validUntil: 20, successor: 'c' }),
    agency('x', { validUntil: 20, successor: 'c' }),
    agency('c'),
    agency('gone', { validUntil: 10 }),
  )
  test.each([
    ['a', 9, 'a'],
    ['a', 10, 'b'],
    ['a', 20, 'c'],
    ['b', 20, 'c'],
    ['gone', 99, 'gone'],
    ['unknown', 99, 'unknown'],
  ])('%s at %i is stood for by %s', (code, now, expected) => {
    expect(standing(of, code, now)).toBe(expected)
  })
  test('stands for nobody any more, and who took over for all of the chain', () => {
    expect(standsFor(of, before, 'b', 15)).toEqual(['b', 'a'])
    expect(standsFor(of, before, 'b', 20)).toEqual([])
    expect(standsFor(of, before, 'c', 15)).toEqual(['c'])
    expect(standsFor(of, before, 'c', 20).toSorted()).toEqual(['a', 'b', 'c', 'x'])
  })
  test('is named with both names', () => {
    const name = (code: string) => of(code)?.name ?? code
    expect(standingName(of, name, 'a', 10)).toBe('名b（承接原名a）')
    expect(standingName(of, name, 'a', 9)).toBe('名a')
  })
  test('in a circle stands for itself, and nothing runs for ever', () => {
    const round = house(
      agency('a', { validUntil: 1, successor: 'b' }),
      agency('b', { validUntil: 1, successor: 'a' }),
    )
    expect(standing(round.of, 'a', 5)).toBe('a')
    expect(standsFor(round.of, round.before, 'a', 5)).toContain('a')
  })
  test('is stood for by exactly one, who says so of it', () => {
    const codes = ['a', 'b', 'c', 'd', 'e']
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(10), fc.nat(4)), { minLength: 5, maxLength: 5 }),
        fc.nat(12),
        (records, now) => {
          // Successors come later in the list: no circles.
          const all = codes.map((code, index) => {
            const [until, skip] = records[index]!
            const successor = codes[index + 1 + (skip % 4)]
            return agency(code, successor === undefined ? {} : { validUntil: until, successor })
          })
          const { of, before } = house(...all)
          for (const code of codes) {
            const who = codes.filter((one) => standsFor(of, before, one, now).includes(code))
            expect(who).toEqual([standing(of, code, now)])
          }
        },
      ),
    )
  })
})

describe('the competent authority of a case', () => {
  const office = agency('office', { isCompetentAuthority: true })
  const county = agency('county', {
    ...{ isCompetentAuthority: true, level: 'county', region: '441802' },
  })
  const province = agency('province', {
    ...{ isCompetentAuthority: true, level: 'province', region: '440000' },
  })
  const all = [province, county, office]
  const of = (releasing: KnownAgency, ...parties: string[]) =>
    competentAuthorityFor(releasing, parties, all, 50)?.code
  test('is that of the releasing agency’s level and region', () => {
    expect(of(agency('water'))).toBe('office')
    expect(of(agency('school', { level: 'county', region: '441802' }))).toBe('county')
  })
  test('is the one above where it is a party, or where the level has none', () => {
    expect(of(agency('water'), 'office')).toBe('province')
    expect(of(agency('school', { level: 'county', region: '441803' }))).toBe('office')
  })
  test('is none where nobody is left, or the releasing agency is not known', () => {
    expect(of(agency('ministry', { level: 'national', region: '000000' }))).toBeUndefined()
    expect(competentAuthorityFor(undefined, [], all, 50)).toBeUndefined()
  })
  test('is not one that has ended', () => {
    const ended = { ...office, validUntil: 50 }
    expect(competentAuthorityFor(agency('water'), [], [ended], 50)).toBeUndefined()
  })
})
