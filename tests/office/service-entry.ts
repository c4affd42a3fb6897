// A process of the house for tests: the launcher with a clock turned by hand, which takes its orders over
// the IPC channel of the process that forked it. The built service has no such entry.
import { openHouse, type House } from '../../services/launcher/house.js'
import type { HouseConfig } from '../../services/launcher/house-config.js'
import { turnedClock, type TurnedClock } from '../../shared/clock/turned-clock.js'
import { guardNesting } from '../../shared/database/nesting-guard.js'
import type { Instant } from '../../shared/identity/identity.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { openLog, type Level } from '../../shared/process/log.js'
import { parts } from '../../shared/process/process.js'

export type Order =
  | {
      readonly type: 'open'
      readonly config: HouseConfig
      readonly now: Instant
      readonly seed: string
    }
  | { readonly type: 'turn'; readonly at: Instant }
  | { readonly type: 'slip'; readonly milliseconds: number }
  | { readonly type: 'settle' }
  | { readonly type: 'stop' }

export type Answer = {
  readonly id: number
  readonly address?: string
  readonly done?: number
  readonly error?: string
}

guardNesting()
const log = openLog((process.env['OFFICE_LOG'] as Level | undefined) ?? 'silent')
const all = parts(log)
let standing: { house: House; clock: TurnedClock } | undefined

function mustStand(): { house: House; clock: TurnedClock } {
  if (standing === undefined) throw new Error('no house was opened')
  return standing
}

async function obey(order: Order): Promise<Omit<Answer, 'id'>> {
  switch (order.type) {
    case 'open': {
      const clock = turnedClock(order.now)
      const mint = seededMint(order.seed)
      const onFatal = (fault: Error): void => {
        throw fault
      }
      const house = await openHouse(order.config, { clock, mint, log, onFatal }, all)
      standing = { house, clock }
      return { address: house.address }
    }
    case 'turn':
      mustStand().clock.turnTo(order.at)
      return {}
    case 'slip':
      mustStand().clock.slip(order.milliseconds)
      return {}
    case 'settle':
      return { done: await mustStand().house.settle() }
    case 'stop': {
      const failed = await all.stop()
      if (failed.length > 0) throw new Error(`did not stop: ${failed.join(', ')}`)
      return {}
    }
  }
}

process.on('message', (order: Order & { id: number }) => {
  const { id } = order
  obey(order).then(
    (answer) => {
      process.send?.({ id, ...answer })
      if (order.type === 'stop') process.disconnect()
    },
    (error: unknown) =>
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) }),
  )
})
process.on('disconnect', () => process.exit()) // whoever forked it is gone, or has said stop
process.send?.({ id: 0 })
