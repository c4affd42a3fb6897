// The system's clock.
import type { Clock } from './clock.js'

const LONGEST_TIMER_MS = 2_000_000_000 // setTimeout overflows above 2^31-1 ms
const RECHECK_MS = 60_000 // the wall may be stepped while a timer sleeps

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  lived: () => performance.now(),
  wakeAt(at, wake) {
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const left = at - Date.now()
      if (left <= 0) {
        timer = setTimeout(wake, 0)
      } else {
        timer = setTimeout(
          () => (Date.now() >= at ? wake() : arm()),
          Math.min(left, RECHECK_MS, LONGEST_TIMER_MS),
        )
      }
      timer.unref()
    }
    arm()
    return () => clearTimeout(timer)
  },
}
