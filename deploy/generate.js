// Code and the descriptor image from the contracts in proto/, into gen/ (never committed).
// Everything is made beside gen/ and moved in file by file, and only what changed: a test or a compiler
// that reads gen/ meanwhile never sees it half written, and unchanged files keep their dates.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { renameSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs the pinned buf; throws with everything that it said when it fails. */
export function buf(args) {
  const bin = join(root, 'node_modules/@bufbuild/buf/bin/buf')
  const ran = spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8' })
  if (ran.status !== 0) {
    throw new Error(`buf ${args[0]} failed\n${ran.stdout}${ran.stderr}${ran.error ?? ''}`.trim())
  }
  return ran.stdout
}

/** Every file below a folder, relative to it. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

/** Makes gen/ anew from proto/. */
export function generate() {
  const made = mkdtempSync(join(root, 'node_modules/.gen-'))
  try {
    buf(['generate', '--output', made])
    buf(['build', '--as-file-descriptor-set', '--output', join(made, 'gen/image.binpb')])
    moveChanged(join(made, 'gen'), join(root, 'gen'))
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

function moveChanged(from, to) {
  const wanted = filesBelow(from)
  for (const file of wanted) {
    const target = join(to, file)
    if (existsSync(target) && readFileSync(target).equals(readFileSync(join(from, file)))) continue
    mkdirSync(dirname(target), { recursive: true })
    renameSync(join(from, file), target)
  }
  const keep = new Set(wanted)
  for (const file of filesBelow(to)) if (!keep.has(file)) rmSync(join(to, file), { force: true })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) generate()
