// How a service presents itself to whatever process hosts it: the launcher puts many on one port,
// a process of its own puts one. Nothing listens or runs before `begin`.
import type { Channel } from './peers.js'
import type { ServedService } from './served.js'

/** A service that is built and not yet running. */
export type Hosted = {
  readonly name: string
  /** The gRPC services that it serves. */
  readonly served: readonly ServedService[]
  /** Starts listeners and duties; its peers' addresses are known by now. */
  begin(): Promise<void>
  /** Drains what is due at the clock's present instant: announcements heard, duties done, announced. Gives how much was done. */
  settle(): Promise<number>
  /** Why it cannot serve; undefined: it can. */
  trouble(): Promise<string | undefined>
  /** Stops in bounded time: duties, listeners, record, database. */
  stop(): Promise<void>
}

/** How a service reaches the others that it may ask: by name, at the address known at `begin`. */
export type Peers = { channel(service: string): Channel }
