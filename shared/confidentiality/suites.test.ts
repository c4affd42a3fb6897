// The ciphers and the envelope: known answers, and every change of what is covered is noticed.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { seededMint } from '../identity/seeded-mint.js'
import { opened, sealed, suiteOf } from './envelope.js'
import { KNOWN_ANSWERS, mustAnswerAsKnown } from './known-answers.js'
import { SUITE_NAMES, SUITES } from './suites.js'

const mint = seededMint('suites')
const PLACE = ['content', 'draft', 'd1', 'r1']
const PLAIN = Buffer.from('关于公布行政执法数据的草案')

describe('this machine’s cryptography', () => {
  test.each(KNOWN_ANSWERS.map((one) => [one.name, one] as const))('knows %s', (_name, one) => {
    expect(one.given()).toBe(one.expected)
  })
  test('is refused, by name, where one answer is another', () => {
    expect(() => mustAnswerAsKnown()).not.toThrow()
    const wrong = { name: 'SM3', expected: '00', given: KNOWN_ANSWERS[4]!.given }
    expect(() => mustAnswerAsKnown([...KNOWN_ANSWERS, wrong])).toThrow('wrong: SM3')
  })
  test('seals SM4 as the openssl command line opens it', () => {
    const key = SUITES['sm4-sm3'].key(Buffer.alloc(32, 7))
    const nonce = Buffer.alloc(16, 3)
    const ciphertext = key.seal(nonce, Buffer.from(''), PLAIN).subarray(0, PLAIN.length)
    // HKDF-SM3 (RFC 5869) of the same secret and label, by the command line too.
    const derived = execFileSync('openssl', [
      ...['kdf', '-keylen', '48', '-binary', '-kdfopt', 'digest:SM3'],
      ...['-kdfopt', `hexkey:${'07'.repeat(32)}`],
      ...['-kdfopt', 'info:huiqian sm4-ctr hmac-sm3', 'HKDF'],
    ])
    const plain = execFileSync(
      'openssl',
      [
        ...['enc', '-d', '-sm4-ctr', '-K', derived.subarray(0, 16).toString('hex')],
        ...['-iv', nonce.toString('hex')],
      ],
      { input: ciphertext },
    )
    expect(plain.toString()).toBe(PLAIN.toString())
  })
})

describe.each(SUITE_NAMES)('what %s sealed', (name) => {
  const suite = SUITES[name]
  const key = suite.key(mint.bytes(32))
  const bytes = sealed(key, PLACE, mint.bytes(suite.nonceBytes), PLAIN)

  test('opens in its place, and shows nothing of what it is', () => {
    expect(opened(key, PLACE, bytes)?.toString()).toBe(PLAIN.toString())
    expect(suiteOf(bytes)).toBe(suite)
    expect(bytes.includes(PLAIN.subarray(0, 6))).toBe(false)
    const empty = sealed(key, PLACE, mint.bytes(suite.nonceBytes), Buffer.alloc(0))
    expect(opened(key, PLACE, empty)).toHaveLength(0)
  })
  test('does not open with one bit changed, wherever it is', () => {
    for (let at = 0; at < bytes.length; at++)
      for (const bit of [1, 128]) {
        const changed = Buffer.from(bytes)
        changed[at]! ^= bit
        expect(opened(key, PLACE, changed), `byte ${at}`).toBeUndefined()
      }
  })
  test('does not open in another place, with another key, cut or made longer', () => {
    for (const place of [
      ['content', 'draft', 'd1', 'r2'],
      ['content', 'draft', 'd2', 'r1'],
      ['content', 'opinion', 'd1', 'r1'],
      ['contentdraft', 'd1', 'r1'],
      ['content', 'draft', 'd1r', '1'],
      [],
    ])
      expect(opened(key, place, bytes), place.join(' ')).toBeUndefined()
    expect(opened(suite.key(mint.bytes(32)), PLACE, bytes)).toBeUndefined()
    for (let length = 0; length < bytes.length; length++)
      expect(opened(key, PLACE, bytes.subarray(0, length)), `${length}`).toBeUndefined()
    expect(opened(key, PLACE, Buffer.concat([bytes, Buffer.alloc(1)]))).toBeUndefined()
  })
  test('cannot be passed off as another suite’s', () => {
    const other = Object.values(SUITES).find((one) => one !== suite)!
    const renamed = Buffer.from(bytes)
    renamed[1] = other.number
    for (const by of [key, other.key(mint.bytes(32))])
      expect(opened(by, PLACE, renamed)).toBeUndefined()
  })
})
