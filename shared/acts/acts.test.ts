// A signed act counts for the one call that it is made for: any other, any later, any other agency's is refused.
import { generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { canonical } from '../dossier/canonical.js'
import { Refusal } from '../refusal/refusal.js'
import { actsOf, type Asked } from './acts.js'
import { openSignatures } from './signatures.js'
import { FORM, parseStatement, statementBytes, type ActStatement } from './statement.js'

const signatures = openSignatures()
afterAll(() => signatures.stop())
const NOW = Date.parse('2026-09-28T02:00:00Z')
const WATER = '11441800QY0000054W'
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
const key = {
  ...{ keyId: 'k-1', agency: WATER, suite: 'ed25519', publicKey: raw, required: false },
  ...{ registeredAt: 0, retiredAt: undefined as number | undefined },
}
const acts = (more: Partial<typeof key> = {}) => {
  const opened = actsOf({
    keys: {
      find: (id) => (id === 'k-1' ? { ...key, ...more } : undefined),
      required: (agency) => more.required === true && agency === WATER,
    },
    signatures,
    house: 'huiqian.local',
  })
  return {
    check: async (...given: Parameters<typeof opened.check>) =>
      (await opened.check(...given)).take(),
  }
}
const asked: Asked = {
  ...{ act: 'GiveOpinion', agency: WATER, requestId: 'r-1', admittedAt: NOW },
  subject: { consultation_id: 'c-1', draft_digest: 'd', opinion_digest: 'o' },
}
const statement: ActStatement = {
  ...{ form: FORM, act: 'GiveOpinion', house: 'huiqian.local', agency: WATER, request_id: 'r-1' },
  subject: asked.subject,
  signed_at: '2026-09-28T01:59:00Z',
}
const signed = (
  more: Partial<ActStatement> = {},
  bytes = statementBytes({ ...statement, ...more }),
) => ({
  ...{ keyId: 'k-1', statement: bytes, signature: sign(null, bytes, privateKey) },
})
const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return `${error.reason} ${String(error.params['field'])}`
    throw error
  }
  return 'held'
}

describe('a signed act', () => {
  test('that says what the call says is kept with all that an outsider needs', async () => {
    const held = await acts().check(signed(), asked)
    expect(held?.by.keyId).toBe('k-1')
    expect(JSON.parse(Buffer.from(held!.bytes).toString())).toEqual({
      ...{ form: 'huiqian-signed-act-1', key_id: 'k-1', suite: 'ed25519', public_key: raw },
      ...{ statement: statementBytes(statement).toString() },
      signature: signed().signature.toString('hex'),
    })
  })
  test.each<[string, Partial<ActStatement>]>([
    ['another act', { act: 'ConfirmJointRelease' }],
    ['another house', { house: 'elsewhere' }],
    ['another agency', { agency: '11441800QY00000462' }],
    ['another request', { request_id: 'r-2' }],
    ['another consultation', { subject: { ...statement.subject, consultation_id: 'c-2' } }],
    ['another draft', { subject: { ...statement.subject, draft_digest: 'e' } }],
    ['another opinion', { subject: { ...statement.subject, opinion_digest: 'p' } }],
    ['more than was asked', { subject: { ...statement.subject, more: true } }],
    ['less than was asked', { subject: {} }],
    ['yesterday', { signed_at: '2026-09-27T01:59:59Z' }],
    ['a time to come', { signed_at: '2026-09-28T02:01:01Z' }],
    ['no time', { signed_at: 'now' }],
  ])('made for %s is refused', async (_name, more) => {
    expect(await reasonOf(acts().check(signed(more), asked))).toBe(
      'SIGNATURE_INVALID signed.statement',
    )
  })
  test('is refused where its bytes are no canonical statement, or another’s signature', async () => {
    const spaced = Buffer.from(` ${canonical(statement)}`)
    expect(await reasonOf(acts().check(signed({}, spaced), asked))).toBe(
      'SIGNATURE_INVALID signed.statement',
    )
    const doubled = Buffer.from(canonical(statement).replace('{', '{"act":"SignReceipt",'))
    expect(await reasonOf(acts().check(signed({}, doubled), asked))).toBe(
      'SIGNATURE_INVALID signed.statement',
    )
    const other = { ...signed(), signature: sign(null, Buffer.from('x'), privateKey) }
    expect(await reasonOf(acts().check(other, asked))).toBe('SIGNATURE_INVALID signed.signature')
    expect(parseStatement(Buffer.from('null'))).toBeUndefined()
    expect(parseStatement(Buffer.from([0xff]))).toBeUndefined()
  })
  test.each([
    ['of another agency', { agency: '11441800QY00000462' }],
    ['that was retired', { retiredAt: NOW - 1 }],
    ['of a suite that is not known', { suite: 'rsa' }],
  ])('by a key %s is refused, in the same words', async (_name, more) => {
    const unknown = acts().check({ ...signed(), keyId: 'k-2' }, asked)
    const refusal = (work: Promise<unknown>) => work.catch((error: Refusal) => error.text('en'))
    expect(await refusal(acts(more).check(signed(), asked))).toBe(await refusal(unknown))
    expect(await reasonOf(acts(more).check(signed(), asked))).toBe(
      'SIGNATURE_INVALID signed.key_id',
    )
  })
  test('is not asked for, unless the agency registered a key that requires it', async () => {
    expect(await acts().check(undefined, asked)).toBeUndefined()
    expect(await reasonOf(acts({ required: true }).check(undefined, asked))).toBe(
      'SIGNATURE_REQUIRED signed',
    )
    expect(await reasonOf(acts({ required: true }).check(signed(), asked))).toBe('held')
  })
})
