// The entry of the tests' processes, beside the built service in dist/: what runs is what was built, and it
// starts in half of the time that compiling the sources in each process takes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCE = 'tests/office/service-entry.ts'

/** Builds the service where its sources changed, and gives the path of the entry. */
export function buildEntry(): string {
  const built = spawnSync(process.execPath, [join(ROOT, 'deploy/setup.js'), '--build'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`the service was not built:\n${built.stderr}`)
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
