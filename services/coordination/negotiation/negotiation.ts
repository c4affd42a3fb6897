// The disagreement on the present version (协商, 协调 art. 6 para 3): what is on record of it, and how it
// folds. Rounds of a version that was superseded stay in the dossier's events. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { AddresseeKind } from '../pack/pack.js'

/** 会商 or 书面答复: a written answer of the releasing agency to an objection is a round. */
export type RoundKind = 'meeting' | 'written_answer'

/** A round on record; its words lie in the content store. */
export type Round = {
  readonly id: Id<'round'>
  /** 1 for the first round of the version. */
  readonly ordinal: number
  readonly kind: RoundKind
  readonly heldAt: Instant
  readonly recordedAt: Instant
  readonly participants: readonly Id<'agency'>[]
  readonly digest: string
}

/** To whom a disagreement goes by itself, and when. */
export type StandingInstruction = {
  readonly to: AddresseeKind
  readonly afterWorkingDays: number
}

/** An objecting agency's request that the dispute be escalated. */
export type EscalationRequest = {
  readonly consultationId: string
  readonly agency: Id<'agency'>
  readonly requestedAt: Instant
  readonly reasonDigest: string
}

export type Negotiation = {
  /** Since when it is open, or was last. */
  readonly openedAt?: Instant
  /** Since when the standing instruction counts: the opening, or the return by a coordinator. */
  readonly since?: Instant
  readonly rounds: readonly Round[]
  /** How many of the rounds do not count: they were held before it was opened again or returned. */
  readonly past: number
  /** Rounds held before this instant do not count either: the coordinator wants new ones. */
  readonly roundsFrom?: Instant
  readonly failed?: { readonly at: Instant; readonly digest: string }
  readonly requests: readonly EscalationRequest[]
}

export const noNegotiation: Negotiation = { rounds: [], past: 0, requests: [] }

export type NegotiationEvent =
  | {
      readonly type: 'NegotiationOpened'
      readonly version: number
      /** Whose objection opened it; empty where it was a co-producer's contradiction. */
      readonly consultationId: string
      readonly confirmationId?: Id<'confirmation'>
      readonly openedAt: Instant
    }
  | {
      readonly type: 'NegotiationEnded'
      readonly version: number
      readonly cause: 'objections-withdrawn' | 'draft-revised' | 'ruled'
    }
  | {
      readonly type: 'NegotiationRecorded'
      readonly roundId: Id<'round'>
      readonly version: number
      readonly ordinal: number
      readonly kind: RoundKind
      readonly heldAt: Instant
      readonly recordedAt: Instant
      readonly participants: readonly Id<'agency'>[]
      readonly roundDigest: string
    }
  | {
      readonly type: 'StandingInstructionSet'
      readonly to: AddresseeKind
      readonly afterWorkingDays: number
      readonly setAt: Instant
    }
  | {
      readonly type: 'EscalationRequested'
      readonly consultationId: string
      readonly agency: Id<'agency'>
      readonly requestedAt: Instant
      readonly reasonDigest: string
    }
  | {
      readonly type: 'NegotiationFailed'
      readonly version: number
      readonly declaredAt: Instant
      /** Digest of how it went, what is mainly in dispute, and the legal basis. */
      readonly summaryDigest: string
    }

/** What of these happens to the negotiation itself; the standing instruction belongs to the release. */
export function evolveNegotiation(
  state: Negotiation,
  event: Exclude<NegotiationEvent, { type: 'StandingInstructionSet' }>,
): Negotiation {
  switch (event.type) {
    case 'NegotiationOpened': {
      const { failed: _failed, ...rest } = state
      const { openedAt } = event
      return { ...rest, openedAt, since: openedAt, past: state.rounds.length, requests: [] }
    }
    case 'NegotiationEnded':
      return state
    case 'NegotiationRecorded': {
      const { roundId: id, ordinal, kind, heldAt, recordedAt, participants } = event
      const digest = event.roundDigest
      const round = { id, ordinal, kind, heldAt, recordedAt, participants, digest }
      return { ...state, rounds: [...state.rounds, round] }
    }
    case 'EscalationRequested': {
      const { type: _type, ...request } = event
      return { ...state, requests: [...state.requests, request] }
    }
    case 'NegotiationFailed':
      return { ...state, failed: { at: event.declaredAt, digest: event.summaryDigest } }
  }
}

/** A coordinator gave it back: new rounds are needed, and the standing instruction's time starts anew. */
export function givenBack(state: Negotiation, at: Instant): Negotiation {
  const { failed: _failed, ...rest } = state
  return { ...rest, since: at, past: state.rounds.length, roundsFrom: at, requests: [] }
}

/** The rounds that let a dispute be filed. */
export const countingRounds = ({ rounds, past, roundsFrom = 0 }: Negotiation): Round[] =>
  rounds.slice(past).filter(({ heldAt }) => heldAt >= roundsFrom)
