// Where Python is, with what its example needs; with CI=true a missing one is a failure, not a skip.
import { spawnSync } from 'node:child_process'

/** The interpreter that can import these modules; undefined where there is none. */
export function findPython(modules: readonly string[], packages: string): string | undefined {
  const found = ['/usr/bin/python3', 'python3'].find((python) => {
    const { status } = spawnSync(python, ['-c', `import ${modules.join(', ')}`])
    return status === 0
  })
  if (found === undefined && process.env['CI'] === 'true')
    throw new Error(`CI=true, and no Python with ${modules.join(', ')}: install ${packages}`)
  return found
}
