// Rings the bells of mailboxes in which letters arrived, whichever instance delivered them: told by
// this instance's commits, by the bus of other instances' ones, and found by a sweep where both
// failed. Either is only a hint to read the own feed on from where it was read.
import { Announcement } from '../../gen/huiqian/delivery/v1/announcements.js'
import type { Bus } from '../../shared/bus/bus.js'
import type { Delivery } from './delivery.js'

const PAGE_MAX = 1_000
const SWEEP_MS = 15_000

export type OwnArrivals = {
  start(): Promise<void>
  /** Resolves when everything recorded so far was rung. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export function ownArrivals(
  { dossier, doorbells }: Pick<Delivery, 'dossier' | 'doorbells'>,
  bus: Bus,
  source: string,
  onError: (error: unknown) => void,
): OwnArrivals {
  let read = 0
  let wanted = false
  let reading: Promise<void> | undefined
  let stopped = false
  let sweep: NodeJS.Timeout | undefined
  const leaving: (() => Promise<void> | void)[] = []

  const readOn = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false
      const { entries } = await dossier.tail(read, PAGE_MAX)
      const arrived = entries.filter(({ kind }) => kind === 'LetterReceived')
      const mailboxes = new Set(arrived.map((entry) => mailboxOf(entry.announcement)))
      for (const mailbox of mailboxes) doorbells.ring(mailbox)
      read = Math.max(read, entries.at(-1)?.sequence ?? 0)
      if (entries.length === PAGE_MAX) wanted = true
    }
  }

  const look = (): Promise<void> => {
    wanted = true
    reading ??= readOn()
      .catch((error: unknown) => {
        onError(error) // the next hint, or the sweep, reads on from the same place
        doorbells.ringAll()
      })
      .finally(() => (reading = undefined))
    return reading
  }

  // With nobody waiting there is nobody to tell: whoever comes reads the table first.
  const hint = (head: number): void => {
    if (doorbells.count() > 0) void look()
    else read = Math.max(read, head)
  }

  return {
    async start() {
      read = Math.max(read, (await dossier.head()).sequence)
      leaving.push(dossier.onCommit(hint))
      leaving.push(await bus.hear(source, ({ entries }) => hint(entries.at(-1)?.sequence ?? 0)))
      sweep = setInterval(() => doorbells.count() > 0 && void look(), SWEEP_MS).unref()
    },
    async idle() {
      while (reading !== undefined) await reading
    },
    async stop() {
      stopped = true
      clearInterval(sweep)
      for (const leave of leaving.splice(0)) await leave()
      await reading
    },
  }
}

function mailboxOf(announcement: Uint8Array): string {
  const { what } = Announcement.decode(announcement)
  if (what?.$case !== 'letterReceived') throw new Error('a LetterReceived that holds another')
  return what.letterReceived.recipient
}
