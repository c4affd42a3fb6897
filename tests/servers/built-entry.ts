// The entry of the tests' processes, beside the built service in dist/: what runs is what was built, and it
// starts in half of the time that compiling the sources in each process takes.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCE = 'tests/office/service-entry.ts'

/** Builds the service where its sources changed, and gives the path of the entry. */
export async function buildEntry(): Promise<string> {
  // Never synchronously: who waits at the desk would lose its connection.
  await promisify(execFile)(process.execPath, [join(ROOT, 'deploy/setup.js'), '--build'], {
    cwd: ROOT,
  })
  const { outputText } = ts.transpileModule(readFileSync(join(ROOT, SOURCE), 'utf8'), {
    fileName: SOURCE,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      inlineSourceMap: true,
    },
  })
  const entry = join(ROOT, 'dist', SOURCE.replace(/\.ts$/, '.js'))
  mkdirSync(dirname(entry), { recursive: true })
  writeFileSync(entry, outputText)
  return entry
}
