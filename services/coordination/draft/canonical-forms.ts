// The exact bytes that digests cover: RFC 8785 JSON of a fixed form each, so that anybody can compute
// them (proto/DIGESTS.md has the forms and test vectors). Pure.
import { sealForm, unsealForm, type Sealed } from '../../../shared/dossier/form.js'
import type { DisputeFileForm, RoundForm } from '../dispute/file-form.js'

export type { Sealed } from '../../../shared/dossier/form.js'

/** A draft: what an agency consents to, and nothing else. */
export type DraftForm = {
  readonly form: 'huiqian-draft-1'
  readonly title: string
  readonly text: string
  /** In the order of the submission. */
  readonly attachments: readonly { digest: string; name: string; size: number }[]
}

/** An opinion as it was handed in. */
export type OpinionForm = {
  readonly form: 'huiqian-opinion-1'
  readonly consultation: string
  readonly draft: string
  readonly kind: string
  readonly reasons: string
  readonly legalBasis: string
  readonly proposedWording: string
  readonly askInstead: string
  readonly claims: readonly string[]
  readonly documentNumber: string
  readonly signatory: string
}

/** The releasing agency's judgement on whom the draft affects, with what the letters need beside. */
export type JudgementForm = {
  readonly form: 'huiqian-judgement-1'
  readonly affected: readonly { agency: string; trigger: string; reason: string }[]
  readonly noneAffectedReason: string
  readonly originBasis: string
  readonly contact: string
  readonly signatory: string
}

/** A secrecy review. */
export type SecrecyReviewForm = {
  readonly form: 'huiqian-secrecy-review-1'
  readonly conclusion: 'not_secret'
  readonly reviewer: string
  readonly reviewedOn: string
  readonly recordNumber: string
}

/** Short words that belong to an act: a reason for withdrawal, a decision on a remark, a place of publication. */
export type WordsForm = {
  readonly form: 'huiqian-words-1'
  readonly about: string
  readonly words: readonly string[]
}

export type Form =
  | DraftForm
  | OpinionForm
  | JudgementForm
  | SecrecyReviewForm
  | WordsForm
  | RoundForm
  | DisputeFileForm

/** Canonical bytes and digest of a form. */
export const seal = (form: Form): Sealed => sealForm(form)

/** A form back from its bytes, as `seal` made them. */
export const unseal = <F extends Form>(bytes: Uint8Array): F => unsealForm<F>(bytes)
