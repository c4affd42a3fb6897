// The digests as they are promised to everybody: proto/digest-vectors.json, whose numbers another
// language computed (tests/clients/python/digests.py does it again).
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../shared/dossier/canonical.js'
import { CHAIN_BEGIN, chained, committed } from '../../../shared/dossier/sealing.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { textField } from '../../../shared/rpc/fields.js'
import { seal, unseal, type Form } from './canonical-forms.js'

type Vector = { name: string; value: unknown; canonical: string; bytes: string; sha256: string }
type Vectors = {
  forms: (Vector & { value: Form })[]
  canonical: Vector[]
  attachments: { name: string; bytes: string; sha256: string }[]
  commitments: { name: string; salt: string; event: unknown; sha256: string }[]
  feed: { sequence: number; announcement: string; hashed: string; chain: string }[]
  refused: { name: string; text: string; fault: string }[]
  packs: { pack: string; file: string; sha256: string }[]
}
const root = new URL('../../../', import.meta.url)
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const vectors = read('proto/digest-vectors.json') as Vectors
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Buffer => Buffer.from(text, 'hex')
const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

describe('the digest of a form', () => {
  test('has a vector for every kind of form', () => {
    const kinds = new Set(vectors.forms.map(({ value }) => value.form))
    expect([...kinds].sort()).toEqual([
      'huiqian-draft-1',
      'huiqian-judgement-1',
      'huiqian-opinion-1',
      'huiqian-secrecy-review-1',
      'huiqian-words-1',
    ])
  })
  test.each(vectors.forms)('covers the bytes that are shown: $name', (vector) => {
    const sealed = seal(vector.value)
    expect(Buffer.from(sealed.bytes).toString('utf8')).toBe(vector.canonical)
    expect(hex(sealed.bytes)).toBe(vector.bytes)
    expect(sealed.digest).toBe(vector.sha256)
    expect(unseal(sealed.bytes)).toEqual(vector.value)
  })
  test.each(vectors.forms)('is another for any other word: $name', ({ value, sha256: digest }) => {
    for (const [key, before] of Object.entries(value)) {
      const after: unknown = typeof before === 'string' ? `${before} ` : [...(before as []), 'x']
      expect(seal({ ...value, [key]: after }).digest).not.toBe(digest)
    }
  })
  test('does not hang on the order in which a form was put together', () => {
    for (const { value, sha256: digest } of vectors.forms) {
      const turned = Object.fromEntries(Object.entries(value).reverse()) as unknown as Form
      expect(seal(turned).digest).toBe(digest)
    }
  })
})

describe('the canonical form', () => {
  test.each(vectors.canonical)('$name', (vector) => {
    expect(canonical(vector.value)).toBe(vector.canonical)
    expect(sha256(canonical(vector.value))).toBe(vector.sha256)
  })
  test.each(vectors.refused)('is never asked of a text that is $fault: $name', ({ text }) => {
    const taken = () => textField(text, 'text', { maxBytes: 1_000 })
    expect(taken).toThrow(Refusal)
    expect(taken).toThrow('TEXT_NOT_NFC')
  })
})

describe('the record', () => {
  test.each(vectors.commitments)('commits to an event with its salt: $name', (vector) => {
    const { commitment } = committed(vector.event, bytes(vector.salt))
    expect(hex(commitment)).toBe(vector.sha256)
  })
  test('chains its feed as it is shown, and no entry can be exchanged', () => {
    let before = CHAIN_BEGIN
    for (const { sequence, announcement, hashed, chain } of vectors.feed) {
      expect(hex(chained(before, sequence, bytes(announcement)))).toBe(chain)
      expect(sha256(bytes(hashed))).toBe(chain)
      expect(hex(chained(before, sequence + 1, bytes(announcement)))).not.toBe(chain)
      before = bytes(chain)
    }
  })
})

test('an attachment is its bytes', () => {
  for (const { bytes: content, sha256: digest } of vectors.attachments)
    expect(sha256(bytes(content))).toBe(digest)
})

test('a policy pack is its file, in canonical form', () => {
  for (const { file, sha256: digest } of vectors.packs)
    expect(sha256(canonical(read(file)))).toBe(digest)
})
