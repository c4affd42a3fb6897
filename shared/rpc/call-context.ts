// What a handler is told about its call. The abort signal is made when somebody asks for it: most
// calls answer without, and making one costs more than the rest of this.
import type { Row } from '../authorisation/authorisation.js'
import type { Caller, Instant } from '../identity/identity.js'
import type { CallContext } from './rpc.js'

export class EnteredCall implements CallContext {
  #controller: AbortController | undefined
  #aborted = false
  readonly permits = { asked: false }
  constructor(
    readonly caller: Caller,
    readonly row: Row,
    readonly admittedAt: Instant,
    readonly method: string,
    readonly deadline: Instant,
  ) {}
  /** The same call by a caller that is told more of: before its handler knows of it. */
  by(caller: Caller): EnteredCall {
    return new EnteredCall(caller, this.row, this.admittedAt, this.method, this.deadline)
  }
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#aborted) this.#controller.abort()
    return this.#controller.signal
  }
  /** Tells the handler that nobody waits for its answer any more. */
  abort(): void {
    this.#aborted = true
    this.#controller?.abort()
  }
  get aborted(): boolean {
    return this.#aborted
  }
}
