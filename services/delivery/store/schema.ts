// Delivery's own tables. They are finger-posts into the record, and own copies of what the directory
// told; the record's tables come from the dossier.
import type { Database } from '../../../shared/database/database.js'
import type { SigningKeyTable } from '../../../shared/copies/signing-keys.js'
import type { DossierTables } from '../../../shared/dossier/tables.js'
import type { HookKind } from '../notification/hooks.js'
import type { LetterKind } from '../letter/letter-kind.js'

/** `arrived`: received, numbered. `undelivered`: waits for a mailbox. `dropped`: withdrawn while it waited. */
export type LetterState = 'arrived' | 'undelivered' | 'dropped'

export type LetterRow = {
  letter_id: string
  recipient: string
  number: number | null
  mailbox_version: number
  kind: LetterKind
  release_id: string
  consultation_id: string | null
  version: number
  sender: string
  document_number: string | null
  posted_by: string
  content: string
  state: LetterState
  received_at: number | null
  signed_at: number | null
  withdrawn_at: number | null
}

export type DeliveryTables = DossierTables &
  SigningKeyTable & {
    letter: LetterRow
    /** Who signed for a letter, with the salt of the digest that the event holds: apart, so that it can be destroyed. */
    signature: { letter_id: string; salt: Uint8Array; signed_by: string }
    /** Where agencies receive letters. `heard`: the version announced; `held`: the version that this copy is of. */
    agency_mailbox: {
      agency: string
      heard: number
      held: number
      address: string | null
      designated_at: number | null
    }
    revoked_credential: { fingerprint: string; heard_at: number }
    notification_hook: {
      hook_id: string
      agency: string
      kind: HookKind
      set_at: number
      removed_at: number | null
      failures: number
    }
    /** Where a hook goes, and its secret (empty for e-mail): apart, and never given out. */
    notification_target: { hook_id: string; address: string; secret: string }
    notification: {
      notification_id: string
      agency: string
      hook_id: string
      letter_id: string
      /** Number of the letter in the mailbox. */
      number: number
      state: 'waiting' | 'delivered' | 'given-up'
      attempts: number
      next_at: number
      ended_at: number | null
      last_failure: string
    }
    page_secret: { id: number; secret: Uint8Array }
  }

export type DeliveryDatabase = Database<DeliveryTables>
