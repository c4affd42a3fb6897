// Starts the processes that are measured: each a child of its own, told what to do over IPC, ended by
// its own id. The client is the process that measures.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Child = {
  /** Sends a word and waits for the answer to it. */
  ask<T>(what: string, detail?: unknown): Promise<T>
  readonly pid: number
  stop(): Promise<void>
}

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string }

/** Starts an entry of this folder; its first message says that it is ready. */
export async function startChild(entry: string, settings: unknown): Promise<Child> {
  const file = fileURLToPath(new URL(entry, import.meta.url))
  const child = fork(file, [JSON.stringify(settings)], {
    execArgv: [
      '--import',
      'tsx',
      '--expose-gc',
      ...(process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter(Boolean),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let next = 0
  const waiting = new Map<number, (answer: Answer) => void>()
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  child.on('exit', (code) => {
    for (const tell of waiting.values()) tell({ id: 0, error: `${entry} ended with ${code}` })
    waiting.clear()
  })
  const answerTo = <T>(id: number): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.set(id, ({ value, error }) =>
        error === undefined ? resolve(value as T) : reject(new Error(error)),
      )
    })
  await answerTo(next++)
  return {
    pid: child.pid ?? 0,
    ask(what, detail) {
      const id = next++
      const answered = answerTo<never>(id)
      child.send({ id, what, detail })
      return answered
    },
    stop: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(hard)
}

export type Deeds = Readonly<Record<string, (detail: never) => unknown>>

/** The child's side: answers each word with what its deed gives; says that it is ready first. */
export function answerParent(deeds: Deeds): void {
  process.on('message', ({ id, what, detail }: { id: number; what: string; detail: never }) => {
    Promise.resolve()
      .then(() => deeds[what]?.(detail))
      .then(
        (value) => process.send?.({ id, value }),
        (error: unknown) => process.send?.({ id, error: String(error) }),
      )
  })
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM')) // whoever measures is gone
  process.send?.({ id: 0 })
}

/** What this child was started with. */
export const settingsOf = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T
