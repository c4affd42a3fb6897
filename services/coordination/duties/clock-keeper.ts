// Watches the clock while the service runs and keeps its mark: what is in doubt goes on record, and so
// does every stretch in which the service could not take replies. Until such a stretch is on record it
// is already told of, and silence has no effect meanwhile.
import type { Clock } from '../../../shared/clock/clock.js'
import type { Dossier, Dossiers } from '../../../shared/dossier/dossier.js'
import type { Marks } from '../../../shared/dossier/marks.js'
import {
  isBehindMark,
  jumpBetween,
  notLived,
  wallOf,
  type ClockDoubt,
  type ClockReading,
  type Stretch,
} from '../clock/clock-watch.js'
import {
  proposedByAnother,
  proposing,
  type DowntimeCause,
  type HouseClock,
  type HouseClockEvent,
} from '../clock/house-clock.js'
import type { Downtime } from '../consultation/silence.js'

const CLOCK = 'house'
const MARK = 'coordination'
/** How often the mark is kept; a gap above it and a margin is downtime. */
export const MARK_EVERY_MS = 10_000
export const DOWNTIME_MS = 3 * MARK_EVERY_MS

export type ClockKeeper = {
  /** Causes of doubt, after looking once more. */
  doubts(): Promise<readonly ClockDoubt[]>
  /** As of the last look, without waiting: for decisions. */
  inDoubt(): boolean
  /** Whether the storage is not known to have taken replies up to now: silence waits for the next mark. */
  outOfTouch(): boolean
  /** Whether two operators have adopted the pack of this digest, as of the last reading of the record. */
  hasAdopted(digest: string): boolean
  /** Those on record, and the one that lasts until now. */
  downtimes(): readonly Downtime[]
  /** Reads the record again: a person or another instance may have put an outage there. */
  refresh(): Promise<void>
  /** A person has looked and confirms the clock. One proposes; a second, in the same words, clears: gives what was cleared. */
  confirm(by: string, reasonDigest: string): Promise<Confirmed>
  /** Writes the mark: the newest instant at which the service was up. */
  keepMark(): Promise<void>
  /** When the mark is due again. */
  markDueAt(): number
}

/** `proposed`: it waits for a second operator. */
export type Confirmed = { readonly cleared: readonly ClockDoubt[]; readonly proposed: boolean }

export async function openClockKeeper(means: {
  readonly clock: Clock
  readonly dossier: Dossier
  readonly houseClock: Dossiers<HouseClock, HouseClockEvent>
  readonly marks: Marks
  readonly onDoubt: (cause: ClockDoubt, drift: number) => void
}): Promise<ClockKeeper> {
  const { clock, dossier, houseClock, marks, onDoubt } = means
  const read = (): ClockReading => ({ wall: clock.now(), monotonic: clock.monotonic() })
  const start = read()
  let reading = start
  let { state } = await houseClock.read(CLOCK)
  const mark = await marks.clockMark(MARK)
  // The mark by both clocks. That of an earlier run stands for this run's start: nothing was lived between.
  let kept: ClockReading = { wall: mark ?? start.wall, monotonic: start.monotonic }
  let keptInThisRun = mark === undefined
  // Monotonic; while the wall is in doubt the mark stays, and this alone tells of an outage of the storage.
  let touchedAt = start.monotonic
  let failing = false
  let outagesInDoubt: Stretch[] = [] // monotonic: put on the wall when that is confirmed
  let markedAt = Number.NEGATIVE_INFINITY

  const record = async (
    events: readonly HouseClockEvent[],
    statements = [marks.moveClockMark({ id: MARK, wall: kept.wall })],
  ): Promise<void> => {
    const now = clock.now()
    if (events.length === 0)
      await dossier.changeTogether([], { now }, () => ({ parts: [], statements }))
    else state = (await houseClock.change(CLOCK, { now }, () => ({ events, statements }))).state
  }
  // In force from the moment in which it is seen: while one duty puts it on record, another asks.
  const seen = new Map<ClockDoubt, HouseClockEvent>()
  const inForce = (): ClockDoubt[] => [...new Set([...state.doubts, ...seen.keys()])]
  const inDoubt = (): boolean => inForce().length > 0 || jumpBetween(reading, read()) !== undefined
  const doubt = async (cause: ClockDoubt, drift: number): Promise<void> => {
    if (inForce().includes(cause)) return
    seen.set(cause, { type: 'ClockDoubted', cause, at: clock.now(), drift })
    onDoubt(cause, drift)
    await recordSeen()
  }
  const recordSeen = async (): Promise<void> => {
    const events = [...seen.values()]
    await record(events)
    for (const [cause, event] of seen) if (events.includes(event)) seen.delete(cause)
  }
  const look = async (): Promise<void> => {
    const now = read()
    const drift = jumpBetween(reading, now)
    reading = now
    if (drift !== undefined) await doubt('wall-jumped', Math.round(drift))
  }
  const refresh = async (): Promise<void> => {
    state = (await houseClock.read(CLOCK)).state
  }
  // A clock turned by hand passes days between two marks: there only a failed attempt shows an outage.
  const isOutage = (now: ClockReading): boolean =>
    now.monotonic - touchedAt > DOWNTIME_MS && (failing || clock.turnedByHand !== true)
  const whyOut = (): DowntimeCause => (failing ? 'storage' : 'stalled')

  const touch = async (): Promise<void> => {
    await look()
    const now = read()
    const out = isOutage(now)
    if (inDoubt()) {
      // While the wall is in doubt the mark stays where it was: a jump must not hide a downtime.
      await recordSeen() // also what could not be put there while the storage was away
      if (out) outagesInDoubt.push({ from: touchedAt, to: now.monotonic })
    } else {
      const outage = { from: kept.wall, to: now.wall }
      await record(out ? [{ type: 'DowntimeRecorded', ...outage, cause: whyOut() }] : [], [
        marks.moveClockMark({ id: MARK, wall: now.wall }),
      ])
      kept = now
      keptInThisRun = true
    }
    touchedAt = now.monotonic
  }
  let last: Promise<unknown> = Promise.resolve()
  /** One at a time; what failed shows until it succeeds. */
  const attempt = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      try {
        const done = await work()
        failing = false
        markedAt = clock.now()
        return done
      } catch (error) {
        failing = true
        throw error
      }
    })
    last = mine.catch(() => undefined)
    return mine
  }
  const keepMark = (): Promise<void> => attempt(touch)
  const confirm = async (by: string, reasonDigest: string): Promise<Confirmed> => {
    await look()
    await recordSeen() // what is not on record yet would undo the proposal
    await refresh() // the other may have proposed to another instance
    const cleared = inForce()
    if (cleared.length > 0) {
      const proposal = { act: 'confirm-clock', digest: reasonDigest, by } as const
      const first = proposedByAnother(state, proposal)
      if (first === undefined) {
        const events = proposing(state, proposal, clock.now())
        if (events.length > 0) await record(events)
        return { cleared: [], proposed: true }
      }
      const now = read()
      const stretches = isOutage(now)
        ? [...outagesInDoubt, { from: touchedAt, to: now.monotonic }]
        : outagesInDoubt
      const jumped = notLived(kept, now, DOWNTIME_MS)
      const cause = keptInThisRun ? 'clock-jumped' : 'process-down'
      await record(
        [
          ...(jumped === undefined
            ? []
            : [{ type: 'DowntimeRecorded' as const, ...jumped, cause } as const]),
          ...stretches.map(({ from, to }) => ({
            type: 'DowntimeRecorded' as const,
            from: wallOf(from, now),
            to: wallOf(to, now),
            cause: 'storage' as const,
          })),
          {
            ...{ type: 'ClockConfirmed', by, at: now.wall, reasonDigest },
            ...{ proposedBy: first.by, cleared },
          },
        ],
        [marks.putClockMark({ id: MARK, wall: now.wall })],
      )
      for (const cause of cleared) seen.delete(cause)
      outagesInDoubt = []
      kept = now
      keptInThisRun = true
      touchedAt = now.monotonic
    }
    await touch()
    return { cleared, proposed: false }
  }

  if (mark !== undefined && isBehindMark(mark, start.wall, DOWNTIME_MS))
    await doubt('wall-behind-mark', start.wall - mark)
  // With the wall in doubt nobody can say how long it was: that follows when a person has confirmed it.
  const down = inDoubt() ? undefined : notLived(kept, start, DOWNTIME_MS)
  if (down !== undefined)
    await record([{ type: 'DowntimeRecorded', ...down, cause: 'process-down' }])
  await keepMark()

  return {
    async doubts() {
      await look()
      return inForce()
    },
    inDoubt,
    refresh,
    hasAdopted: (digest) => state.adopted.includes(digest),
    outOfTouch: () => failing || isOutage(read()),
    downtimes() {
      const now = read()
      if (inDoubt() || !isOutage(now)) return state.downtimes
      return [...state.downtimes, { from: kept.wall, to: now.wall }]
    },
    confirm: (by, reasonDigest) => attempt(() => confirm(by, reasonDigest)),
    keepMark,
    // A wall that went back must not put it off.
    markDueAt: () => (markedAt > clock.now() ? clock.now() : markedAt + MARK_EVERY_MS),
  }
}
