// The append-only record of a service. A dossier is a stream of events about one thing (a release,
// a letter, an agency); its state is a fold; a change is a synchronous decision. Changes that wait
// together are committed together, each with its own answer.
import type { Instant } from '../identity/identity.js'
import type { Database, Statement } from '../database/database.js'
import type { Mint } from '../identity/identity.js'
import { openRecord } from './record.js'
import type { DossierTables } from './tables.js'

export { dossierMigrations, type DossierTables } from './tables.js'

/** A plain value that RFC 8785 can write: what an event's body is made of. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** An event: what happened, in the past tense. `type` names it; everything else is its body. */
export type EventLike = { readonly type: string }

/** What an event becomes for others: ids, enumerations, times and digests; at most 1 KiB encoded. */
export type Announced = { readonly kind: string; readonly bytes: Uint8Array }

/** An event as it lies in the record. */
export type Recorded<Event extends EventLike = EventLike> = {
  /** Gapless in the feed, from 1. */
  readonly sequence: number
  readonly stream: string
  /** Gapless in the stream, from 1. */
  readonly version: number
  readonly event: Event
  readonly recordedAt: Instant
  /** SHA-256(salt ‖ canonical body): discloses nothing without the salt. */
  readonly commitment: Uint8Array
}

/** A kind of dossier: how its streams are named, begin and fold. Pure. */
export type DossierKind<State, Event extends EventLike> = {
  /** First part of the stream's name: `release`, `letter`, `agency`. */
  readonly name: string
  initial(id: string): State
  evolve(state: State, event: Event, recordedAt: Instant): State
  /** Statements that keep the finger-post tables in step with these events. Same transaction. */
  fingerPosts?(
    id: string,
    before: State,
    after: State,
    events: readonly Event[],
  ): readonly Statement[]
  /** What each event tells the others. Every event is announced: sequence numbers have no gaps. */
  announce(
    id: string,
    event: Event,
    meta: {
      readonly version: number
      readonly recordedAt: Instant
      readonly commitment: Uint8Array
    },
  ): Announced
  /**
   * A snapshot is written each time a stream grew by this many events; for streams that grow for ever. What a state has gained
   * since a snapshot stands in it as in `initial`: a field that older events speak of needs another name.
   */
  readonly snapshotEvery?: number
}

/** Who asked, under which id, for what: so that a repeated command gets its first answer again. */
export type RequestKey = {
  /** Scope of the id: the caller's line. */
  readonly caller: string
  readonly requestId: string
  /** Digest of the parsed, canonical command: the same id with another command is refused. */
  readonly fingerprint: string
}

/** Statements that go into the commit of a decision: single ones, and groups that belong together. */
export type Along = readonly (Statement | readonly Statement[])[]

/** What a decision gives back: events for the stream, and statements that go into the same commit. */
export type Decision<Event> = {
  readonly events: readonly Event[]
  /** Content (draft, reasons), cursors and other rows that belong to this commit. */
  readonly statements?: Along
}

export type ChangeOptions = {
  readonly request?: RequestKey
  readonly now: Instant
}

export type Changed<State> = {
  /** The id of the stream that answers: of a repeated request, the one that the first time was given. */
  readonly id: string
  readonly state: State
  readonly version: number
  /** True where this was the repetition of an earlier request: `state` is what it was after that one. */
  readonly replayed: boolean
}

/** Streams of one kind. */
export type Dossiers<State, Event extends EventLike> = {
  /**
   * Decides on the present state and commits. `decide` is synchronous, may run more than once (when overtaken) and must
   * not reach out. A Refusal it throws refuses this change alone. No events and no statements: nothing is written.
   */
  change(
    id: string,
    options: ChangeOptions,
    decide: (state: State, version: number) => readonly Event[] | Decision<Event>,
  ): Promise<Changed<State>>
  /** The present state (version 0: nothing recorded yet). */
  read(id: string): Promise<{ readonly state: State; readonly version: number }>
  /** The state as it was after `version`. */
  readAt(id: string, version: number): Promise<State>
  /** The events of one stream, oldest first; `from` and `upTo` are versions, both included. */
  events(id: string, from?: number, upTo?: number): Promise<Recorded<Event>[]>
}

/** One stream's part in a change of several. */
export type Part = {
  readonly kind: string
  readonly id: string
  readonly events: readonly EventLike[]
  readonly statements?: Along
}

/** How a change of several streams ended. */
export type Together = {
  /** Set where this repeated an earlier request: the first stream of that change (`release:<id>`) and its version after it. */
  readonly replayed?: { readonly stream: string; readonly version: number }
}

/** The view on several streams that one decision sees. */
export type Several = {
  state<State, Event extends EventLike>(
    dossiers: DossierKind<State, Event>,
    id: string,
  ): { readonly state: State; readonly version: number }
}

/** An entry of the feed, as others read it. */
export type FeedEntry = {
  readonly sequence: number
  readonly kind: string
  readonly announcement: Uint8Array
  /** SHA-256(chain of the entry before ‖ sequence as 8 bytes big endian ‖ announcement). */
  readonly chain: Uint8Array
}

export type FeedPage = {
  /** Made when the record was made, and anew after a restore: a listener that sees another one stops. */
  readonly incarnation: string
  readonly entries: readonly FeedEntry[]
  /** The newest sequence number of the feed when it was read. */
  readonly head: number
}

/** The whole record of a service: all of its streams, one feed. */
export type Dossier = {
  of<State, Event extends EventLike>(kind: DossierKind<State, Event>): Dossiers<State, Event>
  /**
   * Decides on several streams at once and commits all or nothing. Streams named in `loads` are loaded before `decide` runs.
   * `statements` alone (no parts) are allowed: a cursor that moves past entries that concern nobody.
   */
  changeTogether(
    loads: readonly { readonly kind: string; readonly id: string }[], // kinds by name; each was named to `of` before
    options: ChangeOptions,
    decide: (several: Several) => {
      readonly parts: readonly Part[]
      readonly statements?: Along
    },
  ): Promise<Together>
  /** The feed after a sequence number, at most `limit` entries. */
  tail(after: number, limit: number): Promise<FeedPage>
  /** Events with their bodies after a sequence number: for the service's own rebuilding, never for others. */
  allEvents(after: number, limit: number): Promise<Recorded[]>
  /** Where the feed stands now. */
  head(): Promise<{ readonly incarnation: string; readonly sequence: number }>
  /** Called after each commit with the new head, in order. Returns how to stop. */
  onCommit(listener: (head: number) => void): () => void
  /** Resolves when nothing waits to be committed. */
  idle(): Promise<void>
}

/** What a record needs from outside. */
export type DossierOptions = {
  /** The service whose record this is; it names the feed. */
  readonly source: string
  readonly mint: Mint
  /** How many folded states are kept in memory. */
  readonly keptStates?: number
}

/** Opens the record in a database whose migrations begin with `dossierMigrations`. */
export function openDossier<Schema>(
  database: Database<Schema>,
  options: DossierOptions,
): Promise<Dossier> {
  return openRecord(database as unknown as Database<DossierTables>, options)
}
