// Own copies of what another service owns, in the own database and in memory, so that no change asks
// anybody: filled by its feed, and learnt in memory once they are committed.
import type { Statement } from '../database/database.js'

/** The tables that the copies lie in; a service's schema has those that it keeps. */
export type CopyTables = {
  /** The directory's agencies. */
  agency: { code: string; body: string }
  /** The calendar's revisions. */
  calendar_revision: { number: number; recorded_at: number; body: string }
  /** Certificates that are refused. */
  revoked: { fingerprint: string }
}

/** A copy of things of one sort. */
export type Copy<Thing> = {
  /** Statements that keep these things in the own database; `learn` them after the commit. */
  put(things: readonly Thing[]): Statement[]
  learn(things: readonly Thing[]): void
  /** Reads the own database again: another instance may have heard. */
  refresh(): Promise<void>
}
