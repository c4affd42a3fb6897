// Agencies that say they are affected too, or that a reply names as the ones to ask: coordination rules,
// art. 6 para 1. Each is an obstacle until the releasing agency has answered it on record. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'

/** - open: unanswered · consulted: it is asked · declined: it is not, and why */
export type DeclarationStatus = 'open' | 'consulted' | 'declined'

export type Declaration = {
  readonly id: Id<'declaration'>
  readonly agency: Id<'agency'>
  readonly declaredAt: Instant
  /** The agency whose reply named it; absent: it said so itself. */
  readonly namedBy?: Id<'agency'>
  /** Digest of its words: of what it said itself, or of the reply that named it. */
  readonly digest: string
  readonly status: DeclarationStatus
  readonly answerDigest?: string
  readonly answeredAt?: Instant
}

export type DeclarationEvent =
  | {
      readonly type: 'AffectedAgencyDeclared'
      readonly declarationId: Id<'declaration'>
      readonly agency: Id<'agency'>
      readonly declaredAt: Instant
      readonly namedBy?: Id<'agency'>
      readonly digest: string
    }
  | {
      readonly type: 'DeclarationAnswered'
      readonly declarationId: Id<'declaration'>
      readonly version: number
      readonly consulted: boolean
      readonly answerDigest: string
      readonly answeredAt: Instant
      /** Where it is consulted: the judgement with it among the affected. */
      readonly judgementDigest?: string
    }

/** Folds one event into the declarations of a release. */
export function evolveDeclarations(
  state: readonly Declaration[],
  event: DeclarationEvent,
): Declaration[] {
  switch (event.type) {
    case 'AffectedAgencyDeclared': {
      const { type: _type, declarationId, ...rest } = event
      return [...state, { id: declarationId, ...rest, status: 'open' }]
    }
    case 'DeclarationAnswered':
      return state.map((one) =>
        one.id === event.declarationId
          ? {
              ...one,
              status: event.consulted ? ('consulted' as const) : ('declined' as const),
              answerDigest: event.answerDigest,
              answeredAt: event.answeredAt,
            }
          : one,
      )
  }
}

/** Declarations that nobody has answered: they keep the gate shut, and hold what was cleared. */
export const openDeclarations = ({
  declarations,
}: {
  readonly declarations: readonly Declaration[]
}): Declaration[] => declarations.filter(({ status }) => status === 'open')
