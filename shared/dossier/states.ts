// Folded states: the newest ones kept in memory, the rest folded anew from their events.
import type { Row, Statement } from '../database/database.js'
import type { DossierKind, EventLike } from './dossier.js'
import type { Statements } from './statements.js'

export type Kind = DossierKind<unknown, EventLike>

/** A stream by name: `release:<id>`. */
export type Stream = { readonly kind: Kind; readonly id: string; readonly name: string }

export const nameOf = (kind: string, id: string): string => `${kind}:${id}`

/** A state and how many events it is made of. */
export type Held = { readonly state: unknown; readonly version: number }

/** A way to ask: outside of any transaction, or inside the one that is open. */
export type Ask = (statements: readonly Statement[]) => Promise<Row[][]>

export const NEWEST = 2_147_483_647

export type States = ReturnType<typeof statesOf>

export function statesOf(statements: Statements, keep: number) {
  const kept = new Map<string, Held>() // the least recently used first

  const get = (name: string): Held | undefined => {
    const held = kept.get(name)
    if (held === undefined) return undefined
    kept.delete(name)
    kept.set(name, held)
    return held
  }
  const put = (name: string, held: Held): void => {
    const older = kept.get(name)
    if (held.version === 0 || (older !== undefined && older.version > held.version)) return
    kept.delete(name)
    kept.set(name, held)
    if (kept.size > keep) kept.delete(kept.keys().next().value!)
  }

  /** Folds streams up to a version, each from what is given for it, its snapshot or its beginning. */
  async function fold(
    streams: readonly Stream[],
    ask: Ask,
    upTo = NEWEST,
    from?: (stream: Stream) => Held | undefined,
  ): Promise<Held[]> {
    const held = streams.map(
      (stream) => from?.(stream) ?? { state: stream.kind.initial(stream.id), version: 0 },
    )
    const snapshotted = streams
      .map((_, index) => index)
      .filter((index) => streams[index]!.kind.snapshotEvery && held[index]!.version === 0)
    if (snapshotted.length > 0) {
      const found = await ask(
        snapshotted.map((index) => statements.findSnapshot({ stream: streams[index]!.name, upTo })),
      )
      snapshotted.forEach((index, nth) => {
        const row = found[nth]![0] as { version: number; body: Uint8Array } | undefined
        if (row === undefined) return
        // One of an earlier version lacks what the state has learned since: none of its events spoke of that.
        const { kind, id } = streams[index]!
        const state = { ...(kind.initial(id) as object), ...(parsed(row.body) as object) }
        held[index] = { state, version: row.version }
      })
    }
    const events = await ask(
      streams.map(({ name }, index) =>
        statements.eventsOfStream({ stream: name, after: held[index]!.version, upTo }),
      ),
    )
    return streams.map((stream, index) => folded(stream, held[index]!, events[index]!))
  }

  return {
    get,
    put,
    fold,
    /** Forgets a state that somebody else has carried further. */
    forgetBelow(name: string, version: number): void {
      const held = kept.get(name)
      if (held !== undefined && held.version < version) kept.delete(name)
    },
    forgetAll: () => kept.clear(),
  }
}

function folded(stream: Stream, from: Held, rows: readonly Row[]): Held {
  if (rows.length === 0) return from
  let { state, version } = from
  for (const row of rows) {
    const { body, version: next, recorded_at } = row as EventRow
    if (next !== version + 1)
      throw new Error(
        `the record has a hole: ${stream.name} goes from version ${version} to ${next}`,
      )
    state = stream.kind.evolve(state, parsed(body) as EventLike, recorded_at)
    version = next
  }
  return { state, version }
}

type EventRow = { body: Uint8Array; version: number; recorded_at: number }

/** The value behind canonical bytes. */
export function parsed(body: Uint8Array): unknown {
  return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
}
