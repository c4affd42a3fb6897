// Who holds a lock, and whether that process still lives. A pid alone does not say: pids come round
// again, and after a restart of a container the same small number is somebody else.
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Clock } from '../clock/clock.js'
import { systemClock } from '../clock/system-clock.js'

export type Holder = {
  readonly pid: number
  /** When the process began, in the kernel's count; empty where there is no /proc. */
  readonly began: string
  readonly boot: string
  /** The space of pids (a container has its own). */
  readonly space: string
  readonly host: string
  readonly now: Clock['now']
}

/** `unknown`: it cannot be looked at from here (another host, another container). */
export type Liveness = 'alive' | 'dead' | 'unknown'

/** This process, as a holder. */
export const thisProcess = (): Holder => ({
  pid: process.pid,
  began: beganOf(process.pid) ?? '',
  boot: quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '',
  space: quietly(() => readlinkSync('/proc/self/ns/pid')) ?? '',
  host: hostname(),
  now: systemClock.now,
})

/** Whether a holder lives, seen from `me`. */
export function isAlive(holder: Omit<Holder, 'now'>, me: Holder): Liveness {
  if (holder.boot !== me.boot) return holder.host === me.host ? 'dead' : 'unknown' // rebooted, or elsewhere
  if (holder.space !== me.space) return 'unknown'
  if (holder.began !== '') return beganOf(holder.pid) === holder.began ? 'alive' : 'dead'
  return signalReaches(holder.pid) ? 'alive' : 'dead'
}

// Field 22 of /proc/<pid>/stat; the second field is a name in brackets that may hold anything.
function beganOf(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields?.[0] === 'Z' ? undefined : fields?.[19]
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// Where there is no /proc there is nothing to read: an answer like any other here.
function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
