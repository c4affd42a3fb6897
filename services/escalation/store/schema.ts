// The finger-post tables of escalation: they point into the record and can be rebuilt from it, but for
// copies of what the directory owns.
import type { CopyTables } from '../../../shared/copies/copies.js'
import type { SigningKeyTable } from '../../../shared/copies/signing-keys.js'
import type { DossierTables } from '../../../shared/dossier/dossier.js'

export type Schema = DossierTables &
  CopyTables &
  SigningKeyTable & {
    /** One row a dispute, for lists and for what is due. */
    dispute: {
      dispute_id: string
      release_id: string
      status: string
      /** 1 while its coordinator still has to decide. */
      open: number
      /** When somebody is to be reminded next; null: nobody waits. */
      remind_at: number | null
    }
    /** Who has a part in a dispute. */
    dispute_part: { agency: string; dispute_id: string; filed_at: number; part: string }
    /** Which dispute a view belongs to. */
    co_review: { co_review_id: string; dispute_id: string }
    /** Letters that are written and not posted yet. */
    letter_to_post: {
      letter_id: string
      dispute_id: string
      kind: string
      sender: string
      recipient: string
      /** Which one of its kind: the act it tells of, the view it asks for. */
      subject: string
      /** Not before this instant: after a refusal it waits. */
      not_before: number
      queued_at: number
    }
    /** Releases whose content is to be destroyed here as well. */
    content_to_destroy: { release_id: string; since: number }
    /** The secret that signs page tokens. */
    page_secret: { id: number; secret: Uint8Array }
  }
