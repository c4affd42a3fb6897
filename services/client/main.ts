// `npm run -s huiqian -- <words>`: the client as a process.
import { systemMint } from '../../shared/identity/system-mint.js'
import { run } from './client.js'

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const { env } = process
// Through npm the process stands in the package's folder; file names are meant from where it was called.
const folder = (env['npm_lifecycle_event'] === 'huiqian' && env['INIT_CWD']) || process.cwd()

process.exitCode = await run(process.argv.slice(2), {
  io: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
  env,
  folder,
  now: () => Date.now(),
  mint: systemMint(),
})
