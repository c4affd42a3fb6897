import { describe, expect, test } from 'vitest'
import { not, OPEN, openIn, roleOf, type Row } from './authorisation.js'
import { ownAgencies, ownAgency, ownService, permitOn } from './permit.js'

const row: Row = {
  callers: ['agency'],
  on: {
    releasing: openIn('consulting', 'cleared'),
    consulted: not('ONLY_RELEASING_AGENCY'),
    coordinator: OPEN,
  },
}
const caller = { kind: 'agency', agency: '11441800MB2C12346B', system: 'oa' } as const
const asking = (of: Row = row) => ({ caller, row: of, permits: { asked: false } })
const refused = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    const { kind, reason } = error as { kind: string; reason: string }
    return `${kind} ${reason}`
  }
}

describe('a permit', () => {
  test('is given by a relation that the row opens', () => {
    expect(permitOn(asking(), ['releasing'], 'consulting').as).toEqual(['releasing'])
    expect(permitOn(asking(), ['consulted', 'coordinator'], 'any').as).toEqual(['coordinator'])
  })
  test('is refused without a trace where no relation has a cell', () => {
    expect(refused(() => permitOn(asking(), [], 'consulting'))).toBe('not-found NOT_FOUND')
    expect(refused(() => permitOn(asking(), ['party'], 'consulting'))).toBe('not-found NOT_FOUND')
  })
  test('is refused with the row’s reason to one that knows the case', () => {
    expect(refused(() => permitOn(asking(), ['consulted'], 'consulting'))).toBe(
      'forbidden ONLY_RELEASING_AGENCY',
    )
  })
  test('lets what the law lets pass, and only in a state that is open', () => {
    const decided = (state: string) =>
      refused(() => permitOn(asking(), ['releasing'], state).lets(() => 'decided'))
    expect(decided('cleared')).toBe('decided')
    expect(decided('withdrawn')).toBe('out-of-order CLOSED_IN_THIS_STATE')
  })
  test('leaves the reason to the law where both say no', () => {
    const permit = permitOn(asking(), ['releasing'], 'withdrawn')
    expect(() =>
      permit.lets(() => {
        throw new Error('the law’s own words')
      }),
    ).toThrow('the law’s own words')
  })
  test('notes that it was asked, whatever it says', () => {
    const one = asking()
    expect(refused(() => permitOn(one, [], 'consulting'))).toContain('NOT_FOUND')
    expect(one.permits.asked).toBe(true)
  })
  test('cannot be asked of a row that names no relation: that is a bug', () => {
    const own: Row = { callers: ['agency'], on: 'own' }
    expect(() => permitOn(asking(own), ['releasing'], 'consulting')).toThrow('names no relation')
  })
})

describe('what is a caller’s own', () => {
  test('is its agency’s, and of whom it took over', () => {
    const permits = { asked: false }
    expect(ownAgency({ caller, permits })).toBe(caller.agency)
    expect(permits.asked).toBe(true)
    const successor = { ...caller, standsFor: [caller.agency, '1144180000000000XX'] }
    expect(ownAgencies({ caller: successor, permits })).toHaveLength(2)
  })
  test('is nothing for any other kind', () => {
    const permits = { asked: false }
    const operator = { kind: 'operator', name: 'a' } as const
    expect(refused(() => ownAgency({ caller: operator, permits }))).toBe('not-found NOT_FOUND')
    expect(refused(() => ownService({ caller, permits }))).toBe('not-found NOT_FOUND')
    expect(permits.asked).toBe(false)
  })
})

test('a service counts under its own name', () => {
  expect(roleOf({ kind: 'service', name: 'delivery' })).toBe('service/delivery')
  expect(roleOf(caller)).toBe('agency')
})
