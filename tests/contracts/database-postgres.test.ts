// What only PostgreSQL brings: a server that may promise less, and a connection that may break.
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  openDatabase,
  type DatabaseConfig,
  type DatabaseOptions,
} from '../../shared/database/database.js'
import { startPostgres } from '../servers/postgres.js'
import { freshSchema, sharedPostgres } from '../servers/shared.js'
import { migrations, NOW, openBallots, request, vote } from './ballots.js'

const url = await sharedPostgres()
const now = { now: NOW }

/** Stands between a client and the server, and cuts the line once a word was seen from the client (and passed on). */
async function cutAfter(word: string): Promise<{ url: string; arm(): void; cuts(): number }> {
  const to = new URL(url!)
  const lines = new Set<Socket>()
  let armed = false
  let cuts = 0
  const proxy = createServer((client) => {
    const server = connect(Number(to.port), to.hostname)
    for (const socket of [client, server]) {
      lines.add(socket)
      socket.on('error', () => undefined) // cut lines say so, at both ends
      socket.on('close', () => (client.destroy(), server.destroy()))
    }
    server.pipe(client)
    client.on('data', (data) => {
      if (!armed || !data.includes(word)) return void server.write(data)
      armed = false
      cuts++
      server.unpipe(client)
      server.write(data, () => client.destroy())
    })
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  onTestFinished(async () => {
    for (const socket of lines) socket.destroy()
    await new Promise((closed) => proxy.close(closed))
  })
  const through = new URL(url!)
  through.port = String((proxy.address() as AddressInfo).port)
  return { url: through.href, arm: () => (armed = true), cuts: () => cuts }
}

async function openAt(at: string) {
  const config: DatabaseConfig = { kind: 'postgres', url: at, schema: freshSchema() }
  const open = async (options: DatabaseOptions) => {
    const database = await openDatabase<never>(config, options)
    onTestFinished(() => database.close())
    return database as never
  }
  return openBallots({ config, open })
}

describe.skipIf(url === undefined)('PostgreSQL', () => {
  test('that does not sync is not used', async () => {
    const careless = await startPostgres({ fsync: 'off' })
    onTestFinished(() => careless.stop())
    const config = { kind: 'postgres', url: careless.url, schema: 'careless' } as const
    await expect(openDatabase(config, { migrations })).rejects.toThrow('fsync = off')
  })

  test('keeps each service in a schema of its own', async () => {
    const one = await openAt(url!)
    const other = await openAt(url!)
    await one.ballots.change('a', now, vote('x'))
    expect(await other.ballots.read('a')).toMatchObject({ version: 0 })
    await expect(
      openDatabase({ kind: 'postgres', url: url!, schema: 'public; drop' }, { migrations }),
    ).rejects.toThrow('not a plain schema name')
  })

  test('gone before the commit: not done, told as in doubt, and the next change connects anew', async () => {
    const line = await cutAfter('"by":"lost"')
    const { ballots } = await openAt(line.url)
    await ballots.change('a', now, vote('x'))
    line.arm()
    await expect(ballots.change('b', now, vote('lost'))).rejects.toMatchObject({
      reason: 'IN_DOUBT',
    })
    expect(await ballots.change('a', now, vote('y'))).toMatchObject({ version: 2 })
    expect([(await ballots.read('b')).version, line.cuts()]).toEqual([0, 1])
  })

  test('gone during the commit: in doubt, and the same request id gets the answer', async () => {
    const line = await cutAfter('commit')
    const { ballots, dossier } = await openAt(line.url)
    await ballots.change('a', now, vote('x'))
    line.arm()
    const keyed = { ...now, request: request('r1') }
    const unknown = ballots.change('a', keyed, vote('y'))
    await expect(unknown).rejects.toMatchObject({
      reason: 'IN_DOUBT',
      params: { why: 'outcome-unknown' },
    })
    expect(await ballots.change('a', keyed, vote('y'))).toMatchObject({
      version: 2,
      state: { votes: ['x', 'y'] },
    })
    expect((await dossier.head()).sequence).toBe(2)
  })

  test('that ends our session while we hold the feed lets the others go on', async () => {
    const { ballots, database } = await openAt(url!)
    const ended = database.write(async (transaction) => {
      await transaction.rows({ sql: 'select * from feed for update', parameters: [] })
      const [mine] = await transaction.rows({
        sql: 'select pg_backend_pid() as pid',
        parameters: [],
      })
      await endSession(mine!['pid'] as number)
      await transaction.run([{ sql: 'update feed set last_sequence = 99', parameters: [] }])
    })
    await expect(ended).rejects.toMatchObject({ kind: 'unreachable' })
    expect(await ballots.change('a', now, vote('x'))).toMatchObject({ version: 1 })
  })
})

async function endSession(pid: number): Promise<void> {
  const admin = await openDatabase<object>(
    { kind: 'postgres', url: url!, schema: freshSchema() },
    { migrations: [] },
  )
  await admin.query({ sql: 'select pg_terminate_backend($1, 5000)', parameters: [pid] })
  await admin.close()
}
