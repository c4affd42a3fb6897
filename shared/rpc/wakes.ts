// Wakes the readers of a stream when what they watch has grown. Holds a set of sleepers a thing and
// nothing else: no timers, and nothing at all for what nobody watches.
export type Wakes = {
  /** A function that sleeps until the next `wake` of the thing, or until the signal ends. A wake between two sleeps is not missed. */
  on(thing: string, signal: AbortSignal): () => Promise<void>
  wake(thing: string): void
  /** How many watch. */
  watchers(): number
}

export function openWakes(): Wakes {
  const watching = new Map<string, Set<() => void>>()
  return {
    on(thing, signal) {
      let grown = false
      let rouse: (() => void) | undefined
      const note = (): void => {
        grown = true
        rouse?.()
      }
      const sleepers = watching.get(thing) ?? new Set()
      watching.set(thing, sleepers.add(note))
      signal.addEventListener(
        'abort',
        () => {
          sleepers.delete(note)
          if (sleepers.size === 0 && watching.get(thing) === sleepers) watching.delete(thing)
          rouse?.()
        },
        { once: true },
      )
      return async () => {
        if (!grown && !signal.aborted)
          await new Promise<void>((resolve) => {
            rouse = resolve
          })
        rouse = undefined
        grown = false
      }
    },
    watchers: () => watching.size,
    wake(thing) {
      for (const note of watching.get(thing) ?? []) note()
    },
  }
}
