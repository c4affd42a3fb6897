// A token names an officer of one system of one agency, for minutes: anybody else's, any later one, any other text is refused.
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import type { Caller } from '../identity/identity.js'
import {
  OFFICER_FORM,
  officerBytes,
  officersOf,
  officerToken,
  type OfficerStatement,
} from './officer.js'
import { openSignatures } from './signatures.js'

const signatures = openSignatures()
afterAll(() => signatures.stop())
const NOW = Date.parse('2026-09-28T02:05:00Z')
const WATER = '11441800QY0000054W'
const desk: Caller = { kind: 'agency', agency: WATER, system: 'desk' }
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
const key = {
  ...{ keyId: 'k-1', agency: WATER, suite: 'ed25519', publicKey: raw, required: false },
  ...{ registeredAt: 0, retiredAt: undefined as number | undefined },
}
let verified = 0
const officers = (of: () => Partial<typeof key> = () => ({})) =>
  officersOf({
    keyOf: (id) => (id === 'k-1' ? { ...key, ...of() } : undefined),
    signatures: {
      verify: (...given) => {
        verified++
        return signatures.verify(...given)
      },
    },
    house: 'huiqian.local',
  })
const statement: OfficerStatement = {
  ...{ form: OFFICER_FORM, agency: WATER, system: 'desk', house: 'huiqian.local', key_id: 'k-1' },
  ...{ officer: '0042', issued_at: '2026-09-28T02:00:00Z', expires_at: '2026-09-28T02:15:00Z' },
}
const tokenOf = (more: Partial<OfficerStatement> = {}): string => {
  const bytes = officerBytes({ ...statement, ...more })
  return officerToken(bytes, sign(null, bytes, privateKey))
}
const invalid = { kind: 'unauthenticated', reason: 'OFFICER_TOKEN_INVALID' }

describe('a token', () => {
  test('names its officer, and its signature is verified once', async () => {
    const known = officers()
    verified = 0
    for (let again = 0; again < 3; again++)
      expect(await known.named(tokenOf(), desk, NOW)).toBe('0042')
    expect(verified).toBe(1)
  })

  test.each<[string, Partial<OfficerStatement>]>([
    ['for another agency', { agency: '11441800QY00003010' }],
    ['for another system of the agency', { system: 'gateway' }],
    ['for another house', { house: 'elsewhere.local' }],
    ['with a key that nobody registered', { key_id: 'k-2' }],
    ['for longer than 15 minutes', { expires_at: '2026-09-28T02:15:01Z' }],
    ['that ends before it begins', { expires_at: '2026-09-28T01:59:00Z' }],
    ['of tomorrow', { issued_at: '2026-09-29T02:00:00Z', expires_at: '2026-09-29T02:10:00Z' }],
    ['of a form that is none', { form: 'huiqian-act-1' as never }],
    ['of an officer who is a sentence', { officer: '张三, 水利局' }],
    ['at no instant', { issued_at: 'now' }],
  ])('%s is refused', async (_, more) => {
    await expect(officers().named(tokenOf(more), desk, NOW)).rejects.toMatchObject(invalid)
  })

  test('ends when it says so, and 60 seconds before it begins is not too soon', async () => {
    const known = officers()
    const end = Date.parse(statement.expires_at)
    expect(await known.named(tokenOf(), desk, end - 1)).toBe('0042')
    await expect(known.named(tokenOf(), desk, end)).rejects.toMatchObject(invalid)
    const begin = Date.parse(statement.issued_at)
    expect(await known.named(tokenOf(), desk, begin - 60_000)).toBe('0042')
    await expect(known.named(tokenOf(), desk, begin - 60_001)).rejects.toMatchObject(invalid)
  })

  test('in another’s hands counts for nothing, though its signature was seen to hold', async () => {
    const known = officers()
    await known.named(tokenOf(), desk, NOW)
    for (const caller of [
      { ...desk, system: 'gateway' },
      { ...desk, agency: '11441800QY00003010' },
      { kind: 'operator', name: 'admin' } as const,
    ])
      await expect(known.named(tokenOf(), caller, NOW)).rejects.toMatchObject(invalid)
  })

  test('of a key that is retired meanwhile, or is another agency’s, is refused', async () => {
    let retiredAt = undefined as number | undefined
    const known = officers(() => ({ retiredAt }))
    await known.named(tokenOf(), desk, NOW)
    retiredAt = NOW
    await expect(known.named(tokenOf(), desk, NOW)).rejects.toMatchObject(invalid)
    const others = officers(() => ({ agency: '11441800QY00003010' }))
    await expect(others.named(tokenOf(), desk, NOW)).rejects.toMatchObject(invalid)
  })

  test('with any character changed is another one, and refused', async () => {
    const known = officers()
    const token = tokenOf()
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      const changed = token.slice(0, at) + other + token.slice(at + 1)
      await expect(known.named(changed, desk, NOW), `${at}`).rejects.toMatchObject(invalid)
    }
    for (const more of ['.', '=', '.x', ' '])
      await expect(known.named(token + more, desk, NOW)).rejects.toMatchObject(invalid)
    await expect(known.named('A'.repeat(5_000), desk, NOW)).rejects.toMatchObject(invalid)
    await expect(known.named('', desk, NOW)).rejects.toMatchObject(invalid)
  })
})
