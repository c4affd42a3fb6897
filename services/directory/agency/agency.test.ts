import { describe, expect, test } from 'vitest'
import { checkCharacterOf } from '../../../shared/identity/credit-code.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { agenciesOf, type AgencyRecord } from './agency-record.js'
import { checkCode } from './check-record.js'
import { decide, evolve, unregistered, type AgencyCommand, type AgencyEvent } from './agency.js'

const at = (text: string) => parseInstant(text)
const codeOf = (number: number): string => {
  const first17 = `11441800QY${String(number).padStart(7, '0')}`
  return `${first17}${checkCharacterOf(first17)}`
}

const province: AgencyRecord = {
  creditCode: codeOf(1),
  name: '广东省人民政府',
  aliases: [],
  level: 'province',
  region: '440000',
  kind: 'organ',
  leadership: 'local',
  roles: [],
  documentPrefix: '粤府',
  sample: true,
}
const city: AgencyRecord = {
  ...province,
  creditCode: codeOf(2),
  name: '清远市人民政府',
  level: 'prefecture',
  region: '441800',
  superior: province.creditCode,
  documentPrefix: '清府',
}
const office: AgencyRecord = {
  ...city,
  creditCode: codeOf(3),
  name: '清远市人民政府办公室',
  aliases: ['市府办'],
  superior: city.creditCode,
  roles: ['competent-authority'],
  documentPrefix: '清府办',
  mailbox: { address: codeOf(3), designatedAt: at('2026-01-01T00:00+08:00'), instrument: '登记表' },
}
const water: AgencyRecord = {
  ...city,
  creditCode: codeOf(4),
  name: '清远市水利局',
  superior: city.creditCode,
  documentPrefix: '清水',
}

const given = (...events: AgencyEvent[]) => ({
  when: (command: AgencyCommand, ...others: AgencyRecord[]) =>
    decide(events.reduce(evolve, unregistered), command, agenciesOf(others)),
})
const registers = (agency: AgencyRecord): AgencyCommand => ({ type: 'RegisterAgency', agency })
const registered = (agency: AgencyRecord): AgencyEvent => ({ type: 'AgencyRegistered', agency })

describe('registering an agency', () => {
  test('records it as it is', () => {
    expect(given().when(registers(office), city)).toEqual([registered(office)])
  })
  test('twice is refused: its record is changed instead', () => {
    const no = refusalOf(() => given(registered(office)).when(registers(office), city))
    expect([no.kind, no.reason, no.field]).toEqual([
      'out-of-order',
      'AGENCY_EXISTS',
      'agency.credit_code',
    ])
  })
  const code = office.creditCode
  test.each<[string, Partial<AgencyRecord>, string, string]>([
    ['a short code', { creditCode: '123' }, 'CREDIT_CODE_MALFORMED', 'credit_code'],
    [
      'a wrong check character',
      { creditCode: `${code.slice(0, 17)}${code.endsWith('A') ? 'B' : 'A'}` },
      'CREDIT_CODE_MALFORMED',
      'credit_code',
    ],
    ['no name', { name: ' ' }, 'FIELD_MISSING', 'name'],
    ['an endless name', { name: '局'.repeat(101) }, 'FIELD_TOO_LONG', 'name'],
    ['a name that is not NFC', { name: 'e\u0301' }, 'TEXT_NOT_NFC', 'name'],
    ['a carriage return', { name: '水利局\r' }, 'TEXT_NOT_NFC', 'name'],
    ['an alias twice', { aliases: ['水', '水'] }, 'FIELD_VALUE', 'aliases[1]'],
    ['a region of five digits', { region: '44180' }, 'FIELD_VALUE', 'region'],
    ['a region that no province has', { region: '990000' }, 'FIELD_VALUE', 'region'],
    [
      'a prefix with a year',
      { documentPrefix: '清府办〔2026〕' },
      'FIELD_VALUE',
      'document_prefix',
    ],
    ['an unknown superior', { superior: codeOf(99) }, 'AGENCY_UNKNOWN', 'superior'],
    ['a superior below it', { superior: codeOf(50) }, 'FIELD_VALUE', 'superior'],
    ['itself as superior', { superior: code }, 'AGENCY_SUPERIORS_CIRCULAR', 'superior'],
    [
      'vertical leadership without a superior',
      { leadership: 'vertical', superior: undefined },
      'FIELD_MISSING',
      'superior',
    ],
    [
      'a second leader without dual leadership',
      { localSuperior: city.creditCode },
      'FIELD_VALUE',
      'local_superior',
    ],
    [
      'a local superior of another level',
      { leadership: 'dual', localSuperior: province.creditCode },
      'FIELD_VALUE',
      'local_superior',
    ],
    [
      'an end before the beginning',
      { validFrom: 10, validUntil: 10 },
      'FIELD_VALUE',
      'valid_until',
    ],
    ['a successor without an end', { successor: city.creditCode }, 'FIELD_MISSING', 'valid_until'],
    [
      'an unknown successor',
      { validUntil: 10, successor: codeOf(99) },
      'AGENCY_UNKNOWN',
      'successor',
    ],
    ['itself as successor', { validUntil: 10, successor: code }, 'FIELD_VALUE', 'successor'],
    [
      'a role twice',
      { roles: ['competent-authority', 'competent-authority'] },
      'FIELD_VALUE',
      'roles[1]',
    ],
    ['a utility with a role', { kind: 'public-utility' }, 'FIELD_VALUE', 'roles[0]'],
    [
      'a mailbox without an address',
      { mailbox: { address: '', designatedAt: 0, instrument: '' } },
      'FIELD_MISSING',
      'mailbox.address',
    ],
  ])('with %s is refused', (_, change, reason, field) => {
    const below = { ...water, creditCode: codeOf(50), level: 'county' as const }
    const agency = { ...office, ...change }
    const no = refusalOf(() => given().when(registers(agency), province, city, below))
    expect([no.kind, no.reason, no.field]).toEqual(['malformed', reason, `agency.${field}`])
    for (const language of ['zh', 'en'] as const) expect(no.text(language)).not.toMatch(/[{}]/)
  })
})

describe('a role', () => {
  const second: AgencyRecord = { ...water, roles: ['competent-authority'] }
  test('has one holder a level and region', () => {
    const no = refusalOf(() => given().when(registers(second), city, office))
    expect([no.reason, no.params['holder']]).toEqual(['ROLE_TAKEN', office.creditCode])
  })
  test('may be held in another region, and at another level', () => {
    const county: AgencyRecord = { ...second, level: 'county', region: '441802' }
    expect(given().when(registers(county), city, office)).toEqual([registered(county)])
  })
  test('may pass on: one after the other', () => {
    const ended: AgencyRecord = { ...office, validUntil: at('2026-07-01T00:00+08:00') }
    const next: AgencyRecord = { ...second, validFrom: at('2026-07-01T00:00+08:00') }
    expect(given().when(registers(next), city, ended)).toEqual([registered(next)])
    const early: AgencyRecord = { ...next, validFrom: at('2026-06-30T23:59+08:00') }
    expect(refusalOf(() => given().when(registers(early), city, ended)).reason).toBe('ROLE_TAKEN')
  })
})

describe('changing an agency', () => {
  const renamed: AgencyRecord = { ...office, aliases: ['市府办', '市政府办'] }
  const update = (agency: AgencyRecord, read: number): AgencyCommand => ({
    type: 'UpdateAgency',
    agency,
    read,
  })
  test('records it whole', () => {
    expect(given(registered(office)).when(update(renamed, 1), city)).toEqual([
      { type: 'AgencyUpdated', agency: renamed },
    ])
  })
  test('to what it is already changes nothing', () => {
    expect(given(registered(office)).when(update({ ...office }, 1), city)).toEqual([])
  })
  test('from another version than the one read is overtaken', () => {
    const no = refusalOf(() => given(registered(office)).when(update(renamed, 2), city))
    expect([no.kind, no.reason]).toEqual(['overtaken', 'OVERTAKEN'])
  })
  test('that is not registered is not found', () => {
    expect(refusalOf(() => given().when(update(renamed, 0), city)).kind).toBe('not-found')
  })
  test('cannot close a circle of superiors', () => {
    const bureau: AgencyRecord = { ...water, level: 'prefecture' }
    const under: AgencyRecord = { ...city, superior: bureau.creditCode }
    const no = refusalOf(() => given(registered(city)).when(update(under, 1), bureau))
    expect(no.reason).toBe('AGENCY_SUPERIORS_CIRCULAR')
  })
  test('cannot close a circle of successors', () => {
    const ended: AgencyRecord = { ...water, validUntil: 9, successor: office.creditCode }
    const back: AgencyRecord = { ...office, validUntil: 9, successor: water.creditCode }
    const no = refusalOf(() => given(registered(office)).when(update(back, 1), city, ended))
    expect([no.reason, no.field]).toEqual(['FIELD_VALUE', 'agency.successor'])
  })
})

describe('importing an agency', () => {
  const imports = (agency: AgencyRecord): AgencyCommand => ({ type: 'ImportAgency', agency })
  test('registers, changes or leaves it, whichever it takes', () => {
    const renamed: AgencyRecord = { ...office, name: '市府办公室' }
    expect(given().when(imports(office), city)).toEqual([registered(office)])
    expect(given(registered(office)).when(imports(renamed), city)).toMatchObject([
      { type: 'AgencyUpdated' },
    ])
    expect(given(registered(office)).when(imports(office), city)).toEqual([])
  })
})

test('what is wrong with a credit code is told in the language of the reader', () => {
  const told = (): string[] => {
    try {
      checkCode('123', 'agency')
    } catch (error) {
      if (error instanceof Refusal) return [error.text('zh'), error.text('en')]
    }
    return []
  }
  expect(told()).toEqual([expect.stringContaining('（长度）'), expect.stringContaining('(length)')])
})
