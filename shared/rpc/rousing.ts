// Wakes who watches a thing when its dossier has grown: in this instance by its commits, in another by
// what it announces. Looks at the feed only while somebody watches.
import type { Bus } from '../bus/bus.js'
import type { Dossier } from '../dossier/dossier.js'
import type { Wakes } from './wakes.js'

const PAGE = 1_000

export type Rousing = { start(): Promise<void>; stop(): Promise<void> }

export type RousingOptions = {
  readonly dossier: Pick<Dossier, 'head' | 'tail' | 'onCommit'>
  readonly wakes: Wakes
  readonly bus: Pick<Bus, 'hear'>
  /** Whose feed it is: the own one. */
  readonly source: string
  /** What an announcement is about: those that sleep for it are woken. */
  readonly thingsOf: (announcement: Uint8Array) => readonly string[] | Promise<readonly string[]>
  readonly onError: (error: unknown) => void
}

export function rousing({
  dossier,
  wakes,
  bus,
  source,
  thingsOf,
  onError,
}: RousingOptions): Rousing {
  let seen = 0
  let looking = false
  let again = false
  let ends: (() => void | Promise<void>)[] = []

  const look = async (): Promise<void> => {
    if (looking) {
      again = true
      return
    }
    looking = true
    try {
      do {
        again = false
        if (wakes.watchers() === 0) {
          seen = (await dossier.head()).sequence
          continue
        }
        for (;;) {
          const { entries } = await dossier.tail(seen, PAGE)
          for (const { announcement } of entries)
            for (const thing of await thingsOf(announcement)) wakes.wake(thing)
          seen = entries.at(-1)?.sequence ?? seen
          if (entries.length < PAGE) break
        }
      } while (again)
    } finally {
      looking = false
    }
  }
  const rouse = (): void => void look().catch(onError)

  return {
    async start() {
      seen = (await dossier.head()).sequence
      ends = [dossier.onCommit(rouse), await bus.hear(source, rouse)]
    },
    async stop() {
      for (const end of ends) await end()
    },
  }
}
