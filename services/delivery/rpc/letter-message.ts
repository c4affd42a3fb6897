// Letters between the wire and the record.
import { createHash } from 'node:crypto'
import {
  Letter,
  LetterKind as WireKind,
  type MailboxEntry,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  creditCodeField,
  DOCUMENT_NUMBER_BYTES_MAX,
  enumField,
  textField,
  uuidField,
} from '../../../shared/rpc/fields.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { LETTER_KINDS } from '../letter/letter-kind.js'
import type { PostedLetter } from '../posting.js'
import type { ListedLetter } from '../store/mailbox-page.js'

const ID = { maxBytes: 64, oneLine: true }
const OPTIONAL_ID = { ...ID, required: false }
const DOCUMENT_NUMBER = { maxBytes: DOCUMENT_NUMBER_BYTES_MAX, oneLine: true, required: false }
const LETTER_BYTES_MAX = 1_000_000 // so that it fits into an answer of 1 MiB with its entry

/** A posted letter, or the refusal of one that cannot be taken. */
export function postedLetterOf(letter: Letter, postedBy: string): PostedLetter {
  const { version } = letter
  const letterId = uuidField(letter.letterId, 'letter_id')
  const kind = LETTER_KINDS[enumField(letter.kind, 'kind', WireKind) - 1]
  if (kind === undefined) throw new Error(`letter kind ${letter.kind} has no word in the record`)
  const releaseId = textField(letter.releaseId, 'release_id', ID)
  const consultationId = textField(letter.consultationId, 'consultation_id', OPTIONAL_ID)
  const documentNumber = textField(letter.documentNumber, 'document_number', DOCUMENT_NUMBER)
  const sender = creditCodeField(letter.sender, 'sender')
  const recipient = creditCodeField(letter.recipient, 'recipient')
  const bytes = Letter.encode(letter).finish()
  const length = bytes.length
  if (length > LETTER_BYTES_MAX)
    throw new Refusal('malformed', 'FIELD_TOO_LONG', 'house/letter', {
      ...{ field: 'letter', length, limit: LETTER_BYTES_MAX },
    })
  const content = createHash('sha256').update(bytes).digest('hex')
  const optional = {
    ...(consultationId !== '' && { consultationId }),
    ...(documentNumber !== '' && { documentNumber }),
  }
  const facts = { letterId, kind, releaseId, ...optional, version, sender, postedBy, content }
  return { recipient, facts, bytes }
}

/** A letter as its mailbox lists it. */
export function entryOf(row: ListedLetter): MailboxEntry {
  return {
    number: row.number ?? 0,
    letterId: row.letter_id,
    kind: LETTER_KINDS.indexOf(row.kind) + 1,
    releaseId: row.release_id,
    consultationId: row.consultation_id ?? '',
    version: row.version,
    sender: row.sender,
    documentNumber: row.document_number ?? '',
    receivedAt: row.received_at === null ? undefined : timestampOf(row.received_at),
    signedAt: row.signed_at === null ? undefined : timestampOf(row.signed_at),
    signedBy: row.signed_by ?? '',
    withdrawnAt: row.withdrawn_at === null ? undefined : timestampOf(row.withdrawn_at),
  }
}
