// A dispute (协调事项, 协调 art. 6 para 3) as coordination knows it: filed with a coordinator, which is with
// escalation, and ended by its ruling, a new version, a withdrawal or an agreement. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { AddresseeKind } from '../pack/pack.js'

/** What a coordinator decides (处理意见). */
export type Disposition =
  'release' | 'release_with_changes' | 'do_not_release' | 'back_to_negotiation'

/** What a party holds against the release. */
export type Position = 'objection' | 'consent_with_changes' | 'contradiction'

/** Who disagrees with the present version. */
export type Party = {
  readonly agency: Id<'agency'>
  /** Its consultation, or its confirmation where it is a co-producer. */
  readonly consultationId: string
  readonly position: Position
}

export type DisputeStanding = 'filed' | 'accepted' | 'returned' | 'ruled' | 'ended'

export type Ruling = {
  readonly id: Id<'ruling'>
  readonly disposition: Disposition
  /** The text that may be released; empty: none. */
  readonly draftDigest: string
  readonly at: Instant
  readonly digest: string
}

export type Dispute = {
  readonly id: Id<'dispute'>
  readonly version: number
  /** Digest of the version in dispute. */
  readonly draftDigest: string
  readonly to: AddresseeKind
  readonly coordinator: Id<'agency'>
  /** True where it was handed up: its coordinator is none of the candidates. */
  readonly handedUp?: boolean
  readonly onStandingInstruction: boolean
  readonly documentNumber: string
  readonly filedAt: Instant
  readonly fileDigest: string
  readonly parties: readonly Party[]
  readonly standing: DisputeStanding
  readonly ruling?: Ruling
}

export type DisputeEvent =
  | {
      readonly type: 'DisputeFiled'
      readonly disputeId: Id<'dispute'>
      readonly version: number
      readonly draftDigest: string
      readonly filedAt: Instant
      readonly to: AddresseeKind
      readonly coordinator: Id<'agency'>
      /** Every candidate as the directory stood; the reasons are in the file. */
      readonly candidates: readonly { readonly kind: AddresseeKind; readonly agency: string }[]
      readonly onStandingInstruction: boolean
      readonly documentNumber: string
      readonly numberFrom: 'agency' | 'allotted'
      readonly parties: readonly Party[]
      /** Digest of the file as it was sealed (proto/DIGESTS.md). */
      readonly fileDigest: string
    }
  | {
      readonly type: 'DisputeAccepted'
      readonly disputeId: Id<'dispute'>
      readonly coordinator: Id<'agency'>
      readonly acceptedAt: Instant
    }
  | {
      readonly type: 'DisputeReassigned'
      readonly disputeId: Id<'dispute'>
      readonly coordinator: Id<'agency'>
      /** The candidate's kind; absent: it was handed up to none of them. */
      readonly to?: AddresseeKind
    }
  | {
      readonly type: 'DisputeReturned'
      readonly disputeId: Id<'dispute'>
      readonly version: number
      readonly returnedAt: Instant
    }
  | {
      readonly type: 'DisputeEnded'
      readonly disputeId: Id<'dispute'>
      readonly version: number
      readonly cause: 'draft-revised' | 'release-withdrawn' | 'nothing-in-dispute'
      readonly endedAt: Instant
    }
  | {
      readonly type: 'RulingIssued'
      readonly disputeId: Id<'dispute'>
      readonly rulingId: Id<'ruling'>
      readonly version: number
      readonly disposition: Disposition
      readonly draftDigest: string
      readonly coordinator: Id<'agency'>
      readonly ruledAt: Instant
      readonly rulingDigest: string
    }

/** Folds one event into the disputes of a release. */
export function evolveDisputes(state: readonly Dispute[], event: DisputeEvent): readonly Dispute[] {
  if (event.type === 'DisputeFiled') {
    const { type: _type, disputeId: id, candidates: _told, numberFrom: _from, ...rest } = event
    return [...state, { ...rest, id, standing: 'filed' }]
  }
  return state.map((dispute) => (dispute.id === event.disputeId ? become(dispute, event) : dispute))
}

function become(dispute: Dispute, event: Exclude<DisputeEvent, { type: 'DisputeFiled' }>): Dispute {
  switch (event.type) {
    case 'DisputeAccepted':
      return { ...dispute, standing: 'accepted', coordinator: event.coordinator }
    case 'DisputeReassigned': {
      const { handedUp: _before, ...rest } = dispute
      const { coordinator, to } = event
      const there = { ...rest, standing: 'filed' as const, coordinator } // whom it came to has to accept it
      return to === undefined ? { ...there, handedUp: true } : { ...there, to }
    }
    case 'DisputeReturned':
      return { ...dispute, standing: 'returned' }
    case 'DisputeEnded':
      return { ...dispute, standing: 'ended' }
    case 'RulingIssued': {
      const { rulingId: id, disposition, draftDigest, ruledAt: at, rulingDigest: digest } = event
      return {
        ...dispute,
        coordinator: event.coordinator,
        standing: disposition === 'back_to_negotiation' ? 'returned' : 'ruled',
        ruling: { id, disposition, draftDigest, at, digest },
      }
    }
  }
}

/** What the questions below need to know of a release. */
export type Disputed = {
  readonly disputes: readonly Dispute[]
  readonly version: number
  readonly draftDigest: string
}

export const isOpen = ({ standing }: Dispute): boolean =>
  standing === 'filed' || standing === 'accepted'

/** The dispute on the present version that is with a coordinator. */
export const openDispute = ({ disputes, version }: Disputed): Dispute | undefined =>
  disputes.find((dispute) => dispute.version === version && isOpen(dispute))

/** The dispute of the present version that was ruled on and to which the agency was a party: it has been heard, and is heard no more. */
export const ruledOn = (
  { disputes, version }: Pick<Disputed, 'disputes' | 'version'>,
  agency: string,
): Dispute | undefined =>
  disputes.find(
    (dispute) =>
      dispute.version === version &&
      dispute.standing === 'ruled' &&
      isOnItsText(dispute) &&
      dispute.parties.some((party) => party.agency === agency),
  )

// A ruling that would release another text than was in dispute settles nothing, nor do changes that change nothing.
const isOnItsText = ({ draftDigest, ruling }: Dispute): boolean => {
  if (ruling?.disposition === 'release') return ruling.draftDigest === draftDigest
  return ruling?.disposition !== 'release_with_changes' || ruling.draftDigest !== draftDigest
}

/** The ruling that overruled what the agency holds against the present version: settled by ruling, never by consent. */
export function overruledBy(
  state: Pick<Disputed, 'disputes' | 'version'>,
  agency: string,
): Dispute | undefined {
  const dispute = ruledOn(state, agency)
  return dispute?.ruling?.disposition === 'release' ? dispute : undefined
}

/** The ruling by which a version may be released although the agency disagrees: of this text, or of the one before with its changes. */
export function settledByRuling(
  state: Pick<Disputed, 'disputes' | 'version'> & {
    readonly versions: readonly { readonly version: number; readonly byRulingOf?: string }[]
  },
  agency: string,
): Dispute | undefined {
  const carriedOut = state.versions.find(({ version }) => version === state.version)?.byRulingOf
  const before = state.disputes.find(({ id }) => id === carriedOut)
  const wasParty = before?.parties.some((party) => party.agency === agency) === true
  return wasParty ? before : overruledBy(state, agency)
}

/** The dispute whose ruling forbids a text: wholly, or as it stands. Of a text, whatever version carries it. */
export const ruledAgainst = (
  disputes: readonly Dispute[],
  draftDigest: string,
): Dispute | undefined =>
  disputes.find((dispute) => {
    const { disposition, draftDigest: ruled } = dispute.ruling ?? {}
    if (dispute.draftDigest !== draftDigest || ruled === draftDigest) return false
    return disposition === 'do_not_release' || disposition === 'release_with_changes'
  })

/** The dispute of the present version whose ruling lets exactly this other text be released. */
export const ruledText = (
  { disputes, version }: Pick<Disputed, 'disputes' | 'version'>,
  draftDigest: string,
): Dispute | undefined =>
  disputes.find(
    ({ version: of, ruling }) =>
      of === version &&
      ruling?.disposition === 'release_with_changes' &&
      ruling.draftDigest === draftDigest,
  )

/** A new version or a withdrawal ends the open dispute. */
export function disputeEnded(
  state: Disputed,
  cause: 'draft-revised' | 'release-withdrawn',
  endedAt: Instant,
): DisputeEvent[] {
  const dispute = openDispute(state)
  if (dispute === undefined) return []
  const { id: disputeId, version } = dispute
  return [{ type: 'DisputeEnded', disputeId, version, cause, endedAt }]
}
