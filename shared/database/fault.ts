// What a database answers when it cannot do its work, in the five sorts that call for different acts.

export type FaultKind =
  | 'statement' // this statement is wrong here (a constraint, a type): others may go on
  | 'overtaken' // somebody else holds or changed it: the same work may be tried again
  | 'full' // no room: this write is not done, reads go on
  | 'unreachable' // nothing was done: the database does not answer
  | 'outcome-unknown' // the connection broke during the commit: done or not, ask again with the same key
  | 'fatal' // the storage cannot be trusted any more: stop serving

/** A failure of the database itself; `index` is the statement of the list that it struck. */
export class DatabaseFault extends Error {
  constructor(
    readonly kind: FaultKind,
    override readonly cause: unknown,
    readonly index?: number,
  ) {
    super(`database, ${kind}: ${cause instanceof Error ? cause.message : String(cause)}`)
    this.name = 'DatabaseFault'
  }
}
