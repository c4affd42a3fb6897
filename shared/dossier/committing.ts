// One batch into the record: under the feed's lock each event gets its place, and everything that
// belongs to the batch is written in one go, or nothing is.
import type { Statement, Transaction } from '../database/database.js'
import type { Outcome } from './forming.js'
import { chained } from './sealing.js'
import type { Ask, States } from './states.js'
import type { Statements } from './statements.js'

/** Where the feed stands. */
export type FeedRow = {
  readonly source: string
  readonly incarnation: string
  readonly last_sequence: number
  readonly last_chain: Uint8Array
}

/** Outcomes that were decided upon what is no longer so; the rest of the batch is tried without them. */
export class Overtaken extends Error {
  constructor(readonly outcomes: ReadonlySet<Outcome>) {
    super('decided upon a state that has changed')
  }
}

/** A statement of one outcome failed; its neighbours are tried without it. */
export class Blamed extends Error {
  constructor(
    readonly outcome: Outcome,
    override readonly cause: Error,
  ) {
    super(cause.message)
  }
}

const FORGET_ALL_ABOVE = 10_000 // so many foreign events are not worth asking after one by one

/** What this process knows of the feed; kept states are current as of `sequence`. */
export type Known = { incarnation: string; sequence: number | undefined }

/** Drops the kept states that others have carried further; gives how far, for those streams. */
export async function catchUp(
  feed: FeedRow,
  known: Known,
  states: States,
  statements: Statements,
  ask: Ask,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (feed.incarnation !== known.incarnation || feed.last_sequence < (known.sequence ?? 0))
    throw new Error('the record was put back to an earlier state while it was in use')
  const since = known.sequence
  if (feed.last_sequence === since) return new Map()
  if (since === undefined || feed.last_sequence - since > FORGET_ALL_ABOVE) {
    states.forgetAll()
    known.sequence = feed.last_sequence
    return undefined
  }
  const [rows] = await ask([statements.grownSince({ after: since })])
  const grown = new Map<string, number>()
  for (const { stream, version } of rows as { stream: string; version: number }[]) {
    grown.set(stream, version)
    states.forgetBelow(stream, version)
  }
  known.sequence = feed.last_sequence
  return grown
}

/** Throws `Overtaken` for those that were decided upon a state that others have changed meanwhile. */
export function refuseStale(
  outcomes: readonly Outcome[],
  grown: ReadonlyMap<string, number> | undefined,
): void {
  if (grown?.size === 0) return
  const stale = outcomes.filter(({ bases }) =>
    [...bases].some(([stream, version]) => !grown || (grown.get(stream) ?? 0) > version),
  )
  if (stale.length > 0) throw new Overtaken(new Set(stale))
}

/** Writes all outcomes; gives where the feed stands then. */
export async function writeAll(
  outcomes: readonly Outcome[],
  feed: FeedRow,
  statements: Statements,
  transaction: Transaction,
): Promise<FeedRow> {
  const list: Statement[] = []
  const owners: Outcome[] = []
  const musts: number[] = []
  let sequence = feed.last_sequence
  let chain = feed.last_chain
  for (const outcome of outcomes) {
    for (const draft of outcome.drafts) {
      sequence++
      chain = chained(chain, sequence, draft.announcement)
      draft.values[0] = sequence
      draft.values[1] = chain
      list.push({ sql: statements.insertEvent, parameters: draft.values })
      owners.push(outcome)
    }
    for (const statement of outcome.statements) {
      if (statement.mustChange) musts.push(list.length)
      list.push(statement)
      owners.push(outcome)
    }
  }
  if (sequence > feed.last_sequence)
    list.push(statements.moveFeed({ last_sequence: sequence, last_chain: chain }))
  const changed = await transaction.run(list).catch((error: unknown) => {
    throw blamed(error, owners)
  })
  const unmoved = musts.filter((index) => changed[index] === 0).map((index) => owners[index]!)
  if (unmoved.length > 0) throw new Overtaken(new Set(unmoved))
  return { ...feed, last_sequence: sequence, last_chain: chain }
}

function blamed(error: unknown, owners: readonly Outcome[]): unknown {
  if (!(error instanceof Error) || !('kind' in error) || error.kind !== 'statement') return error
  const owner = 'index' in error ? owners[error.index as number] : undefined
  return owner === undefined ? error : new Blamed(owner, error)
}
