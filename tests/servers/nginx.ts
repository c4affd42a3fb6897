// A real nginx for tests, with the configuration that operators get: started on a free port, data in a temporary
// folder, stopped by its own pid.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.js'

const CONFIGURATION = fileURLToPath(new URL('../../deploy/front-door/nginx.conf', import.meta.url))
const READY_MS = 10_000
const findNginx = (): string | undefined =>
  ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find((file) => existsSync(file))

/** Whether tests behind nginx run here. With CI=true a missing one is a failure, not a skip. */
export function nginxIsHere(): boolean {
  const found = findNginx() !== undefined
  if (!found && process.env['CI'] === 'true')
    throw new Error('CI=true, and no nginx is installed: a skipped half is a failure')
  return found
}

export type FrontDoor = AsyncDisposable & { readonly address: string; said(): string }

/** The front door before these services (name → host:port), with the certificates of a folder. */
export async function startFrontDoor(
  certificates: string,
  services: Readonly<Record<string, string>>,
): Promise<FrontDoor> {
  const binary = findNginx()
  if (binary === undefined) throw new Error('no nginx is installed (Debian: nginx)')
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-front-door-'))
  const port = await freePort()
  const address = `127.0.0.1:${port}`
  writeFileSync(join(folder, 'nginx.conf'), configured(address, certificates, services, folder))
  const child = spawn(
    binary,
    ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off;'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM') // at once: what is open is cut
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  for (const end = Date.now() + READY_MS; !(await listens(port)); await sleep(20))
    if (child.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`nginx does not start: ${said}`)
    }
  return { address, said: () => said, [Symbol.asyncDispose]: stop }
}

/** The operators' configuration with their settings; one that is not found any more is an error. */
function configured(
  address: string,
  certificates: string,
  services: Readonly<Record<string, string>>,
  folder: string,
): string {
  let text = readFileSync(CONFIGURATION, 'utf8')
  const set = (from: string | RegExp, to: string): void => {
    const before = text
    text = text.replaceAll(from, to)
    if (text === before) throw new Error(`the configuration has no ${String(from)}`)
  }
  set('/run/huiqian-front-door.pid', join(folder, 'nginx.pid'))
  set('/etc/huiqian/certificates', certificates)
  set('0.0.0.0:8443', address)
  for (const [name, at] of Object.entries(services))
    set(new RegExp(`(upstream huiqian_${name} +\\{ server )127\\.0\\.0\\.1:7443`, 'g'), `$1${at}`)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] // /var/lib/nginx is not ours
  const own = places.map((one) => `${one}_temp_path ${join(folder, one)};`).join(' ')
  set('server_tokens off;', `server_tokens off; ${own}`)
  return text
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })
