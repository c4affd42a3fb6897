// The service as it runs, in dist/: compiled sources and, keeping their paths, the data that they read
// from beside them (calendar, policy packs, directory samples, the descriptors for reflection).
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(root, ...parts)

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

// Types are the matter of `npm run check`; a start does not wait for them.
function compile() {
  const tsc = at('node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', at('deploy/tsconfig.build.json'), '--pretty', 'false']
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('the sources do not compile')
}

const isData = (file) => file === join('gen', 'image.binpb') || !/\.(ts|md|stamp)$/.test(file)

function copyData() {
  const sources = ['shared', 'services', 'gen']
    .filter((folder) => existsSync(at(folder)))
    .flatMap((folder) => filesBelow(at(folder)))
  for (const file of sources.filter(isData)) {
    mkdirSync(dirname(at('dist', file)), { recursive: true })
    copyFileSync(at(file), at('dist', file))
  }
}

// What was compiled or copied once and has no source any more must not be found at run time.
function removeOrphans() {
  for (const file of filesBelow(at('dist'))) {
    const source = relative('dist', file).replace(/\.js(\.map)?$/, '.ts')
    if (!/^\.(tsbuildinfo|stamp)$/.test(source) && !existsSync(at(source))) rmSync(at(file))
  }
}

compile()
copyData()
removeOrphans()
