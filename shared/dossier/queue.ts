// Changes that wait together are committed together: one batch is under way, the next one gathers.
// A refusal, a fault or a conflict drops one change and what was decided upon it, never a neighbour.
import { DatabaseFault, type Database } from '../database/database.js'
import type { FaultKind } from '../database/fault.js'
import { Refusal } from '../refusal/refusal.js'
import {
  Blamed,
  catchUp,
  Overtaken,
  refuseStale,
  writeAll,
  type FeedRow,
  type Known,
} from './committing.js'
import {
  formingOf,
  requestName,
  type Answer,
  type EarlierRequest,
  type Entry,
  type Forming,
  type Outcome,
} from './forming.js'
import type { Ask, Held, States, Stream } from './states.js'
import type { DossierTables } from './tables.js'

const CHANGES_MAX = 512 // a batch: long enough to share a sync, short enough to wait for
const EVENTS_MAX = 2_000
const WAITING_MAX = 50_000
const TRIES_MAX = 8
/**
 * Where changes come in crowds, the next batch gathers this long: a quarter of the commits, each over pages that are
 * shared. A change that comes alone does not wait.
 */
const GATHER_MS = 4
const TRIES_BEFORE_LOCK = 2 // overtaken so often, a change is decided under the feed's lock, where nobody can

export type Queue = {
  enter(entry: Entry): void
  idle(): Promise<void>
}

export function queueOf(
  database: Database<DossierTables>,
  { states, known, ...forming }: Forming & { readonly states: States; readonly known: Known },
  replay: (entry: Entry, stream: string, version: number) => Promise<Answer>,
  committed: (head: number) => void,
): Queue {
  const { statements } = forming
  let waiting: Entry[] = []
  let busy = false
  let crowded = false
  let failed: DatabaseFault | undefined
  const whenIdle: (() => void)[] = []

  function enter(entry: Entry): void {
    if (failed !== undefined) return entry.reject(failed)
    if (waiting.length >= WAITING_MAX)
      return entry.reject(new Refusal('overloaded', 'OVERLOADED', 'house/overload'))
    waiting.push(entry)
    if (busy) return
    busy = true
    begin()
  }

  function begin(): void {
    if (crowded) setTimeout(next, GATHER_MS)
    else setImmediate(next) // others get their turn of the event loop
  }

  function next(): void {
    const batch = waiting.splice(0, batchLength(waiting))
    crowded = batch.length > 1
    void run(batch)
      .catch((error: unknown) => failAll(batch, error))
      .then(() => {
        if (waiting.length > 0) return begin()
        busy = false
        for (const tell of whenIdle.splice(0)) tell()
      })
  }

  async function run(batch: readonly Entry[]): Promise<void> {
    const underLock = batch.some(({ tries }) => tries >= TRIES_BEFORE_LOCK)
    let outcomes = underLock ? undefined : await formAll(batch, database.queryEach)
    let formed = outcomes?.length ?? 0
    const again: Entry[] = []
    while (outcomes === undefined || outcomes.some(writes)) {
      try {
        const feed = await database.write(async (transaction) => {
          const [row] = (await transaction.rows(statements.lockFeed({}))) as FeedRow[]
          const ask = transaction.rowsOfEach
          const grown = await catchUp(row!, known, states, statements, ask)
          if (outcomes === undefined) {
            outcomes = await formAll(batch, ask)
            formed = outcomes.length
          } else refuseStale(outcomes, grown)
          return writeAll(outcomes, row!, statements, transaction)
        })
        keep(outcomes ?? [], feed)
        break
      } catch (error) {
        outcomes = afterFailure(error, outcomes, batch, again)
      }
    }
    again.sort((one, other) => batch.indexOf(one) - batch.indexOf(other))
    waiting = [...again.filter(stillWelcome), ...batch.slice(formed), ...waiting]
    for (const outcome of outcomes ?? []) settle(outcome)
  }

  /** Sorts out who may go on in this batch and who tries `again`; throws where nobody may. */
  function afterFailure(
    error: unknown,
    outcomes: readonly Outcome[] | undefined,
    batch: readonly Entry[],
    again: Entry[],
  ): Outcome[] {
    if (error instanceof Overtaken) {
      for (const { entry } of error.outcomes) entry.tries++
      return without(outcomes ?? [], error.outcomes, again)
    }
    if (error instanceof Blamed) {
      error.outcome.entry.reject(error.cause)
      return without(outcomes ?? [], new Set([error.outcome]), again, error.outcome)
    }
    const entries = outcomes?.map(({ entry }) => entry) ?? batch
    const kind = error instanceof DatabaseFault ? error.kind : undefined
    if (kind === 'overtaken') for (const entry of entries) entry.tries++
    else if (kind === 'statement' && entries.length > 1)
      for (const entry of entries) entry.alone = true
    else throw error
    again.push(...entries)
    return []
  }

  function failAll(batch: readonly Entry[], error: unknown): void {
    let answer = error
    if (error instanceof DatabaseFault && error.kind === 'fatal') {
      failed = error
      for (const entry of waiting.splice(0)) entry.reject(error)
    } else if (error instanceof DatabaseFault) answer = inDoubt(error)
    for (const entry of batch) entry.reject(answer)
  }

  function settle({ entry, verdict }: Outcome): void {
    if (verdict.is === 'answer') entry.resolve(verdict.answer)
    else if (verdict.is === 'refused') entry.reject(verdict.error)
    else if (verdict.state) entry.resolve({ ...verdict.state, replayed: true })
    else replay(entry, verdict.stream, verdict.version).then(entry.resolve, entry.reject)
  }

  /** Loads what is missing and takes the decisions, in order, as many as one batch holds. */
  async function formAll(batch: readonly Entry[], ask: Ask): Promise<Outcome[]> {
    const keyed = batch.filter(({ options }) => options.request !== undefined)
    const [feeds, ...found] = await ask([
      statements.readFeed({}),
      ...keyed.map(({ options }) => statements.findRequest(options.request!)),
    ])
    await catchUp(feeds![0] as FeedRow, known, states, statements, ask)
    const requests = new Map<string, EarlierRequest>()
    keyed.forEach(({ options }, index) => {
      const row = found[index]![0] as EarlierRequest | undefined
      if (row !== undefined) requests.set(requestName(options.request!), row)
    })
    const form = formingOf(forming, await loadAll(batch, ask), requests)
    const outcomes: Outcome[] = []
    for (let events = 0; outcomes.length < batch.length && events < EVENTS_MAX;) {
      const outcome = form(batch[outcomes.length]!)
      outcomes.push(outcome)
      events += outcome.drafts.length
    }
    return outcomes
  }

  async function loadAll(batch: readonly Entry[], ask: Ask): Promise<Map<string, { held: Held }>> {
    const working = new Map<string, { held: Held }>()
    const missing = new Map<string, Stream>()
    for (const { streams } of batch)
      for (const stream of streams) {
        if (working.has(stream.name) || missing.has(stream.name)) continue
        const held = states.get(stream.name)
        if (held === undefined) missing.set(stream.name, stream)
        else working.set(stream.name, { held })
      }
    const streams = [...missing.values()]
    const loaded = streams.length === 0 ? [] : await states.fold(streams, ask)
    loaded.forEach((held, index) => {
      working.set(streams[index]!.name, { held })
      states.put(streams[index]!.name, held)
    })
    return working
  }

  function keep(outcomes: readonly Outcome[], feed: FeedRow): void {
    const grew = feed.last_sequence !== known.sequence
    known.sequence = feed.last_sequence
    for (const { afters } of outcomes) for (const [name, held] of afters) states.put(name, held)
    if (grew) committed(feed.last_sequence)
  }

  return {
    enter,
    idle: () => (busy ? new Promise((tell) => whenIdle.push(tell)) : Promise.resolve()),
  }
}

const writes = ({ drafts, statements }: Outcome): boolean =>
  drafts.length > 0 || statements.length > 0

function batchLength(waiting: readonly Entry[]): number {
  if (waiting[0]?.alone) return 1
  const alone = waiting.findIndex((entry) => entry.alone)
  return Math.min(CHANGES_MAX, alone < 0 ? waiting.length : alone)
}

/**
 * Takes some outcomes out, and all that were decided upon them. These try again, and so do later ones
 * on the same streams or with the same request: whoever came first stays first.
 */
function without(
  outcomes: readonly Outcome[],
  out: ReadonlySet<Outcome>,
  again: Entry[],
  rejected?: Outcome,
): Outcome[] {
  const gone = new Set(out)
  const behind = new Set<string>()
  return outcomes.filter((outcome) => {
    const names = namesOf(outcome.entry)
    const stays =
      !gone.has(outcome) &&
      !outcome.upon.some((other) => gone.has(other)) &&
      !names.some((name) => behind.has(name))
    if (stays) return true
    gone.add(outcome)
    if (outcome === rejected) return false
    again.push(outcome.entry)
    for (const name of names) behind.add(name)
    return false
  })
}

function namesOf({ streams, options }: Entry): string[] {
  const names = streams.map(({ name }) => name)
  return options.request ? [...names, requestName(options.request)] : names
}

function stillWelcome(entry: Entry): boolean {
  if (entry.tries <= TRIES_MAX) return true
  entry.reject(new Refusal('overtaken', 'OVERTAKEN', 'house/concurrency'))
  return false
}

const WHY: Readonly<Record<FaultKind, readonly [zh: string, en: string]>> = {
  statement: ['数据库不接受该写入', 'the database does not take the write'],
  overtaken: ['数据库正被占用', 'the database is in use'],
  full: ['数据库没有空间', 'the database has no room'],
  unreachable: ['数据库现在不能访问', 'the database cannot be reached'],
  'outcome-unknown': ['写入时连接中断，不知是否完成', 'the connection broke during the commit'],
  fatal: ['存储不再可信，服务即将停止', 'the storage cannot be trusted, and the service stops'],
}

function inDoubt(fault: DatabaseFault): Refusal {
  const [why_zh, why_en] = WHY[fault.kind]
  const refusal = new Refusal('in-doubt', 'IN_DOUBT', 'house/storage', {
    ...{ why: fault.kind, why_zh, why_en },
  })
  refusal.cause = fault
  return refusal
}
