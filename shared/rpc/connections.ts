// How many connections an agency may use: counted at the first call of each, for a handshake alone names nobody to
// grpc-js. One that is refused is not counted, so that it may be used as soon as another one of its agency has closed;
// one that nobody calls on is closed by the server's own idle time.

/** A connection, as far as counting goes. */
export type Closing = { once(event: 'close', listener: () => void): unknown }

export type Connections = {
  /** Counts the connection for `who`; false where that would be one too many. Asked again for the same one: true. */
  take(who: string, connection: Closing): boolean
  /** For tests and metrics: how many are open, of how many callers. */
  size(): { readonly connections: number; readonly callers: number }
}

/** At most so many for each; 0: no limit. */
export function connections(each: number): Connections {
  const open = new Map<string, Set<Closing>>()
  return {
    take(who, connection) {
      if (each === 0) return true
      const own = open.get(who) ?? new Set()
      if (own.has(connection)) return true
      if (own.size >= each) return false
      open.set(who, own.add(connection))
      connection.once('close', () => {
        own.delete(connection)
        if (own.size === 0 && open.get(who) === own) open.delete(who)
      })
      return true
    },
    size: () => ({
      connections: [...open.values()].reduce((sum, own) => sum + own.size, 0),
      callers: open.size,
    }),
  }
}
