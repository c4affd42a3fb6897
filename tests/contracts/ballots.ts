// A small kind of dossier for the contracts: a ballot that takes votes until it is closed, with one
// finger-post table.
import { sql } from 'kysely'
import { type Database, type Migration, type Statement } from '../../shared/database/database.js'
import {
  dossierMigrations,
  openDossier,
  type DossierKind,
  type DossierOptions,
  type RequestKey,
} from '../../shared/dossier/dossier.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import type { Place } from './databases.js'

export type BallotEvent =
  | { readonly type: 'Voted'; readonly by: string }
  | { readonly type: 'Closed'; readonly remark?: string }
export type Ballot = {
  readonly id: string
  readonly votes: readonly string[]
  readonly closed: boolean
}
export type BallotTables = { tally: { id: string; votes: number } }

export const NOW = 1_790_000_000_000

const tally: Migration = {
  name: 'ballots-0001',
  async up(db) {
    await db.schema
      .createTable('tally')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('votes', 'integer', (column) => column.notNull().check(sql`votes < 1000`))
      .execute()
  },
}
export const migrations = [...dossierMigrations, tally]

export const vote =
  (by: string) =>
  (ballot: Ballot): BallotEvent[] => {
    if (ballot.closed) throw new Refusal('out-of-order', 'RELEASE_ENDED', 'ballot/1')
    return [{ type: 'Voted', by }]
  }
export const close = (): BallotEvent[] => [{ type: 'Closed' }]
export const request = (requestId: string, fingerprint = 'vote'): RequestKey => ({
  caller: 'agency/a',
  requestId,
  fingerprint,
})

/** Opens a record with ballots at a place; several at one place stand for several processes. */
export async function openBallots(
  place: Place,
  options: Partial<DossierOptions> & Partial<Pick<BallotKind, 'snapshotEvery'>> = {},
) {
  const database = await place.open<BallotTables>({ migrations })
  const { snapshotEvery, ...others } = options
  const dossier = await openDossier(database, {
    source: 'ballots',
    mint: seededMint('ballots'),
    ...others,
  })
  const kind = ballotKind(database, snapshotEvery)
  return { database, dossier, kind, ballots: dossier.of(kind), setTally: setTally(database) }
}

type BallotKind = DossierKind<Ballot, BallotEvent>

function ballotKind(database: Database<BallotTables>, snapshotEvery?: number): BallotKind {
  const post = setTally(database)
  return {
    name: 'ballot',
    initial: (id) => ({ id, votes: [], closed: false }),
    evolve: (ballot, event) =>
      event.type === 'Voted'
        ? { ...ballot, votes: [...ballot.votes, event.by] }
        : { ...ballot, closed: true },
    fingerPosts: (id, _, { votes }) => [post(id, votes.length)],
    announce: (id, event, { version }) => ({
      kind: event.type,
      bytes: Buffer.from(
        event.type === 'Closed' && event.remark ? event.remark : `${id} ${version}`,
      ),
    }),
    ...(snapshotEvery === undefined ? {} : { snapshotEvery }),
  }
}

function setTally(database: Database<BallotTables>): (id: string, votes: number) => Statement {
  const set = database.compileOnce<{ id: string; votes: number }>((db, $) =>
    db
      .insertInto('tally')
      .values({ id: $('id'), votes: $('votes') })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ votes: $('votes') })),
  )
  return (id, votes) => set({ id, votes })
}

/** What the finger-posts say. */
export const tallies = async (database: Database<BallotTables>): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await database.read.selectFrom('tally').selectAll().execute()).map(({ id, votes }) => [
      id,
      votes,
    ]),
  )
