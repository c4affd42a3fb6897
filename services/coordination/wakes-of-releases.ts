// Wakes who watches a release when its dossier has grown: in this instance by its commits, in another
// by what it announces. Looks at the feed only while somebody watches.
import { Announcement } from '../../gen/huiqian/coordination/v1/announcements.js'
import type { Bus } from '../../shared/bus/bus.js'
import type { Dossier } from '../../shared/dossier/dossier.js'
import type { Wakes } from './wakes.js'

const PAGE = 1_000

export type Rousing = { start(): Promise<void>; stop(): Promise<void> }

export function wakesOfReleases(
  { dossier, wakes }: { readonly dossier: Dossier; readonly wakes: Wakes },
  bus: Bus,
  source: string,
  onError: (error: unknown) => void,
): Rousing {
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
            wakes.wake(Announcement.decode(announcement).releaseId)
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
