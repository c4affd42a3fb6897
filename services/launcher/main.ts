// `npm start`: the house for use, or some of its services in a process of their own.
import { systemClock } from '../../shared/clock/system-clock.js'
import { systemMint } from '../../shared/identity/system-mint.js'
import { openLog } from '../../shared/process/log.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import { runProcess } from '../../shared/process/process.js'
import { readConfig } from './config.js'
import { importSample } from './first-start.js'
import { greeting } from './greeting.js'
import { openHouse } from './house.js'
import { readyAgencies } from './ready-agencies.js'

async function main(): Promise<void> {
  const { house: config, level } = readConfig(process.env)
  const log = openLog(level)
  await runProcess(log, async (parts) => {
    const onFatal = (fault: Error): void => {
      log.error('a database cannot be trusted any more', {}, fault)
      // Nothing that would be said from here on is worth anything: stop as on a bug.
      setImmediate(() => {
        throw fault
      })
    }
    const outside = { clock: systemClock, mint: systemMint(), log, onFatal }
    const house = await openHouse(config, outside, parts)
    const operator = {
      address: house.address,
      certificates: await house.certificates.of({ kind: 'operator', name: 'admin' }),
    }
    const hasDirectory = config.services.includes('directory')
    if (hasDirectory && config.sample) {
      const count = await importSample(operator)
      if (count > 0) log.info('sample agencies imported', { count })
    }
    const agencies = hasDirectory ? await readyAgencies(operator, house.certificates) : []
    const { address, metricsAddress, bus } = house
    const standing = {
      ...{ address, metricsAddress, bus, agencies },
      ...{ data: config.data, certificates: house.certificates.folder, services: config.services },
    }
    process.stdout.write(greeting(standing, process.cwd()))
  })
}

main().catch((error: unknown) => {
  // Before there is a log: a configuration that cannot be used.
  const told = error instanceof OperatorError ? error.message : String(error)
  process.stderr.write(`${told}\n`)
  process.exitCode = 1
})
