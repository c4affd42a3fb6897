// What the keeper of the clock puts on record: outages of the storage within a run, a frozen process, a
// wall behind its mark, a wall that was stepped; and that silence waits until they are there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Clock } from '../../../shared/clock/clock.js'
import { turnedClock, type TurnedClock } from '../../../shared/clock/turned-clock.js'
import { openDatabase, type Database } from '../../../shared/database/database.js'
import {
  dossierMigrations,
  openDossier,
  type DossierKind,
  type DossierTables,
} from '../../../shared/dossier/dossier.js'
import { marksOf } from '../../../shared/dossier/marks.js'
import { seededMint } from '../../../shared/identity/seeded-mint.js'
import {
  evolveHouseClock,
  noHouseClock,
  type HouseClock,
  type HouseClockEvent,
} from '../clock/house-clock.js'
import { deemConsents } from './deem-consents.js'
import { openClockKeeper, type ClockKeeper } from './clock-keeper.js'

const START = Date.parse('2026-10-10T08:00+08:00')
const [MINUTE, HOUR] = [60_000, 3_600_000]

const KIND: DossierKind<HouseClock, HouseClockEvent> = {
  name: 'house-clock',
  initial: () => noHouseClock,
  evolve: evolveHouseClock,
  announce: (_id, { type }) => ({ kind: type, bytes: new Uint8Array() }),
}

const folder = mkdtempSync(join(tmpdir(), 'huiqian-clock-keeper-'))
const opened: Database<DossierTables>[] = []
afterAll(async () => {
  for (const database of opened) await database.close()
  rmSync(folder, { recursive: true })
})

/** The real record in a file of its own; while it is away, each write of it fails as a lost disk's does. */
async function storage() {
  const file = join(folder, `${opened.length}.sqlite`)
  const real = await openDatabase<DossierTables>(
    { kind: 'sqlite', file },
    { migrations: dossierMigrations },
  )
  opened.push(real)
  const fault = { isAway: false }
  const database: Database<DossierTables> = {
    ...real,
    write: (work) =>
      fault.isAway ? Promise.reject(new Error('the database does not answer')) : real.write(work),
  }
  const dossier = await openDossier(database, { source: 'test', mint: seededMint(file) })
  const houseClock = dossier.of(KIND)
  const marks = marksOf(database)
  const events = async (): Promise<HouseClockEvent[]> =>
    (await houseClock.events('house')).map(({ event }) => event)
  const written = Object.assign(fault, {
    mark: () => marks.clockMark('coordination'),
    events,
    of: async (type: HouseClockEvent['type']) =>
      (await events()).filter((event) => event.type === type),
  })
  return { written, means: { marks, dossier, houseClock, onDoubt: () => undefined } }
}

/** The same clock as the system's would be: nobody turns it, so each stretch of it was lived. */
const confirmedByTwo = async (keeper: ClockKeeper): Promise<void> => {
  expect(await keeper.confirm('operator', 'd')).toEqual({ cleared: [], proposed: true })
  expect((await keeper.confirm('another', 'd')).proposed).toBe(false)
}
const asSystem = (clock: TurnedClock): Clock => ({ ...clock, turnedByHand: false })

async function failsToKeep(keeper: ClockKeeper): Promise<void> {
  await expect(keeper.keepMark()).rejects.toThrow('does not answer')
}

describe('an outage of the storage within one run', () => {
  test('is told of at once and on record before the mark moves', async () => {
    const clock = turnedClock(START)
    const { written, means } = await storage()
    const keeper = await openClockKeeper({ clock, ...means })
    written.isAway = true
    clock.turnTo(START + 10_000)
    await failsToKeep(keeper)
    clock.turnTo(START + 4 * HOUR)
    await failsToKeep(keeper)
    written.isAway = false
    expect(keeper.downtimes()).toEqual([{ from: START, to: START + 4 * HOUR }])
    expect(keeper.outOfTouch()).toBe(true)
    clock.turnTo(START + 4 * HOUR + MINUTE)
    await keeper.keepMark()
    const stretch = { from: START, to: START + 4 * HOUR + MINUTE }
    expect(await written.events()).toEqual([
      { type: 'DowntimeRecorded', ...stretch, cause: 'storage' },
    ])
    expect(await written.mark()).toBe(stretch.to)
    expect(keeper.outOfTouch()).toBe(false)
    expect(keeper.downtimes()).toEqual([stretch])
  })

  test('too short to be downtime leaves nothing, and silence still waits for the mark', async () => {
    const clock = turnedClock(START)
    const { written, means } = await storage()
    const keeper = await openClockKeeper({ clock, ...means })
    written.isAway = true
    clock.turnTo(START + 20_000)
    await failsToKeep(keeper)
    written.isAway = false
    expect(keeper.outOfTouch()).toBe(true)
    await keeper.keepMark()
    expect(keeper.outOfTouch()).toBe(false)
    expect(await written.events()).toEqual([])
  })

  test('while the wall is in doubt follows when the clock is confirmed', async () => {
    const clock = turnedClock(START)
    const { written, means } = await storage()
    const keeper = await openClockKeeper({ clock, ...means })
    clock.slip(-HOUR)
    await keeper.keepMark()
    written.isAway = true
    clock.turnTo(START - HOUR + 2 * MINUTE)
    await failsToKeep(keeper)
    clock.turnTo(START + 2 * HOUR)
    written.isAway = false
    await keeper.keepMark()
    expect(await written.of('DowntimeRecorded')).toEqual([])
    clock.turnTo(START + 3 * HOUR)
    await confirmedByTwo(keeper)
    expect(await written.of('DowntimeRecorded')).toEqual([
      { type: 'DowntimeRecorded', from: START - HOUR, to: START + 2 * HOUR, cause: 'storage' },
    ])
  })

  test('does not lose a doubt that came meanwhile', async () => {
    const clock = turnedClock(START)
    const { written, means } = await storage()
    const keeper = await openClockKeeper({ clock, ...means })
    written.isAway = true
    clock.slip(HOUR)
    await failsToKeep(keeper)
    expect(keeper.inDoubt()).toBe(true)
    written.isAway = false
    await keeper.keepMark()
    expect(await written.of('ClockDoubted')).toMatchObject([{ cause: 'wall-jumped', drift: HOUR }])
  })
})

test('a clock turned by hand over days shows no outage', async () => {
  const clock = turnedClock(START)
  const { written, means } = await storage()
  const keeper = await openClockKeeper({ clock, ...means })
  clock.turnTo(START + 48 * HOUR)
  expect(keeper.outOfTouch()).toBe(false)
  expect(keeper.downtimes()).toEqual([])
  await keeper.keepMark()
  expect(await written.events()).toEqual([])
})

test('a process that was frozen for hours took no replies either', async () => {
  const clock = turnedClock(START)
  const { written, means } = await storage()
  const keeper = await openClockKeeper({ clock: asSystem(clock), ...means })
  clock.turnTo(START + 3 * HOUR)
  expect(keeper.outOfTouch()).toBe(true)
  expect(keeper.downtimes()).toEqual([{ from: START, to: START + 3 * HOUR }])
  await keeper.keepMark()
  expect(await written.of('DowntimeRecorded')).toEqual([
    { type: 'DowntimeRecorded', from: START, to: START + 3 * HOUR, cause: 'stalled' },
  ])
})

describe('a confirmed clock', () => {
  test('that was behind its mark at the start tells how long the process was down', async () => {
    const { written, means } = await storage()
    await openClockKeeper({ clock: turnedClock(START), ...means })
    // It starts again five hours later, and its wall says seven in the morning.
    const clock = turnedClock(START - HOUR)
    const keeper = await openClockKeeper({ clock, ...means })
    expect(await keeper.doubts()).toEqual(['wall-behind-mark'])
    clock.turnTo(START - HOUR + 20 * MINUTE)
    clock.slip(6 * HOUR)
    await confirmedByTwo(keeper)
    expect(await written.of('DowntimeRecorded')).toEqual([
      { type: 'DowntimeRecorded', from: START, to: START + 5 * HOUR, cause: 'process-down' },
    ])
    expect(keeper.downtimes()).toEqual([{ from: START, to: START + 5 * HOUR }])
    expect(await written.mark()).toBe(START + 5 * HOUR + 20 * MINUTE)
    expect(await keeper.doubts()).toEqual([])
  })

  test('in which the machine slept: nobody lived that stretch here', async () => {
    const clock = turnedClock(START)
    const { written, means } = await storage()
    const keeper = await openClockKeeper({ clock, ...means })
    clock.slip(5 * HOUR)
    await keeper.keepMark()
    expect(await written.mark()).toBe(START)
    clock.turnTo(START + 6 * HOUR)
    await confirmedByTwo(keeper)
    expect(await written.of('DowntimeRecorded')).toEqual([
      { type: 'DowntimeRecorded', from: START, to: START + 5 * HOUR, cause: 'clock-jumped' },
    ])
  })

  test('puts back a mark in a future that never was: it would hide the next downtime', async () => {
    const { written, means } = await storage()
    await openClockKeeper({ clock: turnedClock(START + 20 * HOUR), ...means })
    const keeper = await openClockKeeper({ clock: turnedClock(START), ...means })
    expect(await keeper.doubts()).toEqual(['wall-behind-mark'])
    await confirmedByTwo(keeper)
    expect(await written.mark()).toBe(START)
    await openClockKeeper({ clock: turnedClock(START + 3 * HOUR), ...means })
    expect(await written.of('DowntimeRecorded')).toMatchObject([
      { from: START, to: START + 3 * HOUR },
    ])
  })

  test('doubted in an earlier run keeps the downtime for the person who confirms it', async () => {
    const { written, means } = await storage()
    const before = turnedClock(START)
    const first = await openClockKeeper({ clock: before, ...means })
    before.slip(HOUR)
    await first.keepMark()
    const clock = turnedClock(START + 4 * HOUR)
    const keeper = await openClockKeeper({ clock, ...means })
    expect(await written.of('DowntimeRecorded')).toEqual([])
    clock.turnTo(START + 5 * HOUR)
    await confirmedByTwo(keeper)
    expect(await written.of('DowntimeRecorded')).toMatchObject([
      { from: START, to: START + 4 * HOUR },
    ])
  })
})

test('silence is not looked at between the return of the storage and the next mark', async () => {
  const clock = turnedClock(START)
  const { written, means } = await storage()
  const clockKeeper = await openClockKeeper({ clock, ...means })
  let looked = 0
  const questions = { overdue: () => Promise.resolve((looked++, [])) }
  // No notice has come: nothing but the clock holds it.
  const calendar = {
    revisions: { newest: () => undefined },
    recomputationsOf: { newest: () => Promise.resolve([]) },
  }
  const duty = deemConsents({ clock, clockKeeper, questions, ...calendar } as unknown as Parameters<
    typeof deemConsents
  >[0])
  written.isAway = true
  clock.turnTo(START + 4 * HOUR)
  await failsToKeep(clockKeeper)
  written.isAway = false
  await duty.round()
  expect(looked).toBe(0)
  await clockKeeper.keepMark()
  await duty.round()
  expect(looked).toBe(1)
})
