// The promise to callers: what was released stays readable. proto/released.binpb is the last released contract.
//
//   node deploy/contract.js check     the contract of now against the released one
//   node deploy/contract.js release   the contract of now becomes the released one
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const RELEASED = 'proto/released.binpb'

function buf(...args) {
  const bin = join(root, 'node_modules/@bufbuild/buf/bin/buf')
  return spawnSync(process.execPath, [bin, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1
}

function check() {
  if (existsSync(join(root, RELEASED)))
    return buf('breaking', 'proto', '--against', RELEASED, '--exclude-imports')
  console.log(`no contract was released yet (${RELEASED} is absent): nothing to break`)
  return 0
}

function release() {
  const broken = check()
  if (broken !== 0 && !process.argv.includes('--breaking')) {
    console.error(
      'the contract of now breaks the released one; --breaking releases it all the same',
    )
    return broken
  }
  return buf('build', 'proto', '--exclude-source-info', '--output', RELEASED)
}

const verbs = { check, release }
const verb = verbs[process.argv[2]]
if (!verb) throw new Error(`contract.js ${Object.keys(verbs).join(' | ')}`)
process.exitCode = verb()
