// One process at a time on a data folder. The lock is a file that appears whole or not at all (by a
// link) and names its holder: pid, when that process began, boot and host. A dead holder's lock is
// taken over by whoever first holds the lock on that takeover, so that two who come at once cannot
// both have it.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { OperatorError } from './operator-error.js'
import { isAlive, thisProcess, type Holder, type Liveness } from './lock-holder.js'

const BEAT_MS = 10_000
const SILENT_MS = 60_000 // a holder that cannot be looked at from here is dead after this
const TAKEOVERS_DEEP_MAX = 4

export type FolderLock = { readonly file: string; release(): void }

/** The folder is another process's. */
export class FolderHeld extends OperatorError {
  constructor(
    readonly folder: string,
    readonly holder: Holder,
    liveness: Liveness,
  ) {
    const who = `process ${holder.pid} on ${holder.host}`
    const advice =
      liveness === 'alive'
        ? 'stop it first, or configure another folder'
        : `it cannot be looked at from here; if it is dead, wait ${SILENT_MS / 1000} seconds`
    super(`the data folder ${folder} is in use by ${who}: ${advice}`)
    this.name = 'FolderHeld'
  }
}

/** Locks a folder (made if it is missing) until `release`, or until this process dies. */
export function lockFolder(folder: string, me: Holder = thisProcess()): FolderLock {
  const room = resolve(folder)
  mkdirSync(room, { recursive: true, mode: 0o700 })
  const file = join(room, 'lock')
  const token = `${me.pid}-${me.began}-${process.hrtime.bigint()}` // never twice since this boot
  take(room, file, { ...me, token }, TAKEOVERS_DEEP_MAX)
  const beat = setInterval(() => touch(file, token, me.now() / 1000), BEAT_MS)
  beat.unref()
  return {
    file,
    release() {
      clearInterval(beat)
      drop(file, token)
    },
  }
}

type Held = Holder & { readonly token: string }

function take(room: string, file: string, mine: Held, deep: number): void {
  for (;;) {
    if (appears(file, mine, linkSync)) return
    const there = read(file)
    if (there === undefined) continue // released meanwhile
    const liveness = livenessOf(there, file, mine)
    if (liveness !== 'dead' || deep === 0) throw new FolderHeld(room, there, liveness)
    // Only who holds this may replace that dead holder's lock; nobody else ever touches it.
    const guard = `${file}.after-${there.token}`
    take(room, guard, mine, deep - 1)
    try {
      if (read(file)?.token === there.token && appears(file, mine, renameSync)) return
    } finally {
      drop(guard, mine.token)
    }
  }
}

function livenessOf(there: Held, file: string, mine: Holder): Liveness {
  const liveness = isAlive(there, mine)
  if (liveness !== 'unknown') return liveness
  try {
    const silent = mine.now() - statSync(file).mtimeMs
    return silent > SILENT_MS ? 'dead' : 'unknown'
  } catch {
    return 'unknown' // it was released while we looked: the next look will tell
  }
}

// Written aside, then put in place in one step: by a link, which never replaces, or by a rename, which does.
function appears(file: string, mine: Held, put: (from: string, to: string) => void): boolean {
  const draft = `${file}.${mine.token}`
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    put(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkIfThere(draft)
  }
}

function read(file: string): Held | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text) as Held
  } catch (cause) {
    throw new Error(`${file} is no lock of ours; remove it if nothing uses the folder`, { cause })
  }
}

function touch(file: string, token: string, seconds: number): void {
  if (read(file)?.token === token) utimesSync(file, seconds, seconds)
}

function drop(file: string, token: string): void {
  if (read(file)?.token === token) unlinkIfThere(file)
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
