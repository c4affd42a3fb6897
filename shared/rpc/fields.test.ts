import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusal/refusal.js'
import { refusalOf } from '../refusal/refusal.fixture.js'
import {
  creditCodeField,
  enumField,
  pageSize,
  requestIdField,
  textField,
  uuidField,
} from './fields.js'
import { pageTokens } from './page-tokens.js'
import { instantOf, timestampField, timestampOf } from './timestamps.js'

describe('a text', () => {
  const check = (value: string, more = {}): string =>
    textField(value, 'draft.text', { maxBytes: 30, ...more })
  test.each(['第一条', 'a\n\tb', 'e', '\u00e9', '𠮷'])('%j is taken as it is', (value) => {
    expect(check(value)).toBe(value)
  })
  test.each([
    ['decomposed', 'e\u0301', 'TEXT_NOT_NFC'],
    ['with CR', 'a\r\nb', 'TEXT_NOT_NFC'],
    ['repaired from broken UTF-8', 'a\uFFFDb', 'TEXT_NOT_NFC'],
    ['with NUL', 'a\0b', 'FIELD_VALUE'],
    ['with a C1 control', 'a\u0085b', 'FIELD_VALUE'],
    ['too long in bytes, not in characters', '一'.repeat(11), 'FIELD_TOO_LONG'],
    ['of spaces only', ' \u3000\n', 'FIELD_MISSING'],
    ['empty', '', 'FIELD_MISSING'],
  ])('%s is refused', (_, value, reason) => {
    const refusal = refusalOf(() => check(value))
    expect(refusal).toMatchObject({ kind: 'malformed', reason, field: 'draft.text' })
    expect(refusal.text('zh')).not.toMatch(/\{\w+\}/)
    expect(refusal.text('en')).not.toMatch(/\{\w+\}/)
  })
  test('that is optional may be empty; one line holds no line feed', () => {
    expect(check('', { required: false })).toBe('')
    expect(refusalOf(() => check('a\nb', { oneLine: true })).reason).toBe('FIELD_VALUE')
  })
  test('is refused or given back, never changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        try {
          expect(textField(value, 'f', { maxBytes: 1000 })).toBe(value)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
    )
  })
})

describe('ids', () => {
  test('a credit code is taken by its check character alone', () => {
    expect(creditCodeField('11441800MB2C12346B', 'agency')).toBe('11441800MB2C12346B')
    for (const last of '0123456789ACDEFGHJKLMNPQRTUWXY')
      expect(refusalOf(() => creditCodeField(`11441800MB2C12346${last}`, 'agency'))).toMatchObject({
        reason: 'CREDIT_CODE_MALFORMED',
        field: 'agency',
      })
    const missing = refusalOf(() => creditCodeField('', 'agency'))
    expect(missing.text('zh')).toBe('agency：必填。请填写后重发。')
    expect(missing.text('en')).toBe('agency: required. Fill it in and send it again.')
  })
  test('a UUID is taken in its canonical form alone', () => {
    const id = '0199f3a2-7c1d-7e5b-8a55-0123456789ab'
    expect(uuidField(id, 'release_id')).toBe(id)
    for (const other of [id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, `${id} `, `${id}\n`])
      expect(refusalOf(() => uuidField(other, 'release_id')).reason).toBe('FIELD_VALUE')
  })
  test.each(['', ' ', 'a b', 'x'.repeat(65), '中', 'a\n'])('the request id %j is refused', (id) => {
    expect(refusalOf(() => requestIdField(id)).field).toBe('request_id')
  })
  test('a request id of 64 printable characters is taken', () => {
    expect(requestIdField('~'.repeat(64))).toBe('~'.repeat(64))
  })
})

describe('an enumeration', () => {
  enum Attribute {
    UNSPECIFIED = 0,
    ACTIVE = 1,
    UNRECOGNIZED = -1,
  }
  test('has only its own values, and the unspecified one where it is optional', () => {
    expect(enumField(Attribute.ACTIVE, 'attribute', Attribute)).toBe(1)
    expect(refusalOf(() => enumField(0, 'attribute', Attribute)).reason).toBe('FIELD_MISSING')
    expect(enumField(0, 'attribute', Attribute, { optional: true })).toBe(0)
    for (const value of [-1, 2, 99])
      expect(refusalOf(() => enumField(value, 'attribute', Attribute)).reason).toBe('FIELD_VALUE')
  })
})

describe('a timestamp', () => {
  test('goes to the wire and back, before 1970 too', () => {
    for (const instant of [0, 1, -1, -1001, 1_790_000_000_123])
      expect(timestampField(timestampOf(instant), 'at')).toBe(instant)
    expect(timestampOf(-1)).toEqual({ seconds: -1, nanos: 999_000_000 })
    expect(instantOf({ seconds: 1, nanos: 999_999 })).toBe(1000)
  })
  test.each([
    [{ seconds: 0, nanos: 1 }],
    [{ seconds: 0, nanos: -1_000_000 }],
    [{ seconds: 0, nanos: 1_000_000_000 }],
    [{ seconds: 253_402_300_800, nanos: 0 }],
    [undefined],
  ])('%j is refused', (value) => {
    expect(refusalOf(() => timestampField(value, 'received_at')).field).toBe('received_at')
  })
})

describe('pages', () => {
  const tokens = pageTokens(Buffer.alloc(32, 7))
  test('hold what is asked for, within bounds', () => {
    expect([pageSize(0), pageSize(7), pageSize(9999)]).toEqual([50, 7, 500])
    expect(refusalOf(() => pageSize(-1)).field).toBe('page_size')
  })
  test('go on where the token says', () => {
    expect(tokens.decode('ListReleases', '')).toBeUndefined()
    const token = tokens.encode('ListReleases/a', [1_790_000_000_000, 'r-1'])
    expect(tokens.decode('ListReleases/a', token)).toEqual([1_790_000_000_000, 'r-1'])
  })
  test('a token of another listing, another secret, or changed in any character is refused', () => {
    const token = tokens.encode('ListReleases/a', [1, 'r-1'])
    const refused = (scope: string, changed: string): void =>
      expect(refusalOf(() => tokens.decode(scope, changed)).reason).toBe('PAGE_TOKEN')
    refused('ListReleases/b', token)
    refused('ListReleases/a', pageTokens(Buffer.alloc(32, 8)).encode('ListReleases/a', [1, 'r-1']))
    for (let index = 0; index < token.length; index++) {
      const other = token.charAt(index) === 'A' ? 'B' : 'A'
      refused('ListReleases/a', token.slice(0, index) + other + token.slice(index + 1))
    }
    for (const made of [`${token}=`, `${token} `, 'x', 'a'.repeat(5000)])
      refused('ListReleases/a', made)
  })
})
