// Who may touch what: an agency its own mailbox, a service the letters that it posted. Everything
// else does not exist for them.
import type { Caller, Id } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'

/** The mailbox of the caller: its agency's. */
export function mailboxOf(caller: Caller): Id<'agency'> {
  if (caller.kind !== 'agency') throw notFound()
  return caller.agency
}

/** The service that calls. */
export function serviceNameOf(caller: Caller): string {
  if (caller.kind !== 'service') throw notFound()
  return caller.name
}

export const notFound = (): Refusal => new Refusal('not-found', 'NOT_FOUND', 'house/relation')
