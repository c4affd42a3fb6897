// The finger-post tables of coordination: they point into the record and can be rebuilt from it, but
// for uploads, which live here until a release names them, and copies of what the directory owns.
import type { SigningKeyTable } from '../../../shared/copies/signing-keys.js'
import type { DossierTables } from '../../../shared/dossier/dossier.js'

export type Schema = DossierTables &
  SigningKeyTable & {
    /** One row a release, for lists. */
    release: {
      release_id: string
      releasing_agency: string
      status: string
      submitted_at: number
      version: number
    }
    /** One row a consultation, for lists and for what is due. */
    consultation: {
      consultation_id: string
      release_id: string
      agency: string
      version: number
      status: string
      /** The deadline on record; null before receipt. */
      deadline_at: number | null
      /** When silence may have its effect; null where it cannot. */
      due_at: number | null
      /** When the next reminder is due; null for none. */
      remind_at: number | null
      /** 1 where a deadline is running that is not firm: it waits for a notice. */
      unfirm: number
      /** When it was asked, while it waits for a verdict in a release that goes on; null: it does not. */
      open_since: number | null
    }
    /** One row a confirmation of a joint release: whose release it is, and when to remind. */
    confirmation: {
      confirmation_id: string
      release_id: string
      /** When the next reminder is due; null for none. */
      remind_at: number | null
    }
    /** Under which titles a release is known, as keyed digests: for who knows a release by its title alone. */
    release_title: { release_id: string; title_key: string }
    /** Bodies asked for their views of a dispute, as escalation tells it. */
    review_body: { release_id: string; agency: string; dispute_id: string }
    /** What agencies said of releases that they need not know (affected too, unauthorised), not yet passed on. */
    statement_to_pass: { statement_id: string; received_at: number }
    /** What waits for somebody, beside consultations: for the competent authority. */
    matter: {
      matter_id: string
      /** `open_negotiation`, `confirmation_awaited`, `cleared_unpublished`, `unauthorised_release` … */
      kind: string
      /** The agency by whose level and region it is organised: the releasing one; the objecting one where the release is unknown. */
      of_agency: string
      /** Empty where it is unknown. */
      release_id: string
      subject: string
      /** The agency that it hangs on. */
      agency: string
      since: number
    }
    /** Releases with a breach on record. */
    breach: { release_id: string; releasing_agency: string; recorded_at: number }
    /** One row a negotiation that is open and with no coordinator. */
    negotiation: {
      release_id: string
      releasing_agency: string
      /** Since when the standing instruction counts. */
      since: number
      /** Working days of the agency's own instruction; 0: the pack's default. */
      days: number
      /** 1 where a round is on record: only then may it be filed. */
      ready: number
      /** Revision of the calendar that said when it falls due; 0: none yet. */
      computed_by: number
      /** When it is filed, or tried again; null: not computed, or the calendar has no such year. */
      try_at: number | null
    }
    /** Which release a dispute is about. */
    dispute: { dispute_id: string; release_id: string }
    /** Jobs that moved deadlines, as their state. */
    recomputation: { revision: number; finished_at: number | null; body: string }
    /** Letters that are written and not posted yet. */
    letter_to_post: {
      letter_id: string
      release_id: string
      consultation_id: string
      kind: string
      recipient: string
      /** Which one of its kind: the ordinal of a reminder, the id of a remark. */
      subject: string
      /** Not before this instant: after a refusal it waits. */
      not_before: number
      queued_at: number
    }
    /** Letters whose consultation has ended, and that are not withdrawn at delivery yet. */
    letter_to_withdraw: {
      letter_id: string
      /** Not before this instant: what delivery does not have yet is asked for again. */
      not_before: number
      queued_at: number
    }
    /** Releases whose letters delivery is still to destroy. */
    content_to_destroy: { release_id: string; since: number }
    /** Own copy of the directory's agencies. */
    agency: { code: string; body: string }
    /** Own copy of the calendar's revisions. */
    calendar_revision: { number: number; recorded_at: number; body: string }
    /** Certificates that are refused. */
    revoked: { fingerprint: string }
    /** Policy packs that were ever used, by `<id>@<version>`. */
    pack: { name: string; digest: string; body: string }
    /** Files that agencies uploaded. */
    attachment: {
      digest: string
      uploader: string
      /** Sealed, in base64; in clear where `name_key` is null. */
      name: string
      name_key: string | null
      /** Whose keys seal it: the upload that it came with, or the first of several. */
      owner: string | null
      size: number
      complete: number
      /** When it is thrown away unless a release names it; null: kept. */
      expires_at: number | null
    }
    /** The secret that signs page tokens. */
    page_secret: { id: number; secret: Uint8Array }
    attachment_chunk: {
      digest: string
      uploader: string
      ordinal: number
      /** Sealed with a key of `owner`; in clear where none is named. */
      bytes: Uint8Array
      owner: string | null
      key_id: string | null
    }
    /** Which releases name a file. */
    attachment_use: { release_id: string; digest: string; uploader: string }
  }
