// Whoever was told "committed" finds it after the process was killed. The control tells too early,
// and the same comparison must notice.
import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { verifyRecord } from '../../shared/dossier/verify.js'
import { openBallots } from './ballots.js'
import { kinds, type Place } from './databases.js'

const ROUNDS = 4

/** Runs the writer until it told some more than `lines` and kills it. Gives what it told. */
async function killAfter(place: Place, lines: number, how: 'careful' | 'careless') {
  const writer = spawn(
    process.execPath,
    ['--import', 'tsx', 'tests/contracts/crash-writer.ts', JSON.stringify(place.config), how],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let told = ''
  await new Promise<void>((resolve) => {
    writer.once('close', resolve)
    writer.stdout.on('data', (data: Buffer) => {
      told += data.toString()
      if (told.split('\n').length > lines) writer.kill('SIGKILL')
    })
  })
  expect(writer.signalCode).toBe('SIGKILL')
  return told.split('\n').slice(0, -1) // a line that was cut off was not told
}

async function missing(place: Place, told: readonly string[]): Promise<string[]> {
  const { database } = await openBallots(place)
  expect(await verifyRecord(database)).toBeGreaterThan(0)
  const rows = await database.query({ sql: 'select stream from event', parameters: [] })
  const kept = new Set(rows.map(({ stream }) => stream))
  return told.filter((id) => !kept.has(`ballot:${id}`))
}

for (const kind of kinds)
  describe.skipIf(!kind.here)(`a record on ${kind.dialect}, killed while it writes`, () => {
    test('has everything that was told, and its chain holds', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const place = kind.place()
        const told = await killAfter(place, 200 + 531 * round, 'careful')
        expect(told.length).toBeGreaterThan(100)
        expect(await missing(place, told)).toEqual([])
      }
    })

    test('would be seen to lack what was told before it was committed', async () => {
      const place = kind.place()
      const told = await killAfter(place, 500, 'careless')
      expect((await missing(place, told)).length).toBeGreaterThan(0)
    })
  })
