// A clock turned by hand, its monotonic reading with it: for the demo and the tests. `slip` moves
// only the wall, as a stepped system clock would.
import type { Instant } from '../identity/identity.js'
import type { Clock } from './clock.js'

export type TurnedClock = Clock & {
  /** Turns the clock forward to an instant and wakes whoever waits for it or an earlier one. */
  turnTo(at: Instant): void
  /** Moves the wall alone by some milliseconds: a fault, as when somebody steps the system's clock. */
  slip(milliseconds: number): void
  /** The earliest instant that somebody waits for. */
  nextWake(): Instant | undefined
}

export function turnedClock(start: Instant): TurnedClock {
  let wall = start
  let monotonic = 0
  const waiting = new Map<symbol, { at: Instant; wake: () => void }>()
  const wakeDue = (): void => {
    for (const [key, { at, wake }] of [...waiting]) {
      if (at > wall) continue
      waiting.delete(key)
      wake()
    }
  }
  return {
    turnedByHand: true,
    now: () => wall,
    monotonic: () => monotonic,
    lived: () => performance.now(), // a hand that turns days makes nobody wait for them
    wakeAt(at, wake) {
      const key = Symbol('wake')
      waiting.set(key, { at, wake })
      if (at <= wall) queueMicrotask(() => waiting.delete(key) && wake())
      return () => void waiting.delete(key)
    },
    turnTo(at) {
      if (at < wall) throw new Error('a clock turned by hand is not turned back')
      monotonic += at - wall
      wall = at
      wakeDue()
    },
    slip(milliseconds) {
      wall += milliseconds
      wakeDue()
    },
    nextWake: () => {
      let earliest: Instant | undefined
      for (const { at } of waiting.values())
        if (earliest === undefined || at < earliest) earliest = at
      return earliest
    },
  }
}
