// The command line client in this process: words in, what it wrote and how it ended out.
import { Readable, Writable } from 'node:stream'
import { run } from '../../services/client/client.js'
import type { Outside } from '../../services/client/desk.js'

export type Played = { readonly code: number; readonly out: string; readonly err: string }

/** Plays one command line; `stdin` is what its standard input holds. */
export async function huiqian(
  words: readonly string[],
  { stdin = [], ...outside }: Omit<Outside, 'io'> & { readonly stdin?: readonly string[] },
): Promise<Played> {
  const [out, err] = [paper(), paper()]
  const io = { stdin: Readable.from(stdin), stdout: out.stream, stderr: err.stream }
  const code = await run(words, { ...outside, io })
  return { code, out: out.text(), err: err.text() }
}

function paper() {
  const written: string[] = []
  const write = (chunk: unknown, _: unknown, done: () => void): void => {
    written.push(String(chunk))
    done()
  }
  return { stream: new Writable({ write, decodeStrings: false }), text: () => written.join('') }
}
