// One process, SQLite, announcements inside it: the launcher as it runs by default, with a clock turned by hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHouse, type House } from '../../services/launcher/house.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { openLog, type Level } from '../../shared/process/log.js'
import { parts, type Parts } from '../../shared/process/process.js'
import { baseConfig, type Premises, type PremisesOptions } from './premises.js'

let opened = 0

export async function inOneProcess({ now, config, ...given }: PremisesOptions): Promise<Premises> {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-office-'))
  const clock = turnedClock(now)
  const mint = seededMint(`office ${process.pid} ${opened++}`)
  const log = given.log ?? openLog((process.env['OFFICE_LOG'] as Level | undefined) ?? 'silent')
  const faults: Error[] = []
  const whole = { ...baseConfig(join(folder, 'data')), ...config }
  let address = whole.address
  let running: { house: House; parts: Parts } | undefined

  const start = async (): Promise<void> => {
    const all = parts(log)
    const onFatal = (fault: Error): void => void faults.push(fault)
    try {
      const house = await openHouse({ ...whole, address }, { clock, mint, log, onFatal }, all)
      running = { house, parts: all }
      address = house.address
    } catch (error) {
      await all.stop()
      throw error
    }
  }
  const stop = async (): Promise<void> => {
    const failed = (await running?.parts.stop()) ?? []
    running = undefined
    if (failed.length > 0) throw new Error(`did not stop: ${failed.join(', ')}`)
    if (faults.length > 0) throw new AggregateError(faults, 'a database failed')
  }
  const house = (): House => {
    if (running === undefined) throw new Error('the house is stopped')
    return running.house
  }
  await start()
  return {
    folder,
    certificates: join(folder, 'data', 'certificates'),
    addressOf: () => address,
    certificateOf: (subject) => house().certificates.of(subject),
    turnTo: (at) => Promise.resolve(clock.turnTo(at)),
    slip: (milliseconds) => Promise.resolve(clock.slip(milliseconds)),
    settle: async () => void (await house().settle()),
    async end(_service, how) {
      if (how === 'killed') throw new Error('this shape shares the process of the tests')
      await stop()
    },
    startAgain: start,
    broker: undefined,
    async close() {
      try {
        await stop()
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}
