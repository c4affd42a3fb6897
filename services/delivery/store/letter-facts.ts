// The facts of a letter, read back from its row.
import type { LetterFacts } from '../mailbox/mailbox.js'
import type { LetterRow } from './schema.js'

export function factsOf(row: LetterRow): LetterFacts {
  return {
    letterId: row.letter_id,
    kind: row.kind,
    releaseId: row.release_id,
    ...(row.consultation_id !== null && { consultationId: row.consultation_id }),
    version: row.version,
    sender: row.sender,
    ...(row.document_number !== null && { documentNumber: row.document_number }),
    postedBy: row.posted_by,
    content: row.content,
  }
}
