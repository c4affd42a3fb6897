// The directory's own tables: finger-posts into the record, and what is needed to answer again.
import type { SigningSuite } from '../../../shared/identity/signing-key.js'
import type { Database } from '../../../shared/database/database.js'
import type { DossierTables } from '../../../shared/dossier/tables.js'
import type { Level, Role } from '../agency/agency-record.js'

export type DirectoryTables = DossierTables & {
  agency: {
    credit_code: string
    version: number
    level: Level
    region: string
    /** Name and aliases, a line each, in lower case: for searching. */
    names: string
    /** The record as JSON. */
    body: string
  }
  agency_role: { credit_code: string; role: Role; level: Level; region: string }
  /** Counts every change of agencies: what was decided upon an older directory is decided again. */
  agency_edition: { id: number; edition: number }
  import_answer: { caller: string; request_id: string; answer: string }
  credential: {
    fingerprint: string
    uri: string
    registered_at: number | null
    revoked_at: number | null
    revocation_reason: string
    revoked_by: string | null
    proposed_by: string | null
    proposed_at: number | null
  }
  enrolment: {
    enrolment_id: string
    uri: string
    /** PKCS #10, DER. */
    request: Uint8Array | null
    requested_by: string
    requested_at: number
    approved_by: string
    approved_at: number | null
    rejected_by: string
    rejected_at: number | null
    fingerprint: string
    /** PEM; empty: issued elsewhere, or not yet. */
    certificate: string
  }
  signing_key: {
    key_id: string
    agency: string
    suite: SigningSuite
    public_key: string
    required: number
    proposed_by: string
    registered_by: string
    registered_at: number | null
    retired_at: number | null
  }
  secret: { name: string; value: Uint8Array }
}

export type DirectoryDatabase = Database<DirectoryTables>
