import { expect, test } from 'vitest'
import { documented } from '../../../tests/contracts/documents-page.js'
import type { ListedLetter } from '../store/mailbox-page.js'
import { HEALTH, START, WATER } from '../service.fixture.js'
import { receiptFields } from './document-of-receipt.js'

test('a receipt has the record that the page of documents names, whole even where the content is gone', () => {
  const row = {
    ...{ letter_id: 'l1', recipient: HEALTH, sender: WATER, number: 3, content: 'ab' },
    ...{ document_number: '清水征〔2026〕1号', received_at: START, signed_at: START },
    ...{ signed_by: '王五', withdrawn_at: START },
  } as ListedLetter
  const fields = receiptFields(row, undefined)
  const known = documented.get('DOCUMENT_OF_RECEIPT') ?? []
  expect(fields.map(({ name, label }) => ({ name, label }))).toEqual(
    known.map(({ name, label }) => ({ name, label })),
  )
  const bare = {
    ...row,
    document_number: null,
    signed_at: null,
    signed_by: null,
    withdrawn_at: null,
  }
  expect(receiptFields(bare, undefined).map(({ name }) => name)).toEqual(
    known.filter(({ always }) => always).map(({ name }) => name),
  )
})
