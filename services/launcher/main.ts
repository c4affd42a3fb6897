// `npm start`: the house for use, or some of its services in a process of their own.
import { systemClock } from '../../shared/clock/system-clock.js'
import { systemMint } from '../../shared/identity/system-mint.js'
import { openLog, type Log } from '../../shared/process/log.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import { runProcess } from '../../shared/process/process.js'
import type { CallReport } from '../../shared/rpc/server.js'
import { readConfig } from './config.js'
import { importSample } from './first-start.js'
import { greeting } from './greeting.js'
import { openHouse, type House } from './house.js'
import { readyAgencies, type ReadyAgencies } from './ready-agencies.js'

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
    const ready: { agencies?: ReadyAgencies } = {} // once the house stands
    const onCall = (report: CallReport): void => ready.agencies?.heard(report)
    const outside = { clock: systemClock, mint: systemMint(), log, onFatal, onCall }
    const house = await openHouse(config, outside, parts)
    // An authority in earnest hands its operators their certificates itself: none is here to act with.
    const mayAct = house.certificates.makes && config.services.includes('directory')
    if (mayAct)
      ready.agencies = await parts.start('ready agencies', async () => {
        const part = await moveIn(house, config.sample, log)
        return { part, stop: () => part.stop() }
      })
    const agencies = await ready.agencies?.look()
    const { address, metricsAddress, bus } = house
    const standing = {
      ...{ address, metricsAddress, bus, agencies },
      ...{ data: config.data, certificates: house.certificates.folder, services: config.services },
    }
    process.stdout.write(greeting(standing, process.cwd()))
  })
}

/** The sample, where the directory is new and empty; then the certificates that are to lie ready. */
async function moveIn(house: House, sample: boolean, log: Log): Promise<ReadyAgencies> {
  const certificates = await house.certificates.of({ kind: 'operator', name: 'admin' })
  const operator = { address: house.address, certificates }
  const count = sample ? await importSample(operator) : 0
  if (count > 0) log.info('sample agencies imported', { count })
  return readyAgencies(operator, house.certificates, (error) =>
    log.error('certificates of agencies are not ready', {}, error),
  )
}

main().catch((error: unknown) => {
  // Before there is a log: a configuration that cannot be used.
  const told = error instanceof OperatorError ? error.message : String(error)
  process.stderr.write(`${told}\n`)
  process.exitCode = 1
})
