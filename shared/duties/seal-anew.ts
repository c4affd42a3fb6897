// Seals anew what is sealed with an earlier key of the ring, and what a version before sealing left in clear.
// Looks every half minute whether the ring has a new key: a key is rotated while the house runs.
import type { Clock } from '../clock/clock.js'
import type { Vault } from '../confidentiality/confidentiality.js'
import type { Duty } from './duties.js'

const LOOK_MS = 30_000
const AT_ONCE = 200

/** Something with rows that may be in clear. */
export type Clear = { sealClear(limit: number): Promise<number> }

export function sealAnew(means: {
  readonly vault: Vault
  readonly clock: Clock
  readonly clear: readonly Clear[]
}): Duty {
  const { vault, clock, clear } = means
  let next = clock.now() // a vault that is off has nothing to seal
  return {
    name: 'seal-anew',
    nextAt: () => Promise.resolve(next),
    async round() {
      let done = 0
      if (vault.ringKey() !== '') {
        done += await vault.rewrap(AT_ONCE)
        for (const one of clear) done += await one.sealClear(AT_ONCE)
      }
      if (done === 0) next = clock.now() + LOOK_MS
      return done
    },
  }
}
