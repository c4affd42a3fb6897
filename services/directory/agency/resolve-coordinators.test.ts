import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { agencyOf } from '../rpc/agency-message.js'
import { sampleAgencies } from '../sample/sample.js'
import { agenciesOf, type AgencyRecord } from './agency-record.js'
import { resolveCoordinators, type Candidate, type Coordinators } from './resolve-coordinators.js'

const records = sampleAgencies().map((message) => agencyOf(message))
const named = (name: string): AgencyRecord => {
  const found = records.find((one) => one.name === name)
  if (!found) throw new Error(`the sample has no ${name}`)
  return found
}
const now = parseInstant('2026-10-12T09:00+08:00')

function resolve(
  releasing: string,
  parties: string[] = [],
  changed: AgencyRecord[] = [],
  at = now,
): Coordinators {
  return resolveCoordinators(agenciesOf([...records, ...changed]), {
    releasing: named(releasing).creditCode,
    parties: parties.map((party) => named(party).creditCode),
    at,
  })
}
const nameOf = ({ agency }: { agency?: AgencyRecord }) => agency?.name
const excludedOf = (candidate: Candidate) => candidate.excluded.map((one) => one.agency.name)
const bodies = (found: Coordinators) => found.reviewBodies.map((body) => body.agency?.name)

describe('the superior organ', () => {
  test.each([
    ['of a municipal bureau is its government', '清远市水利局', '清远市人民政府'],
    ['of a county bureau is the county government', '清城区水利局', '清城区人民政府'],
    [
      'of a county government is the municipal government',
      '连南瑶族自治县人民政府',
      '清远市人民政府',
    ],
    ['of the municipal government is the provincial one', '清远市人民政府', '广东省人民政府'],
    ['of a public utility is the organ above it', '清远市供水公司(示例)', '清远市水利局'],
    ['under dual leadership is that of the main line', '清城区监察委员会', '清远市监察委员会'],
  ])('%s', (_, releasing, superior) => {
    expect(nameOf(resolve(releasing).superiorOrgan)).toBe(superior)
  })
  test('under dual leadership comes with the government that leads too', () => {
    const { why } = resolve('清城区国家保密局').superiorOrgan
    expect(why.zh).toContain('双重领导')
    expect(why.zh).toContain('本级政府清城区人民政府同时领导')
    expect(why.en).toContain('清城区人民政府, leads it too')
  })
  test('under dual leadership may be the government itself, where the line is not on record', () => {
    const { agency, why } = resolve('清远市公安局').superiorOrgan
    expect(agency?.name).toBe('清远市人民政府')
    expect(why.zh).toContain('目录未载其业务系统的上级')
  })
  test('under vertical leadership is that of its line', () => {
    const tax: AgencyRecord = {
      ...named('清城区水利局'),
      leadership: 'vertical',
      superior: named('清远市水利局').creditCode,
    }
    const { agency, why } = resolve('清城区水利局', [], [tax]).superiorOrgan
    expect(agency?.name).toBe('清远市水利局')
    expect(why.en).toContain('its own line alone')
  })
  test('that is a party gives way to the other candidate', () => {
    const { superiorOrgan } = resolve('清远市水利局', ['清远市人民政府'])
    expect(nameOf(superiorOrgan)).toBe('清远市人民政府办公室')
    expect(excludedOf(superiorOrgan)).toEqual(['清远市人民政府'])
    expect(superiorOrgan.excluded[0]?.why.zh).toContain('争议当事方')
    expect(superiorOrgan.why.zh).toContain('改由另一协调机关')
  })
  test('is one level up where both candidates are parties', () => {
    const found = resolve('清远市水利局', ['清远市人民政府', '清远市人民政府办公室'])
    expect(nameOf(found.superiorOrgan)).toBe('广东省人民政府')
    expect(excludedOf(found.superiorOrgan)).toEqual(['清远市人民政府', '清远市人民政府办公室'])
    expect(found.superiorOrgan.why.en).toContain('one level up')
    expect(nameOf(found.competentAuthority)).toBe('广东省人民政府办公厅')
    expect(excludedOf(found.competentAuthority)).toEqual(['清远市人民政府办公室', '清远市人民政府'])
  })
  test('is nobody where the directory names none and every other is a party', () => {
    const found = resolve('国务院')
    expect(found.superiorOrgan.agency).toBeUndefined()
    expect(found.superiorOrgan.why.zh).toContain('没有可以协调的机关')
  })
})

describe('the competent authority', () => {
  test.each([
    ['of a municipal bureau is the municipal office', '清远市水利局', '清远市人民政府办公室'],
    ['of a county bureau is the office of that county', '英德市卫生健康局', '英德市人民政府办公室'],
    [
      'of a county government is the office of that county',
      '阳山县人民政府',
      '阳山县人民政府办公室',
    ],
  ])('%s', (_, releasing, authority) => {
    const { competentAuthority } = resolve(releasing)
    expect(nameOf(competentAuthority)).toBe(authority)
    expect(competentAuthority.excluded).toEqual([])
  })
  test('that is the releasing agency is excluded, and the superior organ takes its place', () => {
    const { competentAuthority, superiorOrgan } = resolve('清远市人民政府办公室')
    expect(nameOf(superiorOrgan)).toBe('清远市人民政府')
    expect(nameOf(competentAuthority)).toBe('清远市人民政府')
    expect(excludedOf(competentAuthority)).toEqual(['清远市人民政府办公室'])
    expect(competentAuthority.excluded[0]?.why.zh).toContain('拟发布机关')
  })
  test('that a level lacks is named as missing', () => {
    const without: AgencyRecord = { ...named('佛冈县人民政府办公室'), roles: [] }
    const { competentAuthority } = resolve('佛冈县水利局', [], [without])
    expect(nameOf(competentAuthority)).toBe('佛冈县人民政府')
    expect(competentAuthority.why.zh).toContain('县级（441821）没有政府信息公开工作主管部门')
  })
})

describe('a party to the dispute', () => {
  test('is never its coordinator, whoever the parties are', () => {
    const names = [
      '清城区水利局',
      '清城区人民政府',
      '清城区人民政府办公室',
      '清远市人民政府',
    ].concat(['清远市人民政府办公室', '广东省人民政府', '清城区司法局', '清远市国家保密局'])
    let several = 0
    for (const releasing of names)
      for (let mask = 0; mask < 1 << names.length; mask++) {
        const parties = names.filter((name, index) => mask & (1 << index) && name !== releasing)
        const found = resolve(releasing, parties)
        for (const candidate of [found.superiorOrgan, found.competentAuthority]) {
          const name = nameOf(candidate)
          if (name === undefined) continue
          several++
          expect([releasing, ...parties]).not.toContain(name)
          expect(excludedOf(candidate)).not.toContain(name)
        }
        for (const { agency, party } of found.reviewBodies)
          expect(party).toBe([releasing, ...parties].includes(agency?.name ?? ''))
      }
    expect(several).toBeGreaterThan(1000)
  })
})

describe('the review bodies', () => {
  test('are those of the competent authority’s level and region', () => {
    expect(bodies(resolve('清远市水利局'))).toEqual([
      '清远市司法局',
      '清远市国家保密局',
      '清远市监察委员会',
    ])
    expect(bodies(resolve('连山壮族瑶族自治县水利局'))).toEqual([
      '连山壮族瑶族自治县司法局',
      '连山壮族瑶族自治县国家保密局',
      '连山壮族瑶族自治县监察委员会',
    ])
  })
  test('stand at both levels, in every district and county', () => {
    const offices = records.filter((one) => one.roles.includes('competent-authority'))
    const below = offices.filter((one) => one.level === 'county')
    expect(below).toHaveLength(8)
    for (const { name } of [...below, named('清远市人民政府办公室')])
      expect(bodies(resolve(name)).every((body) => body !== undefined)).toBe(true)
  })
  test('that a level lacks are named as missing', () => {
    const without: AgencyRecord = { ...named('清远市国家保密局'), roles: [] }
    const body = resolve('清远市水利局', [], [without]).reviewBodies[1]
    expect(body?.agency).toBeUndefined()
    expect(body?.why.zh).toBe('缺：目录中市级（441800）没有保密部门')
    expect(body?.why.en).toContain('missing')
  })
  test('that are parties give a position, not a review', () => {
    const body = resolve('清远市水利局', ['清远市司法局']).reviewBodies[0]
    expect([body?.agency?.name, body?.party]).toEqual(['清远市司法局', true])
    expect(body?.why.zh).toContain('不作会同研究')
  })
})

describe('as of an instant', () => {
  const reform = parseInstant('2026-07-01T00:00+08:00')
  const office = named('清远市人民政府办公室')
  const bureau: AgencyRecord = { ...named('清远市政务服务和数据管理局'), validFrom: reform }
  const ended: AgencyRecord = { ...office, validUntil: reform, successor: bureau.creditCode }

  test('the agency of that day is the one that counts', () => {
    const before = resolve('清远市水利局', [], [bureau, ended], reform - 1)
    expect(nameOf(before.competentAuthority)).toBe('清远市人民政府办公室')
  })
  test('a successor has taken over, and both names are told', () => {
    const { competentAuthority } = resolve('清远市水利局', [], [bureau, ended], reform)
    expect(nameOf(competentAuthority)).toBe('清远市政务服务和数据管理局')
    expect(competentAuthority.why.zh).toContain('原清远市人民政府办公室')
  })
  test('a party’s successor is the party', () => {
    const found = resolve('清远市水利局', ['清远市人民政府办公室'], [bureau, ended])
    expect(nameOf(found.competentAuthority)).toBe('清远市人民政府')
    expect(excludedOf(found.competentAuthority)).toEqual(['清远市政务服务和数据管理局'])
  })
  test('a releasing agency that was merged is its successor', () => {
    const found = resolve('清远市人民政府办公室', [], [bureau, ended])
    expect(nameOf(found.superiorOrgan)).toBe('清远市人民政府')
    expect(excludedOf(found.competentAuthority)).toEqual(['清远市政务服务和数据管理局'])
  })
  test('a superior that ended without a successor is passed over with the reason', () => {
    const gone: AgencyRecord = { ...named('清远市水利局'), validUntil: reform }
    const { superiorOrgan } = resolve('清远市供水公司(示例)', [], [gone])
    expect(nameOf(superiorOrgan)).toBe('清远市人民政府办公室')
    expect(superiorOrgan.excluded[0]?.why.zh).toContain('不是有效机关')
  })
  test('an agency that ended without a successor releases nothing', () => {
    const gone: AgencyRecord = { ...named('清远市水利局'), validUntil: reform }
    expect(() => resolve('清远市水利局', [], [gone])).toThrow(Refusal)
    expect(() => resolve('清远市水利局', [], [gone], reform - 1)).not.toThrow()
  })
})
