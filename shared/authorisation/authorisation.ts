// What one row of the table says: who may make a call at all, what it asks about the caller's relation to
// the case, and in which states of the case it is open. What no row lets in is refused.
import type { Caller } from '../identity/identity.js'
import type { Reason } from '../refusal/catalogue.js'

/** The services that call each other; a service's certificate counts under its own name only. */
export type ServiceRole =
  | 'service/directory'
  | 'service/delivery'
  | 'service/coordination'
  | 'service/escalation'
  | 'service/audit'
  | 'service/front-door'

/**
 * Who calls, as its certificate says. The three administrators are apart (等保: 系统、安全、审计): `operator` runs the house,
 * `security` decides on certificates, `auditor` reads; no row that changes something names two of them.
 */
export type Role = 'agency' | 'operator' | 'security' | 'auditor' | ServiceRole

/** What an agency is to the case that a call names. */
export type Relation =
  | 'releasing'
  | 'consulted'
  | 'co_producing'
  /** With whom a dispute about it is, or was. */
  | 'coordinator'
  /** The competent authority of the releasing agency (art. 3). */
  | 'authority'
  /** Named in a dispute as who disagrees. */
  | 'party'
  | 'review_body'

/** Open in these states of the case, closed in all others; `any`: the state says nothing about it. */
export type States = 'any' | readonly string[]

/** Lets a relation through in some states, or tells one that knows the case that this is another's part. */
export type Cell = { readonly open: States } | { readonly not: Reason }

export type Row = {
  readonly callers: readonly Role[]
  /**
   * `anyone`: names no case, one answer for all callers. `own`: gives and changes nothing but what is the caller's own;
   * the handler narrows it by `ownAgency` or `ownService`. Otherwise by relation: a relation without a cell does not
   * know the case, and is answered as if there were none.
   */
  readonly on: 'anyone' | 'own' | { readonly [R in Relation]?: Cell }
  /** A reply with legal effect: it has a budget of its own, which no other call spends (replies first). */
  readonly reply?: true
}

/** The rows of one gRPC service, by name of the call. */
export type Rows = Readonly<Record<string, Row>>

export function roleOf(caller: Caller): string {
  return caller.kind === 'service' ? `service/${caller.name}` : caller.kind
}

/** The same row for a reply. */
export const asReply = (row: Row): Row => ({ ...row, reply: true })
/** Open in every state. */
export const OPEN: Cell = { open: 'any' }
/** Open in these states. */
export const openIn = (...states: readonly string[]): Cell => ({ open: states })
/** Knows the case, and is told whose part it is. */
export const not = (reason: Reason): Cell => ({ not: reason })
