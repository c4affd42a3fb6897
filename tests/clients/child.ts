// A client in a process of its own, seen as a shell sees it.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export type Child = AsyncDisposable & {
  /** The next line of standard output; undefined at its end. */
  line(): Promise<string | undefined>
  write(text: string): void
  /** Its end: exit code and everything that it wrote to standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

/** Starts a program; it does not outlive the test. */
export function startChild(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Child {
  const child = spawn(program, args, { env, stdio: 'pipe' })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stderr }))
  })
  ended.catch(() => {}) // told to whoever awaits it
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ended,
    async line() {
      const { value, done } = (await lines.next()) as IteratorResult<string, undefined>
      return done ? undefined : value
    },
    write: (text) => void child.stdin.write(text),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended.catch(() => {})
    },
  }
}
