// Watches the clock while the service runs and keeps its mark: what is in doubt goes on record, and so
// does every stretch in which the service could not take replies.
import type { Clock } from '../../../shared/clock/clock.js'
import type { Dossier, Dossiers } from '../../../shared/dossier/dossier.js'
import type { Marks } from '../../../shared/dossier/marks.js'
import {
  foundAtStart,
  jumpBetween,
  type ClockDoubt,
  type ClockReading,
} from '../clock/clock-watch.js'
import type { HouseClock, HouseClockEvent } from '../clock/house-clock.js'
import type { Downtime } from '../consultation/silence.js'

const CLOCK = 'house'
const MARK = 'coordination'
/** How often the mark is kept; a gap above it and a margin at the next start is downtime. */
export const MARK_EVERY_MS = 10_000
export const DOWNTIME_MS = 3 * MARK_EVERY_MS

export type ClockKeeper = {
  /** Causes of doubt, after looking once more. */
  doubts(): Promise<readonly ClockDoubt[]>
  /** As of the last look, without waiting: for decisions. */
  inDoubt(): boolean
  downtimes(): readonly Downtime[]
  /** A person has looked and confirms the clock; gives what was cleared. */
  confirm(by: string, reasonDigest: string): Promise<readonly ClockDoubt[]>
  /** Writes the mark: the newest instant at which the service was up. */
  keepMark(): Promise<void>
  /** When the mark is due again. */
  markDueAt(): number
}

export async function openClockKeeper(means: {
  readonly clock: Clock
  readonly dossier: Dossier
  readonly houseClock: Dossiers<HouseClock, HouseClockEvent>
  readonly marks: Marks
  readonly onDoubt: (cause: ClockDoubt, drift: number) => void
}): Promise<ClockKeeper> {
  const { clock, dossier, houseClock, marks, onDoubt } = means
  const read = (): ClockReading => ({ wall: clock.now(), monotonic: clock.monotonic() })
  let reading = read()
  let { state } = await houseClock.read(CLOCK)
  let markedAt = Number.NEGATIVE_INFINITY

  const record = async (events: readonly HouseClockEvent[]): Promise<void> => {
    const changed = await houseClock.change(CLOCK, { now: clock.now() }, () => events)
    state = changed.state
  }
  // In force from the moment in which it is seen: while one duty puts it on record, another asks.
  const seen = new Set<ClockDoubt>()
  const inForce = (): ClockDoubt[] => [...new Set([...state.doubts, ...seen])]
  const inDoubt = (): boolean => inForce().length > 0 || jumpBetween(reading, read()) !== undefined
  const doubt = async (cause: ClockDoubt, drift: number): Promise<void> => {
    if (inForce().includes(cause)) return
    seen.add(cause)
    onDoubt(cause, drift)
    await record([{ type: 'ClockDoubted', cause, at: clock.now(), drift }])
    seen.delete(cause)
  }
  const look = async (): Promise<void> => {
    const now = read()
    const drift = jumpBetween(reading, now)
    reading = now
    if (drift !== undefined) await doubt('wall-jumped', Math.round(drift))
  }
  const keepMark = async (): Promise<void> => {
    await look()
    // While the wall is in doubt the mark stays where it was: a jump must not hide a downtime.
    if (!inDoubt()) {
      const wall = clock.now()
      await dossier.changeTogether([], { now: wall }, () => ({
        parts: [],
        statements: [marks.moveClockMark({ id: MARK, wall })],
      }))
    }
    markedAt = clock.now()
  }

  const mark = await marks.clockMark(MARK)
  const found = foundAtStart(mark, reading.wall, DOWNTIME_MS)
  if (found.downtime !== undefined) await record([{ type: 'DowntimeRecorded', ...found.downtime }])
  if (found.doubt !== undefined) await doubt(found.doubt, reading.wall - (mark ?? 0))
  await keepMark()

  return {
    async doubts() {
      await look()
      return inForce()
    },
    inDoubt,
    downtimes: () => state.downtimes,
    async confirm(by, reasonDigest) {
      await look()
      const cleared = inForce()
      if (cleared.length > 0)
        await record([{ type: 'ClockConfirmed', by, at: clock.now(), reasonDigest, cleared }])
      for (const cause of cleared) seen.delete(cause)
      await keepMark()
      return cleared
    },
    keepMark,
    markDueAt: () => markedAt + MARK_EVERY_MS,
  }
}
