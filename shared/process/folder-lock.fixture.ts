// A process that locks the folder it is given, says how that went, and holds on until it is killed.
// With `at`, it waits for a file to appear first, so that many begin at once.
import { existsSync } from 'node:fs'
import { lockFolder } from './folder-lock.js'

const [, , folder = '', at] = process.argv
while (at !== undefined && !existsSync(at))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
try {
  lockFolder(folder)
  process.stdout.write('held\n')
} catch (error) {
  process.stdout.write(
    `${error instanceof Error ? `${error.name}: ${error.message}` : 'no error'}\n`,
  )
}
setInterval(() => {}, 1000)
