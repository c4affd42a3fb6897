// A write inside a write waits for itself for ever. No code of the house does that, and the tests of all of
// it run under this guard; where the house is in use it is off, for following each promise of the process
// costs it a twelfth of its speed.
import { AsyncLocalStorage } from 'node:async_hooks'

export type NestingGuard = {
  /** Runs `work` as the inside of a write, as long as the scope is open. */
  within<T>(scope: { readonly open: boolean }, work: () => Promise<T>): Promise<T>
  /** Throws where it is called inside of a write. */
  refuse(): void
}

let on = false

/** For tests: databases that are opened from now on refuse to be used inside their own write. */
export function guardNesting(): void {
  on = true
}

export function nestingGuard(): NestingGuard {
  if (!on) return { within: (_, work) => work(), refuse: () => {} }
  const inside = new AsyncLocalStorage<{ readonly open: boolean }>()
  return {
    within: (scope, work) => inside.run(scope, work),
    refuse() {
      if (inside.getStore()?.open === true)
        throw new Error('the database is used inside its own write: use the transaction given')
    },
  }
}
