// The command line client as a shell runs it: a process of its own, against a launched house whose
// certificates lie in a folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openOffice, type Office } from '../office/office.js'
import { startChild } from './child.js'

const MAIN = fileURLToPath(new URL('../../services/client/main.ts', import.meta.url))
/** The words that run the client from its sources. */
export const HUIQIAN = [process.execPath, '--import', 'tsx', MAIN] as const

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

export type Shell = AsyncDisposable & {
  readonly office: Office
  /** An empty folder for files. */
  readonly folder: string
  /** `--address … --data …` of this house. */
  readonly where: readonly string[]
  /** `huiqian <words>` as somebody, to its end. */
  run(who: string, ...words: string[]): Promise<Ran>
  /** The same with --json. */
  json(who: string, ...words: string[]): Promise<unknown>
  /** Starts it and lets it run. */
  start(who: string, ...words: string[]): ReturnType<typeof startChild>
}

/** A house, and a shell beside it. The agencies named get their certificates. */
export async function openShell(today: string, agencies: readonly string[]): Promise<Shell> {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-shell-'))
  const data = join(folder, 'data')
  const office = await openOffice({ today, shape: 'one process', config: { data } })
  for (const name of agencies)
    await office.premises.certificateOf({ kind: 'agency', code: office.codeOf(name) })
  const where = ['--address', office.premises.addressOf('coordination'), '--data', data]
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(HUIQIAN_|npm_|INIT_CWD)/.test(name)),
  )
  const start = (who: string, ...words: string[]) => {
    const [program, ...own] = HUIQIAN
    const place = words.includes('--address') ? where.slice(2) : where
    return startChild(program, [...own, ...words, '--as', who, ...place], env)
  }
  const shell: Shell = {
    ...{ office, folder, where, start },
    async run(who, ...words) {
      await using child = start(who, ...words)
      const lines: string[] = []
      for (let line = await child.line(); line !== undefined; line = await child.line())
        lines.push(line)
      const { code, stderr } = await child.ended
      return { code, out: lines.join('\n'), err: stderr }
    },
    async json(who, ...words) {
      const { code, out, err } = await shell.run(who, ...words, '--json')
      if (code !== 0) throw new Error(`huiqian ${words.join(' ')}: ${code}\n${err}`)
      return JSON.parse(out)
    },
    async [Symbol.asyncDispose]() {
      await office[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return shell
}
