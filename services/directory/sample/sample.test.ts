import { describe, expect, test } from 'vitest'
import { faultOfCreditCode } from '../../../shared/identity/credit-code.js'
import { agenciesOf, LEVELS } from '../agency/agency-record.js'
import { decide, unregistered } from '../agency/agency.js'
import { agencyOf } from '../rpc/agency-message.js'
import { agenciesFromJson, sampleAgencies } from './sample.js'

const records = sampleAgencies().map((message, index) => agencyOf(message, `agencies[${index}]`))

describe('the sample', () => {
  test('has codes with the right check characters, each once, all marked as samples', () => {
    expect(records).toHaveLength(97)
    for (const { creditCode } of records) expect(faultOfCreditCode(creditCode)).toBeUndefined()
    expect(new Set(records.map((one) => one.creditCode)).size).toBe(records.length)
    expect(records.every((one) => one.sample)).toBe(true)
  })
  test('is a directory that the law takes as it stands', () => {
    const all = agenciesOf(records)
    for (const agency of records)
      expect(decide(unregistered, { type: 'ImportAgency', agency }, all)).toHaveLength(1)
  })
  test('leads up from every agency: to the country, or to an organ without a superior on record', () => {
    const all = agenciesOf(records)
    const roots = new Set<string>()
    for (const record of records) {
      let one = record
      while (one.superior !== undefined) {
        const above = all.of(one.superior)
        expect(above, `${one.name}: superior`).toBeDefined()
        if (!above) return
        expect(LEVELS.indexOf(above.level)).toBeLessThanOrEqual(LEVELS.indexOf(one.level))
        one = above
      }
      roots.add(one.name)
    }
    expect([...roots].sort()).toEqual(['国务院', '广东省监察委员会'].sort())
  })
  test('names a document prefix for everybody and a dated mailbox for all who take part', () => {
    for (const record of records) {
      expect(record.documentPrefix).not.toBe('')
      expect(record.mailbox === undefined).toBe(record.name === '国务院')
    }
    expect(new Set(records.map((one) => one.documentPrefix)).size).toBe(records.length)
  })
  test('has public utilities, and both levels', () => {
    expect(records.filter((one) => one.kind === 'public-utility')).toHaveLength(2)
    for (const level of ['prefecture', 'county'] as const)
      expect(records.filter((one) => one.level === level).length).toBeGreaterThan(30)
  })
})

describe('an import file', () => {
  test('is a list', () => {
    expect(() => agenciesFromJson('{"agencies": []}')).toThrow('a list')
  })
})
