// A stream that goes on: cut off, it is opened again from the last cursor that its consumer saw.
import { CallFailed } from '../../shared/rpc/call-failed.js'

const BEGIN_AGAIN: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'INTERNAL'])
const TRIES_MAX = 8

const backoffMs = (tries: number): number => Math.min(200 * 2 ** tries, 5_000)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Yields what the stream yields, for as long as the service can be reached. `open` is called anew after
 * each cut and must begin after what was yielded last; without any answer for eight tries it gives up.
 */
export async function* watching<T>(open: () => AsyncIterable<T>, wait = pause): AsyncGenerator<T> {
  for (let tries = 0; ; tries++) {
    try {
      for await (const one of open()) {
        tries = 0
        yield one
      }
    } catch (error) {
      const passing = error instanceof CallFailed && BEGIN_AGAIN.has(error.status)
      if (!passing || tries >= TRIES_MAX) throw error
    }
    await wait(backoffMs(tries))
  }
}
