// Everything that a fresh machine with Node and an empty home needs before a command can run, and nothing
// of it twice. Plain JavaScript without dependencies, because it runs before there are any.
//
//   node deploy/setup.js            packages, native addon, generated code
//   node deploy/setup.js --build    and the built service in dist/
//   node deploy/setup.js --nats     and nats-server, from the system's packages where that is possible
//   node deploy/setup.js --tests    and PostgreSQL, and what the example client in Python needs
//
// Each step leaves a stamp made of its inputs, so that a second start only compares; of two starts at once the
// second waits. It speaks on standard error: the commands behind it print for machines on standard output.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(root, ...parts)
const flags = new Set(process.argv.slice(2))
const LOCK_WAIT_MS = 15 * 60_000
const REFUSED_AGAIN_AFTER_MS = 24 * 3_600_000 // how long a failed system package is not asked for again

class SetupFailed extends Error {}

/** Runs a program to its end; its whole output is kept for the case that it fails. */
function run(program, args, { cwd = root, env = {} } = {}) {
  const ran = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = `${ran.stdout ?? ''}${ran.stderr ?? ''}${ran.error ? ran.error.message : ''}`.trim()
  return { ok: ran.status === 0, log }
}

function mustRun(program, args, options) {
  const { ok, log } = run(program, args, options)
  if (!ok) throw new SetupFailed(`${program} ${args.join(' ')}\n${log}`)
}

// npm as it was started, where it was: a machine may have several. `npm run -s` must not silence its log.
function npm(args, env) {
  const cli = process.env.npm_execpath ?? ''
  const [program, first] = cli.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []]
  mustRun(program, [...first, ...args], { env: { npm_config_loglevel: 'warn', ...env } })
}

function onPath(name, also = []) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...also]
  return folders.map((folder) => join(folder, name)).find((file) => fs.existsSync(file))
}

function hashOf(paths, ...words) {
  const hash = createHash('sha256').update(JSON.stringify(words))
  const add = (path) => {
    const found = fs.statSync(path, { throwIfNoEntry: false })
    if (!found) return
    if (found.isDirectory()) for (const name of fs.readdirSync(path).sort()) add(join(path, name))
    else if (!/\.((test|fixture)\.ts|md)$/.test(path))
      hash.update(`\0${path.slice(root.length)}\0`).update(fs.readFileSync(path))
  }
  paths.forEach((path) => add(at(path)))
  return hash.digest('hex')
}

// --- the steps -------------------------------------------------------------------------------------------

const CONTRACTS = ['proto', 'buf.yaml', 'buf.gen.yaml', 'package-lock.json', 'deploy/generate.js']
const COMPILER = ['tsconfig.json', 'deploy/tsconfig.build.json', 'deploy/build.js']
const addon = at('node_modules/better-sqlite3/build/Release/better_sqlite3.node')

const steps = [
  {
    name: 'packages, by the lockfile',
    stamp: at('node_modules/.stamps/packages'),
    inputs: () => hashOf(['package-lock.json']),
    run() {
      if (installedAsLocked()) return
      npm(['ci', '--include=dev'], { npm_config_ignore_scripts: 'true' })
    },
  },
  {
    name: 'the native part of better-sqlite3',
    stamp: at('node_modules/.stamps/addon'),
    inputs: () => hashOf(['package-lock.json'], process.versions.modules, process.arch),
    there: () => fs.existsSync(addon),
    run: buildAddon,
  },
  {
    name: 'code from the contracts in proto/',
    stamp: at('gen/.stamp'),
    inputs: () => hashOf(CONTRACTS),
    run: () => mustRun(process.execPath, [at('deploy/generate.js')]),
  },
  {
    name: 'the service in dist/',
    wanted: flags.has('--build'),
    stamp: at('dist/.stamp'),
    inputs: () => hashOf([...CONTRACTS, ...COMPILER, 'shared', 'services']),
    run: () => mustRun(process.execPath, [at('deploy/build.js')]),
  },
]

// What npm wrote down about the last installation, against the lockfile: an installation made by hand counts.
function installedAsLocked() {
  const hidden = at('node_modules/.package-lock.json')
  if (!fs.existsSync(hidden)) return false
  const { packages: installed } = JSON.parse(fs.readFileSync(hidden, 'utf8'))
  const { packages: locked } = JSON.parse(fs.readFileSync(at('package-lock.json'), 'utf8'))
  return Object.entries(locked).every(([path, { integrity, optional }]) => {
    if (path === '') return true
    return installed[path] ? installed[path].integrity === integrity : optional === true
  })
}

function buildAddon() {
  const loads = () =>
    run(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"]).ok
  if (loads()) return
  const missing = [
    ['make', onPath('make')],
    ['g++', process.env.CXX || onPath('g++') || onPath('c++')],
    ['python3', process.env.PYTHON || onPath('python3')],
  ].flatMap(([name, found]) => (found ? [] : [name]))
  if (missing.length > 0) {
    // Without a compiler a prebuilt addon is the only way; behind a closed network there is none.
    const prebuilt = [at('node_modules/prebuild-install/bin.js')]
    const { ok, log } = run(process.execPath, prebuilt, { cwd: at('node_modules/better-sqlite3') })
    if (ok && loads()) return
    throw new SetupFailed(
      `${missing.join(', ')} missing, and no prebuilt addon to be had:\n${log}\n` +
        `On Debian and Ubuntu: apt-get install ${missing.join(' ')}`,
    )
  }
  npm(['rebuild', 'better-sqlite3', '--foreground-scripts'], {
    npm_config_ignore_scripts: 'false',
    npm_config_build_from_source: 'true',
    JOBS: 'max',
    ...headersBesideNode(),
  })
  if (!loads()) throw new SetupFailed('better-sqlite3 was built and still does not load')
}

// node-gyp would download Node's headers; where this Node came with its own, no network is needed.
function headersBesideNode() {
  const prefix = dirname(dirname(fs.realpathSync(process.execPath)))
  const header = join(prefix, 'include/node/node_version.h')
  if (!fs.existsSync(header)) return {}
  const text = fs.readFileSync(header, 'utf8')
  const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1]
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.')
  return version === process.versions.node ? { npm_config_nodedir: prefix } : {}
}

// --- what comes from the system's packages, and is done without where it cannot be had ---------------------

const SBIN = ['/usr/sbin', '/usr/local/sbin'] // where Debian puts servers, often not on a user's PATH
const POSTGRES = '/usr/lib/postgresql'
const postgresFolders = () =>
  fs.existsSync(POSTGRES) ? fs.readdirSync(POSTGRES).map((v) => join(POSTGRES, v, 'bin')) : []
const pythonHas = (module) => fs.existsSync(`/usr/lib/python3/dist-packages/${module}`)

const systemPackages = [
  { name: 'nats-server', there: () => linked('nats-server'), for: ['--nats', '--tests'] },
  { name: 'postgresql', there: () => onPath('initdb', postgresFolders()), for: ['--tests'] },
  { name: 'python3-grpcio', there: () => pythonHas('grpc'), for: ['--tests'] },
  { name: 'python3-protobuf', there: () => pythonHas('google/protobuf'), for: ['--tests'] },
  { name: 'nginx', there: () => onPath('nginx', SBIN), for: ['--tests'] },
  { name: 'openssl', there: () => onPath('openssl'), for: ['--tests'] },
]

// A server outside of PATH is linked to where npm's scripts find it.
function linked(name) {
  if (onPath(name, [at('node_modules/.bin')])) return true
  const found = onPath(name, SBIN)
  if (found) fs.symlinkSync(found, at('node_modules/.bin', name))
  return found !== undefined
}

// Installing a server's package would also start the server; this service starts its own, on its own ports.
const INSTALL = `set -e
export DEBIAN_FRONTEND=noninteractive
if [ -d /usr/sbin ] && [ ! -e /usr/sbin/policy-rc.d ]; then
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
fi
install() { apt-get install -y --no-install-recommends "$@"; }
install "$@" || { apt-get update && install "$@"; }`

function installFromSystem(name) {
  if (!onPath('apt-get')) return { ok: false, log: 'there is no apt-get' }
  if (process.getuid?.() === 0) return run('sh', ['-c', INSTALL, 'sh', name])
  if (onPath('sudo') && run('sudo', ['-n', 'true']).ok)
    return run('sudo', ['-n', 'sh', '-c', INSTALL, 'sh', name])
  return { ok: false, log: 'neither root nor sudo without a password' }
}

function provideSystemPackages() {
  const missing = systemPackages.filter((one) => one.for.some((f) => flags.has(f)) && !one.there())
  for (const { name, there } of missing) {
    const refusal = at('node_modules/.stamps', `no-${name}`)
    const before = fs.statSync(refusal, { throwIfNoEntry: false })
    if (before && Date.now() - before.mtimeMs < REFUSED_AGAIN_AFTER_MS) {
      process.stderr.write(`setup: without ${name} (see node_modules/.stamps/no-${name})\n`)
      continue
    }
    locked(() => {
      if (there()) return
      say(`${name}, from the system's packages`, () => {
        const { log } = installFromSystem(name)
        if (there()) return 'done'
        fs.writeFileSync(refusal, `${log}\n`)
        return `not to be had (${log.split('\n').at(-1)}), going on without it`
      })
    })
  }
}

// --- one at a time, and only what changed ------------------------------------------------------------------

const fresh = ({ stamp, inputs, there }) =>
  fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === inputs() && (there?.() ?? true)

function say(what, work) {
  const started = performance.now()
  process.stderr.write(`setup: ${what} … `)
  const ending = work() ?? 'done'
  process.stderr.write(`${ending} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`)
}

// A process is named by its number and its start, because numbers come again.
function processName(pid) {
  const stat = `/proc/${pid}/stat`
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (error.code === 'ESRCH') return 'gone'
  }
  const started = fs.existsSync(stat)
    ? fs.readFileSync(stat, 'utf8').split(') ')[1].split(' ')[19]
    : ''
  return `${pid} ${started}`
}

function locked(work) {
  const lock = at('.setup-lock')
  const waitUntil = Date.now() + LOCK_WAIT_MS
  const pause = new Int32Array(new SharedArrayBuffer(4))
  // A link appears whole or not at all, so nobody ever sees a lock without its owner.
  for (let told = false; !tryLink(processName(process.pid), lock); told = true) {
    const owner = ownerOf(lock)
    if (owner && processName(owner.split(' ')[0]) !== owner) {
      if (ownerOf(lock) === owner) fs.rmSync(lock, { force: true }) // its process is gone
      continue
    }
    if (Date.now() > waitUntil) throw new SetupFailed(`${lock} is held by process ${owner}`)
    if (!told) process.stderr.write('setup: waiting for another set-up in this folder\n')
    Atomics.wait(pause, 0, 0, 200)
  }
  try {
    return work()
  } finally {
    fs.rmSync(lock, { force: true })
  }
}

function tryLink(content, path) {
  try {
    fs.symlinkSync(content, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function ownerOf(lock) {
  return fs.lstatSync(lock, { throwIfNoEntry: false }) ? fs.readlinkSync(lock) : ''
}

try {
  for (const step of steps) {
    if (step.wanted === false || fresh(step)) continue
    locked(() => {
      if (fresh(step)) return // the one that we waited for did it
      const inputs = step.inputs() // what changes while it runs makes the next start do it again
      say(step.name, step.run)
      fs.mkdirSync(dirname(step.stamp), { recursive: true })
      fs.writeFileSync(step.stamp, inputs)
    })
  }
  provideSystemPackages()
} catch (error) {
  if (!(error instanceof SetupFailed)) throw error
  process.stderr.write(`failed\n\n${error.message}\n`)
  process.exitCode = 1
}
