// What a record of an agency must be before the directory holds it. Pure: the agencies around it
// arrive as a value that already contains the record itself (and whatever is imported with it).
import { CREDIT_CODE_FAULTS, faultOfCreditCode } from '../../../shared/identity/credit-code.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { isRegion } from '../../../shared/working-days/working-days.js'
import { everTogether, LEVELS, type Agencies, type AgencyRecord } from './agency-record.js'

const RULE = 'house/agency-record'
const NAME_BYTES_MAX = 300
const ALIASES_MAX = 20
const PREFIX_BYTES_MAX = 60
const ADDRESS_BYTES_MAX = 200

const WHY = {
  'after-valid-from': { why_zh: '须晚于生效时间', why_en: 'it must lie after valid_from' },
  'at-most-20': { why_zh: '别名至多 20 个', why_en: 'at most 20 aliases' },
  'dual-only': {
    why_zh: '只有双重领导的机关才另有本级政府领导',
    why_en: 'only for dual leadership',
  },
  empty: { why_zh: '不能为空', why_en: 'it must not be empty' },
  'gbt-2260': { why_zh: '应为 6 位行政区划代码（GB/T 2260）', why_en: '6 digits of GB/T 2260' },
  'led-by-a-line': {
    why_zh: '垂直或双重领导的机关须有上级',
    why_en: 'vertical and dual leadership have a superior',
  },
  'named-once': { why_zh: '每个名称只写一次', why_en: 'each name once' },
  'not-below': { why_zh: '上级的层级不能低于本机关', why_en: 'a superior is not of a lower level' },
  'not-itself': {
    why_zh: '承继关系不能回到本机关',
    why_en: 'succession must not lead back to the agency',
  },
  'own-level': {
    why_zh: '应为本级另一机关（本级政府）',
    why_en: 'another organ of its own level, its government',
  },
  'prefix-only': {
    why_zh: '只写机关代字，不含年份、序号和括号',
    why_en: 'the prefix only: no year, number or brackets',
  },
  'roles-of-organs': {
    why_zh: '角色每种一次，公用企事业单位不担任',
    why_en: 'each role once, and never a public utility',
  },
  'succession-has-a-date': {
    why_zh: '有承继机关就须有终止时间',
    why_en: 'a succession has a date: when the agency ended',
  },
} as const

function unusable(field: string, value: string, why: keyof typeof WHY): Refusal {
  const given = [...value].slice(0, 60).join('')
  return new Refusal('malformed', 'FIELD_VALUE', RULE, { field, value: given, ...WHY[why] })
}

/** Refuses a record that is wrong in itself or does not fit among the others. `field` is its path in the request. */
export function checkRecord(record: AgencyRecord, agencies: Agencies, field: string): void {
  checkAlone(record, field)
  checkSuperiors(record, agencies, field)
  checkSuccessor(record, agencies, field)
  checkRoles(record, agencies, field)
}

function checkAlone(record: AgencyRecord, field: string): void {
  checkCode(record.creditCode, `${field}.credit_code`)
  checkText(record.name, `${field}.name`, NAME_BYTES_MAX, true)
  if (record.aliases.length > ALIASES_MAX)
    throw unusable(`${field}.aliases`, String(record.aliases.length), 'at-most-20')
  for (const [index, alias] of record.aliases.entries()) {
    checkText(alias, `${field}.aliases[${index}]`, NAME_BYTES_MAX, true)
    if (alias === record.name || record.aliases.indexOf(alias) !== index)
      throw unusable(`${field}.aliases[${index}]`, alias, 'named-once')
  }
  // Its calendar must be one that can be asked for: the clocks of its consultations run by it.
  if (!/^\d{6}$/.test(record.region) || !isRegion(record.region))
    throw unusable(`${field}.region`, record.region, 'gbt-2260')
  checkText(record.documentPrefix, `${field}.document_prefix`, PREFIX_BYTES_MAX, false)
  if (/[\s\d〔〕[\]()（）号]/.test(record.documentPrefix))
    throw unusable(`${field}.document_prefix`, record.documentPrefix, 'prefix-only')
  if (record.mailbox !== undefined) {
    checkText(record.mailbox.address, `${field}.mailbox.address`, ADDRESS_BYTES_MAX, true)
    checkText(record.mailbox.instrument, `${field}.mailbox.instrument`, NAME_BYTES_MAX, false)
  }
  const { validFrom, validUntil } = record
  if (validFrom !== undefined && validUntil !== undefined && validFrom >= validUntil)
    throw unusable(`${field}.valid_until`, new Date(validUntil).toISOString(), 'after-valid-from')
}

function checkSuperiors(record: AgencyRecord, agencies: Agencies, field: string): void {
  const { superior, localSuperior, leadership } = record
  if (superior === undefined && leadership !== 'local')
    throw new Refusal('malformed', 'FIELD_MISSING', RULE, {
      field: `${field}.superior`,
      ...WHY['led-by-a-line'],
    })
  if (superior !== undefined) {
    const above = known(superior, agencies, `${field}.superior`)
    if (LEVELS.indexOf(above.level) > LEVELS.indexOf(record.level))
      throw unusable(`${field}.superior`, superior, 'not-below')
    const chain = new Set<string>([record.creditCode])
    for (let one: AgencyRecord | undefined = above; one !== undefined;) {
      if (chain.has(one.creditCode))
        throw new Refusal('malformed', 'AGENCY_SUPERIORS_CIRCULAR', RULE, {
          field: `${field}.superior`,
          agency: record.creditCode,
          chain: [...chain, one.creditCode].join(' → '),
        })
      chain.add(one.creditCode)
      one = one.superior === undefined ? undefined : agencies.of(one.superior)
    }
  }
  if (localSuperior !== undefined) {
    if (leadership !== 'dual') throw unusable(`${field}.local_superior`, localSuperior, 'dual-only')
    const government = known(localSuperior, agencies, `${field}.local_superior`)
    if (government.creditCode === record.creditCode || government.level !== record.level)
      throw unusable(`${field}.local_superior`, localSuperior, 'own-level')
  }
}

function checkSuccessor(record: AgencyRecord, agencies: Agencies, field: string): void {
  if (record.successor === undefined) return
  if (record.validUntil === undefined)
    throw new Refusal('malformed', 'FIELD_MISSING', RULE, {
      field: `${field}.valid_until`,
      ...WHY['succession-has-a-date'],
    })
  const chain = new Set<string>([record.creditCode])
  let one: AgencyRecord | undefined = known(record.successor, agencies, `${field}.successor`)
  for (; one !== undefined; one = one.successor && agencies.of(one.successor)) {
    if (chain.has(one.creditCode))
      throw unusable(`${field}.successor`, one.creditCode, 'not-itself')
    chain.add(one.creditCode)
  }
}

function checkRoles(record: AgencyRecord, agencies: Agencies, field: string): void {
  for (const [index, role] of record.roles.entries()) {
    if (record.roles.indexOf(role) !== index || record.kind === 'public-utility')
      throw unusable(`${field}.roles[${index}]`, role, 'roles-of-organs')
    const holder = agencies
      .holders(role, record.level, record.region)
      .find((other) => other.creditCode !== record.creditCode && everTogether(other, record))
    if (holder !== undefined)
      throw new Refusal('malformed', 'ROLE_TAKEN', RULE, {
        field: `${field}.roles[${index}]`,
        role,
        region: record.region,
        holder: holder.creditCode,
        name: holder.name,
      })
  }
}

function known(code: string, agencies: Agencies, field: string): AgencyRecord {
  checkCode(code, field)
  const record = agencies.of(code)
  if (record === undefined)
    throw new Refusal('malformed', 'AGENCY_UNKNOWN', RULE, { field, agency: code })
  return record
}

/** Refuses what is no credit code (GB 32100). */
export function checkCode(code: string, field: string): void {
  const fault = faultOfCreditCode(code)
  if (fault !== undefined)
    throw new Refusal('malformed', 'CREDIT_CODE_MALFORMED', 'GB 32100', {
      field,
      agency: code.slice(0, 40),
      fault,
      fault_zh: CREDIT_CODE_FAULTS[fault],
    })
}

function checkText(text: string, field: string, limit: number, required: boolean): void {
  if (text.trim() === '' && required)
    throw new Refusal('malformed', 'FIELD_MISSING', RULE, { field, ...WHY.empty })
  const length = new TextEncoder().encode(text).length
  if (length > limit)
    throw new Refusal('malformed', 'FIELD_TOO_LONG', RULE, { field, length, limit })
  if (text.normalize('NFC') !== text || /[\p{Cc}\p{Cs}\uFFFD]/u.test(text))
    throw new Refusal('malformed', 'TEXT_NOT_NFC', RULE, { field })
}
