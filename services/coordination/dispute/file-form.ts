// The file of a dispute as it stood when it was filed (proto/DIGESTS.md): sealed with the filing, so that it
// answers the same for ever, whatever the release becomes. Pure.
import type { AddresseeKind } from '../pack/pack.js'
import type { RoundKind } from '../negotiation/negotiation.js'
import type { Position } from './dispute.js'

/** A round of negotiation, in its words. */
export type RoundForm = {
  readonly form: 'huiqian-round-1'
  readonly release: string
  readonly version: number
  readonly kind: RoundKind
  /** UTC milliseconds. */
  readonly heldAt: number
  readonly positions: readonly { agency: string; position: string }[]
  readonly summary: string
}

type Reasoned = { readonly reasonZh: string; readonly reasonEn: string }

export type DisputeFileForm = {
  readonly form: 'huiqian-dispute-file-1'
  readonly dispute: string
  readonly release: string
  readonly version: number
  readonly draft: string
  readonly title: string
  readonly text: string
  readonly attachments: readonly { digest: string; name: string; size: number }[]
  readonly releasingAgency: string
  readonly policyPack: string
  readonly article: { readonly id: string; readonly citation: string; readonly text: string }
  readonly parties: readonly {
    readonly agency: string
    /** Empty where it is a co-producer. */
    readonly consultation: string
    readonly position: Position
    readonly reasons: string
    readonly legalBasis: string
    readonly proposedWording: string
    readonly documentNumber: string
    readonly signatory: string
    readonly claims: readonly string[]
  }[]
  readonly candidates: readonly ({
    readonly kind: AddresseeKind
    /** Empty: there is none. */
    readonly agency: string
  } & Reasoned)[]
  readonly to: AddresseeKind
  readonly coordinator: string
  readonly onStandingInstruction: boolean
  readonly reviewBodies: readonly ({
    readonly role: string
    /** Empty: the level lacks it. */
    readonly agency: string
    readonly party: boolean
  } & Reasoned)[]
  readonly rounds: readonly {
    readonly round: string
    readonly ordinal: number
    readonly kind: RoundKind
    readonly heldAt: number
    readonly recordedAt: number
    readonly positions: readonly { agency: string; position: string }[]
    readonly summary: string
    readonly digest: string
  }[]
  readonly summary: string
  readonly mainDispute: string
  readonly legalBasis: string
  readonly documentNumber: string
  readonly signatory: string
  readonly filedAt: number
  readonly coReviewRequired: boolean
  readonly consulted: readonly string[]
  readonly remindEveryWorkingDays: number
}
