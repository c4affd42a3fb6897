// From one service's record to another's: effects and cursor are one commit of a real database.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import type { Act } from '../../shared/bus/into-record.js'
import { intoRecord, relayMarkIn } from '../../shared/bus/into-record.js'
import type { Alarm } from '../../shared/bus/listener.js'
import { listener } from '../../shared/bus/listener.js'
import { relay } from '../../shared/bus/relay.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import { openDatabase } from '../../shared/database/database.js'
import type { Database } from '../../shared/database/database.js'
import type {
  Dossier,
  DossierKind,
  DossierTables,
  FeedEntry,
} from '../../shared/dossier/dossier.js'
import { dossierMigrations, openDossier } from '../../shared/dossier/dossier.js'
import { marksOf } from '../../shared/dossier/marks.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'

type Said = { readonly type: 'Said'; readonly text: string }

const notes: DossierKind<string[], Said> = {
  name: 'note',
  initial: () => [],
  evolve: (texts, { text }) => [...texts, text],
  announce: (_, { type, text }) => ({ kind: type, bytes: Buffer.from(text) }),
}

type Service = { dossier: Dossier; database: Database<DossierTables> }

async function service(source: string, dir: string): Promise<Service> {
  const file = join(dir, `${source}.db`)
  const database = await openDatabase<DossierTables>(
    { kind: 'sqlite', file },
    { migrations: dossierMigrations },
  )
  const dossier = await openDossier(database, { source, mint: seededMint(source) })
  dossier.of(notes)
  onTestFinished(() => database.close())
  return { dossier, database }
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-bus-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const say = (dossier: Dossier, ...texts: string[]): Promise<unknown> =>
  Promise.all(
    texts.map((text) =>
      dossier.of(notes).change('one', { now: 1 }, () => [{ type: 'Said', text } as const]),
    ),
  )

/** Writes down what was heard; `fault` may throw where the decision is taken. */
const writeDown =
  (fault: (texts: string[]) => void) =>
  (entries: readonly FeedEntry[]): Act => ({
    loads: [{ kind: 'note', id: 'heard' }],
    decide() {
      const texts = entries.map(({ announcement }) => Buffer.from(announcement).toString())
      fault(texts)
      const events = texts.map((text): Said => ({ type: 'Said', text }))
      return { parts: [{ kind: 'note', id: 'heard', events }] }
    },
  })

describe('from record to record', () => {
  test('everything is heard once, poison is put aside, and a new start goes on from there', async () => {
    const dir = folder()
    const [alpha, beta] = [await service('alpha', dir), await service('beta', dir)]
    const [bus, clock, alarms] = [inProcessBus(), turnedClock(7_000), [] as Alarm[]]
    const marks = marksOf(beta.database)
    let faults = 2
    const open = (): ReturnType<typeof listener> => {
      const act = writeDown((texts) => {
        if (faults-- > 0) throw new Error('busy')
        if (texts.includes('poison')) throw new RangeError('no')
      })
      const made = listener({
        source: 'alpha',
        bus,
        readFeed: alpha.dossier.tail,
        clock,
        onAlarm: (alarm) => alarms.push(alarm),
        retryMs: 1,
        ...intoRecord({ dossier: beta.dossier, marks, source: 'alpha', clock, act }),
      })
      onTestFinished(() => made.stop())
      return made
    }
    const relayed = relay(alpha.dossier, bus, {
      source: 'alpha',
      clock,
      mark: relayMarkIn(alpha.database, marksOf(alpha.database)),
    })
    onTestFinished(() => relayed.stop())
    await relayed.start()
    const first = open()
    await first.start()
    await say(alpha.dossier, 'a', 'b', 'poison', 'd')
    await relayed.idle()
    await first.settle()
    await first.stop()
    await say(alpha.dossier, 'e')
    const second = open()
    await second.start()
    await second.settle()

    const heard = await beta.dossier.of(notes).read('heard')
    expect(heard.state).toEqual(['a', 'b', 'd', 'e'])
    expect(await marks.asides('alpha')).toEqual([
      { source: 'alpha', sequence: 3, error: 'RangeError', at: 7_000 },
    ])
    expect(alarms.map(({ kind, sequence }) => [kind, sequence])).toEqual([['poison', 3]])
    const cursor = await marks.cursor('alpha')
    const [last] = (await alpha.dossier.tail(4, 1)).entries
    expect({ ...cursor, chain: hex(cursor?.chain) }).toMatchObject({
      sequence: 5,
      chain: hex(last?.chain),
    })

    await relayed.stop()
    const { incarnation } = await alpha.dossier.head()
    expect(await marksOf(alpha.database).relayMark(`bus:${incarnation}`)).toBe(5)
  })

  test('two instances that hear for one record write each entry down once', async () => {
    const dir = folder()
    const [alpha, beta] = [await service('alpha', dir), await service('beta', dir)]
    const [bus, clock] = [inProcessBus(), turnedClock(0)]
    const options = {
      source: 'alpha',
      bus,
      readFeed: alpha.dossier.tail,
      clock,
      onAlarm: (alarm: Alarm) => {
        throw new Error(alarm.detail)
      },
      retryMs: 1,
      ...intoRecord({
        dossier: beta.dossier,
        marks: marksOf(beta.database),
        source: 'alpha',
        clock,
        act: writeDown(() => undefined),
      }),
    }
    const both = [listener(options), listener(options)]
    onTestFinished(async () => void (await Promise.all(both.map((one) => one.stop()))))
    await Promise.all(both.map((one) => one.start()))
    for (let round = 0; round < 5; round++) {
      await say(alpha.dossier, `${round}a`, `${round}b`, `${round}c`)
      for (const settled of await Promise.allSettled(both.map((one) => one.settle())))
        if (settled.status === 'rejected') await Promise.all(both.map((one) => one.settle()))
    }
    const heard = await beta.dossier.of(notes).read('heard')
    expect(heard.state).toHaveLength(15)
    expect(new Set(heard.state).size).toBe(15)
    expect(both.map((one) => one.report().cursor)).toEqual([15, 15])
  })
})

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')
