// Puts the record together: its streams, its feed and the one queue through which both grow.
import type { Database } from '../database/database.js'
import type {
  ChangeOptions,
  Decision,
  Dossier,
  DossierKind,
  DossierOptions,
  Dossiers,
  EventLike,
} from './dossier.js'
import { feedOf } from './feed.js'
import type { Answer, Entry } from './forming.js'
import { queueOf } from './queue.js'
import { recorded } from './recorded.js'
import { CHAIN_BEGIN } from './sealing.js'
import { nameOf, NEWEST, statesOf, type Held, type Kind, type Stream } from './states.js'
import { statementsOf } from './statements.js'
import type { FeedRow, Known } from './committing.js'
import type { DossierTables } from './tables.js'

const KEPT_STATES = 20_000
const INCARNATION_BYTES = 16

export async function openRecord(
  database: Database<DossierTables>,
  { source, mint, keptStates = KEPT_STATES }: DossierOptions,
): Promise<Dossier> {
  const statements = statementsOf(database)
  const incarnation = Buffer.from(mint.bytes(INCARNATION_BYTES)).toString('hex')
  const begin = statements.beginFeed({ source, incarnation, last_chain: CHAIN_BEGIN } as never)
  await database.write((transaction) => transaction.run([begin]))
  const [found] = (await database.query(statements.readFeed({}))) as FeedRow[]
  if (found!.source !== source)
    throw new Error(`this is the record of ${found!.source}, not of ${source}`)

  const kinds = new Map<string, Kind>()
  const states = statesOf(statements, keptStates)
  const known: Known = { incarnation: found!.incarnation, sequence: found!.last_sequence }
  const feed = feedOf(database, statements)
  const queue = queueOf(
    database,
    { kinds, statements, salt: (length) => mint.bytes(length), states, known },
    replay,
    feed.committed,
  )

  function streamOf(kindName: string, id: string): Stream {
    const kind = kinds.get(kindName)
    if (kind === undefined) throw new Error(`no kind of dossier is named ${kindName}`)
    return { kind, id, name: nameOf(kindName, id) }
  }

  async function current(stream: Stream): Promise<Held> {
    const asOf = known.sequence
    const from = (): Held | undefined => states.get(stream.name)
    const [held] = await states.fold([stream], database.queryEach, NEWEST, from)
    if (known.sequence === asOf) states.put(stream.name, held!) // else it may be older than what others know
    return held!
  }

  async function asAfter(stream: Stream, version: number): Promise<Held> {
    const held = states.get(stream.name)
    if (held?.version === version) return held
    return (await states.fold([stream], database.queryEach, version))[0]!
  }

  async function replay(entry: Entry, name: string, version: number): Promise<Answer> {
    if (!entry.subject) return { stream: name, state: undefined, version, replayed: true }
    const { kind } = entry.subject // the id may be another: the first time it may have been minted anew
    const stream = { kind, id: name.slice(kind.name.length + 1), name }
    return { stream: name, ...(await asAfter(stream, version)), replayed: true }
  }

  function enter(
    streams: readonly Stream[],
    subject: Stream | undefined,
    options: ChangeOptions,
    decide: Entry['decide'],
  ): Promise<Answer> {
    database.refuseInsideWrite()
    return new Promise((resolve, reject) =>
      queue.enter({ streams, subject, options, decide, resolve, reject, tries: 0, alone: false }),
    )
  }

  function of<State, Event extends EventLike>(
    kind: DossierKind<State, Event>,
  ): Dossiers<State, Event> {
    if (kind.name.includes(':')) throw new Error(`the name of a kind has no colon: ${kind.name}`)
    const named = kinds.get(kind.name)
    if (named !== undefined && named !== (kind as unknown))
      throw new Error(`two kinds of dossier are named ${kind.name}`)
    kinds.set(kind.name, kind)
    return {
      async change(id, options, decide) {
        const stream = streamOf(kind.name, id)
        const whole: Entry['decide'] = (several) => {
          const { state, version } = several.state(kind, id)
          const decided = decide(state, version)
          const { events, statements } = isDecision(decided) ? decided : { events: decided }
          return { parts: [{ kind: kind.name, id, events, statements }] }
        }
        const answer = await enter([stream], stream, options, whole)
        const { state, version, replayed } = answer
        return {
          id: answer.stream.slice(kind.name.length + 1),
          state: state as State,
          version,
          replayed,
        }
      },
      read: (id) => current(streamOf(kind.name, id)) as Promise<never>,
      readAt: async (id, version) =>
        (await asAfter(streamOf(kind.name, id), version)).state as State,
      events: async (id, from = 1, upTo = NEWEST) => {
        const stream = nameOf(kind.name, id)
        const rows = await database.query(
          statements.eventsOfStream({ stream, after: from - 1, upTo }),
        )
        return rows.map((row) => recorded<Event>(row))
      },
    }
  }

  return {
    of,
    async changeTogether(loads, options, decide) {
      const streams = loads.map(({ kind, id }) => streamOf(kind, id))
      const { stream, version, replayed } = await enter(streams, undefined, options, decide)
      return replayed ? { replayed: { stream, version } } : {}
    },
    allEvents: async (after, limit) =>
      (await database.query(statements.eventsOfAll({ after, limit }))).map((row) => recorded(row)),
    tail: feed.tail,
    head: feed.head,
    onCommit: feed.onCommit,
    idle: queue.idle,
  }
}

const isDecision = <Event>(
  decided: readonly Event[] | Decision<Event>,
): decided is Decision<Event> => !Array.isArray(decided)
