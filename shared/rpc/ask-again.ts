// Unknown outcome: ask again with the same request_id. After a cancellation, a passed deadline, an
// internal error or a lost connection nobody knows whether a command took effect; repeating it with
// the same request_id gives the first answer again, or does it now.
import { CallFailed } from './call-failed.js'

export type AskAgain = {
  /** Times in all. */
  readonly attempts: number
  /** Milliseconds before the next try, by how many were made. */
  readonly backoff: (made: number) => number
  /** How to wait; the event loop's timer where nothing is said. */
  readonly wait?: (ms: number) => Promise<void>
}

const PATIENT: AskAgain = { attempts: 5, backoff: (made) => Math.min(100 * 2 ** made, 5_000) }

/**
 * Makes a call, and makes it again while its outcome is unknown or the service is overloaded. `call`
 * must carry the same request_id each time: build the request outside of it.
 *
 *     const request = { requestId: mint.id(now), … }
 *     await askAgain(() => releases.submitRelease(request))
 */
export async function askAgain<T>(call: () => Promise<T>, options = PATIENT): Promise<T> {
  const wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  for (let made = 1; ; made++) {
    try {
      return await call()
    } catch (error) {
      if (made >= options.attempts || !isWorthAnother(error)) throw error
      await wait(options.backoff(made))
    }
  }
}

const RESOURCE_EXHAUSTED = 8
const isWorthAnother = (error: unknown): boolean =>
  error instanceof CallFailed && (error.unknownOutcome || error.code === RESOURCE_EXHAUSTED)
