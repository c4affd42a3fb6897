// A real PostgreSQL for tests, in a temporary folder, syncing for real, stopped by the pid that was
// started here. PostgreSQL refuses to run as root, so root runs it as `postgres` or `nobody`.
import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.js'

export type PostgresServer = {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

const INSTALLED = '/usr/lib/postgresql' // Debian's package: a folder a version
const STARTS_MAX = 3 // the free port may be taken between looking and listening
const READY_WITHIN_MS = 30_000

/** The folder with the newest PostgreSQL's programs, if there is one. */
export function findPostgres(): string | undefined {
  if (!existsSync(INSTALLED)) return undefined
  return readdirSync(INSTALLED)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(INSTALLED, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
}

/** Starts a server on a free loopback port. `settings` overrule ours. */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const bin = findPostgres()
  if (bin === undefined) throw new Error('no PostgreSQL found (Debian package: postgresql)')
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-postgres-'))
  const as = unprivileged()
  if (as !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'huiqian', '-E', 'UTF8', '--no-locale', '--auth=trust', '--no-sync'],
    { ...as, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`)
  for (let start = 1; ; start++) {
    try {
      return await startOn(await freePort(), { bin, folder, data, as, settings })
    } catch (error) {
      if (start < STARTS_MAX) continue
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }
}

type Place = {
  readonly bin: string
  readonly folder: string
  readonly data: string
  readonly as: { uid: number; gid: number } | undefined
  readonly settings: Readonly<Record<string, string>>
}

async function startOn(
  port: number,
  { bin, folder, data, as, settings }: Place,
): Promise<PostgresServer> {
  const chosen = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    max_connections: '200',
    shared_buffers: '64MB',
    fsync: 'on',
    ...settings,
  }
  const logFile = join(folder, 'log')
  const log = openSync(logFile, 'w')
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...as, cwd: folder, stdio: ['ignore', log, log] },
  )
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const killNow = (): void => {
    child.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', killNow) // whatever ends us, it does not outlive us
  const deadline = performance.now() + READY_WITHIN_MS
  while (spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status !== 0) {
    if (child.exitCode === null && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    process.off('exit', killNow)
    child.kill('SIGQUIT')
    throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, 'utf8')}`)
  }
  return {
    url: `postgres://huiqian@127.0.0.1:${port}/postgres`,
    pid: child.pid!,
    async stop() {
      child.kill('SIGINT')
      await gone
      process.off('exit', killNow)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${wanted}:`))?.split(':') ?? []
    if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody')
}
