// What a field of a request must be before anybody decides on it. Each check gives the value back or
// refuses, naming the field by its path in the contract (snake_case: `affected[2].trigger`). Decoding
// alone is not enough: it repairs broken UTF-8 silently and keeps numbers that no enumeration has.
import { CREDIT_CODE_FAULTS, faultOfCreditCode } from '../identity/credit-code.js'
import type { Id } from '../identity/identity.js'
import { Refusal } from '../refusal/refusal.js'

const RULE = 'house/fields'
const SHOWN_MAX = 60

/** 文号 in UTF-8: one limit for whoever writes letters and whoever takes them, or a letter is refused for ever. */
export const DOCUMENT_NUMBER_BYTES_MAX = 512

export type TextOptions = {
  /** In UTF-8. */
  readonly maxBytes: number
  /** Must hold more than spaces; true where nothing is said. */
  readonly required?: boolean
  /** Line feeds and tabs are refused, too: titles, names, numbers. */
  readonly oneLine?: boolean
  /** The article that asks for it. */
  readonly rule?: string
}

/** Text exactly as it is to be kept: NFC, no CR, no U+FFFD, no control characters but line feed and tab. */
export function textField(value: string, field: string, options: TextOptions): string {
  const { maxBytes, required = true, oneLine = false, rule = RULE } = options
  const length = Buffer.byteLength(value)
  if (length > maxBytes)
    throw new Refusal('malformed', 'FIELD_TOO_LONG', rule, { field, length, limit: maxBytes })
  if (value.includes('\r') || value.includes('\uFFFD') || value.normalize('NFC') !== value)
    throw new Refusal('malformed', 'TEXT_NOT_NFC', rule, { field })
  const control = (oneLine ? /\p{Cc}/u : /[^\P{Cc}\n\t]/u).exec(value)
  if (control) {
    const code = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    throw unusable(field, code, rule, CONTROL)
  }
  if (required && value.trim() === '') throw missing(field, rule)
  return value
}
const CONTROL = { zh: '不得含控制字符。', en: 'Control characters are not allowed.' }

/** A credit code whose check character is right: the id of an agency. */
export function creditCodeField(value: string, field: string, rule = RULE): Id<'agency'> {
  if (value === '') throw missing(field, rule)
  const fault = faultOfCreditCode(value)
  if (fault !== undefined) {
    const fault_zh = CREDIT_CODE_FAULTS[fault]
    const params = { field, agency: shown(value), fault, fault_zh, fault_en: fault }
    throw new Refusal('malformed', 'CREDIT_CODE_MALFORMED', rule, params)
  }
  return value
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** A UUID in its canonical form: lower case, with hyphens. */
export function uuidField(value: string, field: string, rule = RULE): string {
  if (value === '') throw missing(field, rule)
  if (!UUID.test(value))
    throw unusable(field, value, rule, {
      zh: '应为小写、带连字符的 UUID。',
      en: 'It must be a UUID in lower case, with hyphens.',
    })
  return value
}

/** The id of a request: 1 to 64 characters of printable ASCII, chosen by the caller. */
export function requestIdField(value: string, field = 'request_id'): string {
  if (value === '') throw missing(field, 'house/idempotency')
  if (!/^[\x21-\x7e]{1,64}$/.test(value))
    throw unusable(field, value, 'house/idempotency', {
      zh: '应为 1 至 64 个可见 ASCII 字符。',
      en: 'It must be 1 to 64 printable ASCII characters, without spaces.',
    })
  return value
}

/** A value that the enumeration has, and not the unspecified one (unless `optional`). */
export function enumField<E extends number>(
  value: E,
  field: string,
  names: Readonly<Record<string, string | number>>,
  { optional = false, rule = RULE }: { optional?: boolean; rule?: string } = {},
): E {
  if (value === 0 && !optional) throw missing(field, rule)
  if (value < 0 || names[value] === undefined)
    throw unusable(field, String(value), rule, {
      zh: '接口定义中没有这个值。',
      en: 'The contract has no such value.',
    })
  return value
}

/** How many a page holds: what is asked for, at most `max`; `otherwise` where nothing is said. */
export function pageSize(
  value: number,
  { otherwise = 50, max = 500, field = 'page_size' } = {},
): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw unusable(field, String(value), RULE, {
      zh: '应为不小于 0 的整数。',
      en: 'It must be 0 or more.',
    })
  return value === 0 ? otherwise : Math.min(value, max)
}

const FILL_IN = { zh: '请填写后重发。', en: 'Fill it in and send it again.' }

/** A refusal: the field must be given. */
export function missing(field: string, rule = RULE, why?: { zh: string; en: string }): Refusal {
  const { zh, en } = why ?? FILL_IN
  const params = { field, why: 'missing', why_zh: zh, why_en: en }
  return new Refusal('malformed', 'FIELD_MISSING', rule, params)
}

/** A refusal: the field's value cannot be used, and why not. */
export function unusable(
  field: string,
  value: string,
  rule: string,
  why: { zh: string; en: string },
): Refusal {
  const params = { field, value: shown(value), why: 'unusable', why_zh: why.zh, why_en: why.en }
  return new Refusal('malformed', 'FIELD_VALUE', rule, params)
}

// Values are shown back to who sent them, never at full length.
const shown = (value: string): string =>
  value.length <= SHOWN_MAX ? value : `${value.slice(0, SHOWN_MAX)}…`
