// A process for the crash test: changes without end, each told on standard output once it is
// committed. With `careless` it tells before, which the test must notice.
import { openDatabase, type DatabaseConfig } from '../../shared/database/database.js'
import { openBallots, vote, NOW } from './ballots.js'

const config = JSON.parse(process.argv[2]!) as DatabaseConfig
const careless = process.argv[3] === 'careless'
const { ballots } = await openBallots({
  config,
  open: (options) => openDatabase<never>(config, options) as never,
})
await Promise.all(
  Array.from({ length: 64 }, async (_, line) => {
    for (let nth = 0; ; nth++) {
      const id = `${line}.${nth}`
      if (careless) {
        process.stdout.write(`${id}\n`)
        await new Promise((resolve) => setTimeout(resolve, 5)) // the moment in which it is told and not yet true
      }
      await ballots.change(id, { now: NOW }, vote('x'))
      if (!careless) process.stdout.write(`${id}\n`)
    }
  }),
)
