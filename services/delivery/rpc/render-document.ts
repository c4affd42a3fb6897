// A letter of the caller's mailbox, or its receipt, on paper: HTML or PDF, in pieces. Whoever sees a
// letter in this way has read it, and that goes on record before the first piece leaves.
import {
  DocumentFormat,
  DocumentOf,
  Letter,
  type RenderDocumentRequest,
  type RenderDocumentResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { htmlOf } from '../../../shared/official-document/official-document.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { enumField } from '../../../shared/rpc/fields.js'
import { serverStream } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import type { ListedLetter } from '../store/mailbox-page.js'
import { documentOfLetter } from './document-of-letter.js'
import { documentOfReceipt } from './document-of-receipt.js'
import { recordReading } from './reading.js'
import { mailboxOf, notFound } from './relation.js'

const CHUNK_BYTES = 256 * 1024

export const renderDocument = (
  delivery: Pick<Delivery, 'clock' | 'letters' | 'letterContent' | 'letterOfMailbox' | 'printer'>,
) =>
  serverStream<RenderDocumentRequest, RenderDocumentResponse>(async function* (request, context) {
    const { letterId } = request
    const format = enumField(request.format, 'format', DocumentFormat)
    const of = enumField(request.document, 'document', DocumentOf, { optional: true })
    const row = await delivery.letterOfMailbox(mailboxOf(context), letterId)
    if (row === undefined) throw notFound()
    const content = await delivery.letterContent.bytes(row.release_id, row.content)
    const letter = content && Letter.decode(content)
    const isReceipt = of === DocumentOf.RECEIPT
    const document = isReceipt ? documentOfReceipt(row, letter) : documentOf(row, letter)
    const bytes =
      format === DocumentFormat.PDF
        ? await delivery.printer.print(document)
        : Buffer.from(htmlOf(document), 'utf8')
    if (!isReceipt) await recordReading(delivery, row, context.caller)
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
      yield { chunk: Buffer.from(bytes.subarray(at, at + CHUNK_BYTES)) }
  })

function documentOf(row: ListedLetter, letter: Letter | undefined) {
  if (letter === undefined)
    throw new Refusal('out-of-order', 'DOCUMENT_DESTROYED', 'house/documents')
  return documentOfLetter(letter, { digest: row.content, arrivedAt: row.received_at ?? 0 })
}
