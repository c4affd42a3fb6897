// The words of a dispute in the exact bytes that digests cover (proto/DIGESTS.md). Pure.
import { sealForm, unsealForm, type Sealed } from '../../../shared/dossier/form.js'

export type { Sealed } from '../../../shared/dossier/form.js'

export type FileForm = { readonly digest: string; readonly name: string; readonly size: number }

/** A draft, as coordination digests it. */
export type DraftForm = {
  readonly form: 'huiqian-draft-1'
  readonly title: string
  readonly text: string
  readonly attachments: readonly FileForm[]
}

/** The file of a dispute, as it was read of coordination. */
export type DisputeForm = {
  readonly form: 'huiqian-dispute-1'
  readonly dispute: string
  readonly draft: Omit<DraftForm, 'form'>
  readonly article: { readonly id: string; readonly citation: string; readonly text: string }
  readonly candidates: readonly {
    readonly kind: string
    readonly agency: string
    readonly zh: string
    readonly en: string
  }[]
  readonly parties: readonly {
    readonly agency: string
    readonly reasons: string
    readonly legalBasis: string
    readonly proposedWording: string
  }[]
  readonly rounds: readonly {
    readonly positions: readonly { readonly agency: string; readonly position: string }[]
    readonly summary: string
  }[]
  readonly summary: string
  readonly mainDispute: string
  readonly legalBasis: string
  readonly signatory: string
}

/** A written view of a body. */
export type ViewForm = {
  readonly form: 'huiqian-view-1'
  readonly coReview: string
  readonly advice: string
  readonly view: string
  readonly signatory: string
}

/** A ruling, as it was issued. */
export type RulingForm = {
  readonly form: 'huiqian-ruling-1'
  readonly dispute: string
  /** Digest of the draft that was in dispute. */
  readonly draft: string
  readonly disposition: string
  readonly grounds: string
  readonly legalBasis: string
  readonly dissents: readonly { readonly agency: string; readonly words: string }[]
  /** The text that may be released, where changes are ruled; empty otherwise. */
  readonly changed: Omit<DraftForm, 'form'>
  readonly signatory: string
}

/** Short words that belong to an act: why it was redirected, returned, handed up, why a body is asked. */
export type WordsForm = {
  readonly form: 'huiqian-words-1'
  readonly about: string
  readonly words: readonly string[]
}

export type Form = DraftForm | DisputeForm | ViewForm | RulingForm | WordsForm

/** Canonical bytes and digest of a form. */
export const seal = (form: Form): Sealed => sealForm(form)

/** A form back from its bytes. */
export const unseal = <F extends Form>(bytes: Uint8Array): F => unsealForm<F>(bytes)
