// A nats-server of our own: a child on a loopback port, with a configuration and keys made for it.
import type { ChildProcess } from 'node:child_process'
import { execFile, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { natsConfig } from './nats-config.js'
import type { NatsLimits } from './nats-config.js'
import type { NatsUser } from './nats-subjects.js'

const READY_MS = 15_000
const STOP_MS = 5_000
const LOOK_MS = 20
const CANDIDATES = ['nats-server', '/usr/sbin/nats-server', '/usr/local/bin/nats-server']

export type NatsServerOptions = {
  /** Where its configuration, store and log are kept. */
  readonly dir: string
  readonly users: readonly NatsUser[]
  /** A free one unless given. */
  readonly port?: number
  readonly limits?: NatsLimits
  /** What `findNatsServer` found, where the caller looked already. */
  readonly binary?: string
}

export type NatsServer = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly storeDir: string
  /** Resolves when the process is gone, whoever ended it. */
  readonly gone: Promise<void>
  /** Ends it in bounded time, by force if need be. */
  stop(): Promise<void>
}

/** The nats-server of this machine: on PATH, or where distributions put it. */
export async function findNatsServer(): Promise<
  { readonly binary: string; readonly version: string } | undefined
> {
  for (const binary of CANDIDATES) {
    try {
      const { stdout } = await promisify(execFile)(binary, ['--version'], { timeout: 5_000 })
      return { binary, version: stdout.trim().replace(/^nats-server:? v?/, '') }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return undefined
}

/** Starts a nats-server and waits until it answers with JetStream on. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const binary = options.binary ?? (await findNatsServer())?.binary
  if (binary === undefined) throw new Error('no nats-server is installed (Debian: nats-server)')
  const files = filesIn(options.dir)
  await endLeftOver(files)
  writeConfig(options, files)
  const child = spawn(binary, ['-c', files.config], { stdio: 'ignore' })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const endWithUs = (): void => void child.kill('SIGKILL') // we exit without having stopped it
  process.once('exit', endWithUs)
  void gone.then(() => process.off('exit', endWithUs))
  const stop = (): Promise<void> => end(child, gone)
  try {
    const port = await untilReady(child, files)
    return {
      url: `nats://127.0.0.1:${port}`,
      port,
      pid: child.pid!,
      storeDir: files.store,
      gone,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type Files = ReturnType<typeof filesIn>

const filesIn = (dir: string) => ({
  dir,
  config: join(dir, 'nats.conf'),
  store: join(dir, 'store'),
  ports: join(dir, 'ports'),
  log: join(dir, 'nats.log'),
  pid: join(dir, 'nats.pid'),
})

function writeConfig(options: NatsServerOptions, files: Files): void {
  rmSync(files.ports, { recursive: true, force: true })
  for (const dir of [files.dir, files.store, files.ports])
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  const text = natsConfig({
    port: options.port ?? -1,
    users: options.users,
    storeDir: files.store,
    logFile: files.log,
    pidFile: files.pid,
    portsDir: files.ports,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  writeFileSync(files.config, text, { mode: 0o600 })
  chmodSync(files.config, 0o600) // also where an older file lay there
  rmSync(files.log, { force: true })
}

/** Waits for the ports file of this very process, then for its greeting. Gives the port. */
async function untilReady(child: ChildProcess, files: Files): Promise<number> {
  const timeout = AbortSignal.timeout(READY_MS)
  const portsFile = join(files.ports, `nats-server_${child.pid}.ports`)
  while (!timeout.aborted) {
    if (child.pid === undefined || child.exitCode !== null) break
    const port = existsSync(portsFile) ? portIn(readFileSync(portsFile, 'utf8')) : undefined
    if (port !== undefined && (await greets(port))) return port
    await sleep(LOOK_MS)
  }
  throw new Error(`nats-server did not become ready:\n${lastLines(files.log)}`)
}

function portIn(text: string): number | undefined {
  const found = /nats:\/\/[^"]*:(\d+)"/.exec(text) // the file may be half written
  return found?.[1] === undefined ? undefined : Number(found[1])
}

/** Whether a NATS server with JetStream greets at a port. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
    const answer = (yes: boolean): void => {
      socket.destroy()
      resolve(yes)
    }
    socket.once('data', (data) => answer(/^INFO .*"jetstream":true/.test(data.toString('utf8'))))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.pid === undefined) return
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  const late = new AbortController()
  const force = sleep(STOP_MS, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  )
  await gone
  late.abort()
  await force
}

/** Ends a server that an earlier process left behind in this very folder (that one was killed). */
async function endLeftOver(files: Files): Promise<void> {
  if (!existsSync(files.pid)) return
  const pid = Number(readFileSync(files.pid, 'utf8'))
  const isOurs = (): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(files.config)
    } catch {
      return false // no such process, or a system without /proc: its port file is made anew anyway
    }
  }
  if (!Number.isInteger(pid) || !isOurs()) return
  process.kill(pid, 'SIGTERM')
  for (let waited = 0; isOurs(); waited += LOOK_MS) {
    if (waited === STOP_MS) process.kill(pid, 'SIGKILL')
    await sleep(LOOK_MS)
  }
}

function lastLines(file: string): string {
  return existsSync(file)
    ? readFileSync(file, 'utf8').split('\n').slice(-12).join('\n')
    : '(no log)'
}
