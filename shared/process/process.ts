// A process from start to stop: parts start in order and stop in reverse, in bounded time. A signal
// stops it, a second one at once; a bug that nobody caught stops it too (a half-broken process is
// worse than none: everything that matters is in the record).
import type { Log } from './log.js'
import { OperatorError } from './operator-error.js'

const PART_STOP_MS = 12_000
const WHOLE_STOP_MS = 15_000

/** How to stop what was started. */
export type Stop = () => Promise<void> | void

export type Parts = {
  /** Starts a part; it is stopped before everything that was started earlier. */
  start<T>(name: string, start: () => Promise<{ part: T; stop: Stop }>): Promise<T>
  /** Stops all parts in reverse. Resolves to the names of those that failed or took too long. */
  stop(): Promise<readonly string[]>
}

export type StopLimits = { readonly partMs?: number; readonly wholeMs?: number }

/** The parts of a process, or of anything else that starts and stops. */
export function parts(
  log: Log,
  { partMs = PART_STOP_MS, wholeMs = WHOLE_STOP_MS }: StopLimits = {},
): Parts {
  const started: { name: string; stop: Stop }[] = []
  let stopping: Promise<readonly string[]> | undefined

  const stopAll = async (): Promise<string[]> => {
    const failed: string[] = []
    const until = performance.now() + wholeMs
    for (let next = started.pop(); next !== undefined; next = started.pop()) {
      const { name, stop } = next
      const left = Math.max(0, Math.min(partMs, until - performance.now()))
      try {
        if (!(await inTime(stop, left))) {
          failed.push(name)
          log.error('part did not stop in time', { component: name, limit: left })
        }
      } catch (error) {
        failed.push(name)
        log.error('part failed to stop', { component: name }, error)
      }
    }
    return failed
  }
  return {
    async start(name, start) {
      if (stopping) throw new Error(`${name} is not started any more: the process is stopping`)
      const { part, stop } = await start()
      started.push({ name, stop })
      return part
    },
    stop: () => (stopping ??= stopAll()),
  }
}

async function inTime(stop: Stop, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)))
  try {
    return await Promise.race([Promise.resolve(stop()).then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

/** What a process is for its lifecycle; `process` itself, but for tests. */
export type Host = Pick<NodeJS.Process, 'on' | 'exit'> & {
  readonly stderr: { write(text: string): unknown }
}

/**
 * Runs a process: starts its parts by `start`, then waits for a signal. Exit codes: 0 stopped by a
 * signal, 1 failed to start, failed to stop, or stopped by a bug.
 */
export async function runProcess(
  log: Log,
  start: (parts: Parts) => Promise<void>,
  { host = process, ...limits }: StopLimits & { readonly host?: Host } = {},
): Promise<void> {
  const all = parts(log, limits)
  let signals = 0
  const onSignal = (signal: NodeJS.Signals): void => {
    log.info('signal received', { signal })
    if (++signals > 1) {
      host.exit(1)
      return
    }
    void all.stop().then((failed) => host.exit(failed.length === 0 ? 0 : 1))
  }
  const onBug = (error: unknown): void => {
    log.error('stopped by an error that nobody caught', {}, error)
    host.exit(1)
  }
  host.on('SIGTERM', onSignal)
  host.on('SIGINT', onSignal)
  host.on('uncaughtException', onBug)
  host.on('unhandledRejection', onBug)
  try {
    await start(all)
  } catch (error) {
    if (signals > 0) return // stopped while starting: the signal's stop goes on
    if (error instanceof OperatorError) host.stderr.write(`${error.message}\n`)
    log.error('failed to start', {}, error)
    await all.stop()
    host.exit(1)
  }
}
