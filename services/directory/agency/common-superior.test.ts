import { describe, expect, test } from 'vitest'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { agencyOf } from '../rpc/agency-message.js'
import { sampleAgencies } from '../sample/sample.js'
import { agenciesOf, type AgencyRecord } from './agency-record.js'
import { resolveCoordinators } from './resolve-coordinators.js'

const records = sampleAgencies().map((message) => agencyOf(message))
const named = (name: string): AgencyRecord => {
  const found = records.find((one) => one.name === name)
  if (!found) throw new Error(`the sample has no ${name}`)
  return found
}
const now = parseInstant('2026-10-12T09:00+08:00')
const resolve = (releasing: string, parties: string[], changed: AgencyRecord[] = []) =>
  resolveCoordinators(agenciesOf([...records, ...changed]), {
    releasing: named(releasing).creditCode,
    parties: parties.map((party) => named(party).creditCode),
    at: now,
  }).commonSuperior

describe('the common superior', () => {
  test.each([
    [
      'of two bureaus of one city is its government',
      '清远市水利局',
      ['清远市公安局'],
      '清远市人民政府',
    ],
    [
      'of bureaus of two counties is the municipal government',
      '清城区水利局',
      ['英德市卫生健康局'],
      '清远市人民政府',
    ],
    [
      'of a bureau and its county’s government is above both',
      '清城区水利局',
      ['清城区人民政府'],
      '清远市人民政府',
    ],
    [
      'of a county bureau and a municipal one is the municipal government',
      '清城区水利局',
      ['清远市卫生健康局'],
      '清远市人民政府',
    ],
    [
      'of three is above all three',
      '清远市水利局',
      ['清远市公安局', '清远市人民政府'],
      '广东省人民政府',
    ],
  ])('%s', (_, releasing, parties, superior) => {
    const { agency, why } = resolve(releasing, parties)
    expect(agency?.name).toBe(superior)
    expect(why.zh).toContain('共同')
    expect(why.en).toContain('nearest')
    for (const party of parties) expect(why.zh).toContain(party)
  })
  test('is never a party: it is passed over with the reason', () => {
    const found = resolve('清远市水利局', ['清远市人民政府'])
    expect(found.agency?.name).toBe('广东省人民政府')
    expect(found.excluded.map(({ agency }) => agency.name)).toEqual(['清远市人民政府'])
    expect(found.excluded[0]?.why.zh).toContain('争议当事方')
  })
  test('is found by the line of the branch as well as by the government of the level', () => {
    const own: AgencyRecord = {
      ...named('清城区水利局'),
      leadership: 'dual',
      superior: named('清远市水利局').creditCode,
      localSuperior: named('清城区人民政府').creditCode,
    }
    const branch = resolve('清城区水利局', ['清远市供水公司(示例)'], [own])
    expect(branch.agency?.name).toBe('清远市水利局') // the utility stands under it
    const level = resolve('清城区水利局', ['清城区司法局'], [own])
    expect(level.agency?.name).toBe('清城区人民政府')
  })
  test('does not follow a government that does not lead the agency', () => {
    const vertical: AgencyRecord = {
      ...named('清城区水利局'),
      leadership: 'vertical',
      superior: named('清远市水利局').creditCode,
      localSuperior: named('清城区人民政府').creditCode,
    }
    const found = resolve('清城区水利局', ['清城区司法局'], [vertical])
    expect(found.agency?.name).toBe('清远市人民政府')
  })
  test('is nobody where nobody is above all of them, and says so', () => {
    const found = resolve('国务院', ['清远市水利局'])
    expect(found.agency).toBeUndefined()
    expect(found.why.zh).toContain('没有')
    expect(found.why.en).toContain('no organ')
  })
  test('of successors is that of who stands for them now', () => {
    const ended: AgencyRecord = {
      ...named('清远市公安局'),
      validUntil: now - 1,
      successor: named('清城区司法局').creditCode,
    }
    const found = resolve('清城区水利局', ['清远市公安局'], [ended])
    expect(found.agency?.name).toBe('清城区人民政府')
  })
})
