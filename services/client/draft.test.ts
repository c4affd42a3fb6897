// The client computes a draft's digest itself: the same as proto/digest-vectors.json says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { draftDigest, type DraftParts } from './draft.js'

type Vector = { name: string; value: DraftParts & { form: string }; sha256: string }
const file = new URL('../../proto/digest-vectors.json', import.meta.url)
const { forms } = JSON.parse(readFileSync(file, 'utf8')) as { forms: Vector[] }
const drafts = forms.filter(({ value }) => value.form === 'huiqian-draft-1')

test('there are drafts among the vectors', () => expect(drafts.length).toBeGreaterThan(2))

test.each(drafts)('$name', ({ value, sha256 }) => {
  expect(draftDigest(value)).toBe(sha256)
  expect(draftDigest({ ...value, title: `${value.title} ` })).not.toBe(sha256)
})
