// A real nats-server for tests: started in a temporary folder, killed, wiped and restarted on the
// same port at will, stopped by its own pid.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NatsKey } from '../../shared/bus/nats-keys.js'
import type { NatsServer } from '../../shared/bus/nats-server.js'
import { findNatsServer, startNatsServer } from '../../shared/bus/nats-server.js'
import type { NatsService } from '../../shared/bus/prepare-nats.js'
import { prepareNats } from '../../shared/bus/prepare-nats.js'

/** Whether tests over NATS run here. With CI=true a missing server is a failure, not a skip. */
export async function natsIsHere(): Promise<boolean> {
  const found = await findNatsServer()
  if (found === undefined && process.env['CI'] === 'true')
    throw new Error('CI=true, and no nats-server is installed: a skipped half is a failure')
  return found !== undefined
}

export type TestNats = {
  readonly url: string
  readonly port: number
  key(name: string): NatsKey
  /** Makes it stand still, and go on. */
  freeze(): void
  thaw(): void
  /** Kills it as a power button would (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>
  /** Removes everything that it stored. Only while it is down. */
  wipe(): void
  /** Starts it again, on the same port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a nats-server with a key for each of these services. */
export async function natsForTests(services: readonly NatsService[]): Promise<TestNats> {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-nats-'))
  const { keys, users } = prepareNats({ dir, services, port: -1, storeDir: join(dir, 'store') })
  const key = (name: string): NatsKey => {
    const found = keys.get(name)
    if (found === undefined) throw new Error(`no key was made for ${name}`)
    return found
  }
  const start = (port?: number): Promise<NatsServer> =>
    startNatsServer({ dir, users, ...(port === undefined ? {} : { port }) })
  let server = await start()
  const { url, port, storeDir } = server
  return {
    url,
    port,
    key,
    freeze: () => void process.kill(server.pid, 'SIGSTOP'),
    thaw: () => void process.kill(server.pid, 'SIGCONT'),
    async kill() {
      process.kill(server.pid, 'SIGKILL')
      await server.gone
    },
    wipe: () => rmSync(storeDir, { recursive: true, force: true }),
    async restart() {
      await server.stop()
      server = await start(port)
    },
    async stop() {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
