// PostgreSQL: a schema for each service, one writing connection, a pool for reading. Statements of
// one batch are sent without waiting for each other's answers.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { bindable } from './bindable.js'
import type { DatabaseConfig, Statement } from './database.js'
import type { Answer, Engine } from './engine.js'
import { type DatabaseFault } from './fault.js'
import { commitFaultOf, faultOf } from './postgres-faults.js'

type PostgresConfig = Extract<DatabaseConfig, { kind: 'postgres' }>

const CONNECT_TIMEOUT_MS = 5_000
const NAMED_MAX = 500 // statements kept prepared by each connection
const SETTINGS =
  '-c synchronous_commit=on -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s' +
  ' -c default_transaction_isolation=read\\ committed -c client_min_messages=warning'

/** Settings that must read so, or a commit does not keep what it says. */
const ASSERTED: readonly (readonly [setting: string, allowed: readonly string[]])[] = [
  ['fsync', ['on']],
  ['full_page_writes', ['on']],
  ['synchronous_commit', ['on', 'remote_apply']],
  ['transaction_read_only', ['off']],
  ['server_encoding', ['UTF8']],
]

// int8 and numeric are numbers (all of ours are below 2^53, and it is checked); a flag is 0 or 1, as in SQLite.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === 20 || oid === 1700) return exactNumber
    if (oid === 16) return (text: string) => (text === 't' ? 1 : 0)
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

function exactNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError(`${text} is beyond the whole numbers that are exact`)
  return value
}

/** Opens the connections, having asserted what the server promises. */
export async function openPostgres(
  config: PostgresConfig,
  onFatal?: (fault: DatabaseFault) => void,
): Promise<Engine> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(config.schema))
    throw new Error(`'${config.schema}' is not a plain schema name`)
  const clientConfig: pg.ClientConfig = {
    connectionString: config.url,
    options: `-c search_path=${config.schema} ${SETTINGS}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types,
    pipeline: true,
  }
  const engine = engineOf(clientConfig, config, onFatal)
  try {
    await assertPromises(engine, config.schema)
  } catch (error) {
    await engine.close()
    throw error
  }
  return engine
}

async function assertPromises(engine: Engine, schema: string): Promise<void> {
  for (const [setting, allowed] of [...ASSERTED, ['search_path', [schema]] as const]) {
    const [answer] = await engine.read([{ sql: `show ${setting}`, parameters: [] }], true)
    const value = String(answer!.rows[0]![setting])
    if (!allowed.includes(value))
      throw new Error(
        `PostgreSQL has ${setting} = ${value}, not ${allowed.join(' or ')}: not opened`,
      )
  }
}

function engineOf(
  clientConfig: pg.ClientConfig,
  { schema, poolMax = 4 }: PostgresConfig,
  onFatal?: (fault: DatabaseFault) => void,
): Engine {
  let failed: DatabaseFault | undefined
  let closed = false
  const tell = (fault: DatabaseFault): DatabaseFault => {
    if (fault.kind === 'fatal' && failed === undefined) {
      failed = fault
      onFatal?.(fault)
    }
    return fault
  }
  const pool = new pg.Pool({ ...clientConfig, max: poolMax })
  pool.on('error', () => undefined) // an idle connection went away: the next question opens another, or fails and says so

  let writer: Promise<pg.Client> | undefined
  const connectWriter = async (): Promise<pg.Client> => {
    const client = new pg.Client(clientConfig)
    const forget = (): void => void (writer = undefined)
    client.on('error', forget) // the statement under way is rejected with it; the next write connects anew
    client.on('end', forget)
    await client.connect()
    return client
  }
  const writing = (): Promise<pg.Client> => {
    if (failed !== undefined) return Promise.reject(failed)
    if (closed) return Promise.reject(new Error('the database is closed'))
    writer ??= connectWriter().catch((error: unknown) => {
      writer = undefined
      throw tell(faultOf(error))
    })
    return writer
  }
  return {
    dialect: 'postgres',
    beforeMigrating: [
      { sql: `select pg_advisory_xact_lock(hashtext('huiqian:${schema}'))`, parameters: [] },
      { sql: `create schema if not exists ${schema}`, parameters: [] },
    ],
    async transact(work) {
      const client = await writing()
      let committing = false
      try {
        await send(client, [{ sql: 'begin', parameters: [] }])
        const result = await work({
          answers: (statements) => send(client, statements).catch(rethrow(tell)),
          run: async (statements) =>
            (await send(client, statements).catch(rethrow(tell))).map(({ changed }) => changed),
        })
        committing = true
        const { command } = await client.query('commit')
        if (command !== 'COMMIT') throw new Error(`commit was answered with ${command}`)
        return result
      } catch (error) {
        if (committing) throw tell(commitFaultOf(error))
        await client.query('rollback').catch(() => client.end()) // nothing was committed: the connection may go
        throw error
      }
    },
    async read(statements, once = false) {
      if (failed !== undefined) throw failed
      const client = await pool.connect().catch(rethrow(tell))
      try {
        const answers = await send(client, statements, once)
        client.release()
        return answers
      } catch (error) {
        const fault = tell(faultOf(error))
        client.release(fault.kind === 'unreachable')
        throw fault
      }
    },
    async check() {
      if (failed !== undefined) throw failed
      await send(await writing(), [{ sql: 'select 1', parameters: [] }], true)
    },
    async close() {
      closed = true
      const last = writer
      await Promise.all([pool.end(), last?.then((client) => client.end()).catch(() => undefined)])
    },
  }
}

const rethrow =
  (tell: (fault: DatabaseFault) => DatabaseFault) =>
  (error: unknown): never => {
    throw tell(faultOf(error))
  }

/** Sends all statements at once and waits for all answers; the first that failed is the one that is told. */
async function send(
  client: pg.ClientBase,
  statements: readonly Statement[],
  once = false,
): Promise<Answer[]> {
  const bound = statements.map(({ sql, parameters }, index) => {
    try {
      return bindable(sql, parameters)
    } catch (error) {
      throw faultOf(error, index)
    }
  })
  const stream = (client as unknown as { connection?: { stream?: Corkable } }).connection?.stream
  stream?.cork() // one packet for many statements
  const sent = statements.map(({ sql, parameters }, index) => {
    const name = once || parameters.length === 0 ? undefined : nameFor(client, sql)
    return client.query({ name, text: sql, values: bound[index] })
  })
  stream?.uncork()
  const settled = await Promise.allSettled(sent)
  return settled.map((outcome, index) => {
    if (outcome.status === 'rejected') throw faultOf(outcome.reason, index)
    return { rows: outcome.value.rows as Answer['rows'], changed: outcome.value.rowCount ?? 0 }
  })
}

type Corkable = { cork(): void; uncork(): void }

const names = new WeakMap<pg.ClientBase, Map<string, string>>()

function nameFor(client: pg.ClientBase, sql: string): string | undefined {
  let named = names.get(client)
  if (named === undefined) names.set(client, (named = new Map()))
  let name = named.get(sql)
  if (name === undefined && named.size < NAMED_MAX) {
    name = createHash('sha256').update(sql).digest('base64url').slice(0, 24)
    named.set(sql, name)
  }
  return name
}
