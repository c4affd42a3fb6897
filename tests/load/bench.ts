// The bench: `npm run bench` [-- --json] [-- --quick] [-- --million]. All figures come from one run, so
// that their ratios mean something; absolute ones are this machine's. Every acknowledged act is counted
// back from the databases.
import { rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../shared/rpc/client.js'
import { calendarRatio } from './bench/calendar.js'
import { disagreements } from './bench/disagreement.js'
import { EchoClient } from './bench/echo.js'
import { fill } from './bench/fill.js'
import { AFFECTED, eventsOf, folder, NOW, openBenchHouse, type BenchHouse } from './bench/house.js'
import { load, spreadOf, until, type Figures, type Spread } from './bench/measure.js'
import { DRAFT_TEXT, openBenchOffice } from './bench/office.js'
import { startChild } from './bench/processes.js'
import { rawRows } from './bench/raw-rows.js'
import { storm } from './bench/storm.js'
import { trust } from './bench/trust.js'
import { table } from './bench/table.js'

const has = (flag: string): boolean => process.argv.includes(flag)
const quick = has('--quick')
const REPEATS = quick ? 2 : 3
const IN_FLIGHT = [1, 16, 64] as const
const OPINIONS = { 1: 300, 16: 2_400, 64: 3_600 } as const
const CASES = quick ? 400 : 1_500
const STORMS = quick ? [20_000] : [20_000, 100_000]
const DISPUTES = quick ? 60 : 240

const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Echo and opinions in turns: calls/s and p99 at each number in flight. */
async function echoAndOpinions(main: BenchHouse) {
  const echo = await startChild('./echo-process.ts', main.echo)
  const client = connect(EchoClient, await echo.ask<string>('address'), main.releasing.certificates)
  const payload = Buffer.from(DRAFT_TEXT)
  const office = await openBenchOffice(main.address, main.releasing, main.affected)
  await load(500, 16, () => client.echo(payload))
  const rows: { inFlight: number; echo: Figures[]; opinions: Figures[] }[] = []
  let given = await eventsOf(main, 'OpinionGiven')
  for (const inFlight of IN_FLIGHT) rows.push({ inFlight, echo: [], opinions: [] })
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (const row of rows) {
      const total = OPINIONS[row.inFlight as keyof typeof OPINIONS]
      const open = await Promise.all(
        Array.from({ length: total / AFFECTED }, () => office.submit()),
      )
      const asked = open.flatMap(({ consultations, draftDigest }) =>
        consultations.map(({ agency, id }) => ({ agency, id, draftDigest })),
      )
      await main.house.ask('settle')
      row.echo.push(await load(total, row.inFlight, () => client.echo(payload)))
      row.opinions.push(
        await load(total, row.inFlight, (index) => {
          const { agency, id, draftDigest } = asked[index] as (typeof asked)[number]
          return office.reply(agency, id, draftDigest, 'consent')
        }),
      )
      const now = await eventsOf(main, 'OpinionGiven')
      if (now - given !== total)
        throw new Error(`${total} opinions were acknowledged and ${now - given} are on record`)
      given = now
      say(
        `  ${row.inFlight}: echo ${Math.round(row.echo.at(-1)?.perSecond ?? 0)}/s, opinions ${Math.round(row.opinions.at(-1)?.perSecond ?? 0)}/s`,
      )
    }
  await office.close()
  client.close()
  await echo.stop()
  return rows
}

/** Whole cases with 64 in flight; counted until every release is cleared and every letter received. */
async function cases(main: BenchHouse, total: number): Promise<number> {
  const office = await openBenchOffice(main.address, main.releasing, main.affected)
  const [cleared, received] = [
    await eventsOf(main, 'ReleaseCleared'),
    await eventsOf(main, 'LetterReceived'),
  ]
  const from = performance.now()
  await load(total, 64, () => office.playCase())
  await until(
    async () =>
      (await eventsOf(main, 'ReleaseCleared')) - cleared === total &&
      (await eventsOf(main, 'LetterReceived')) - received === total * AFFECTED,
    60_000,
    'all cases cleared and all letters received',
  )
  const seconds = (performance.now() - from) / 1_000
  await office.close()
  return total / seconds
}

/** Cases/s on top of so many stored ones. */
async function onTopOf(
  stored: number,
): Promise<{ stored: number; perSecond: number; fillSeconds: number; rssMb: number }> {
  const name = `stored-${stored}`
  const first = await openBenchHouse(name)
  await first.house.stop()
  const fillSeconds = await fill({
    data: first.data,
    releases: stored,
    releasing: first.releasing.code,
    affected: first.affected.map(({ code }) => code),
    at: NOW,
    text: DRAFT_TEXT,
  })
  const main = await openBenchHouse(name, { now: NOW + 60_000 })
  await cases(main, CASES / 5)
  const perSecond = await cases(main, CASES)
  const rssMb = (await main.house.ask<number>('memory')) / 2 ** 20
  await main.house.stop()
  rmSync(join(folder, name), { recursive: true, force: true })
  return { stored, perSecond, fillSeconds, rssMb }
}

async function run() {
  say('raw rows …')
  const S = rawRows(join(folder, 'raw.sqlite'))
  say('deadlines …')
  const calendar = calendarRatio()
  say('echo and opinions …')
  const main = await openBenchHouse('main')
  const bus = await main.house.ask<string>('bus')
  const calls = await echoAndOpinions(main)
  say('cases …')
  await cases(main, CASES / 5)
  const perSecond: number[] = []
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    perSecond.push(await cases(main, CASES))
    say(`  ${Math.round(perSecond.at(-1) ?? 0)}/s`)
  }
  say('disagreements …')
  const disputes = []
  for (const inFlight of [1, 16]) {
    await disagreements(main, DISPUTES / 4, inFlight)
    disputes.push({ inFlight, ...(await disagreements(main, DISPUTES, inFlight)) })
    say(`  ${inFlight}: ${disputes.at(-1)?.perSecond.toFixed(1)}/s`)
  }
  await main.house.stop()
  say('what trust costs …')
  const trustCosts = await trust(REPEATS, OPINIONS[64])
  say('cases with a sync of 3 ms …')
  const slow = await openBenchHouse('slow-sync', { syncDelayMs: 3 })
  await cases(slow, CASES / 5)
  const slowCases: number[] = []
  for (let repeat = 0; repeat < REPEATS; repeat++) slowCases.push(await cases(slow, CASES / 2))
  await slow.house.stop()
  const storms = []
  for (const consultations of STORMS) {
    say(`a storm of ${consultations} …`)
    storms.push(await storm(consultations))
  }
  const flat = []
  for (const stored of has('--million') ? [1_000, 1_000_000] : [1_000, quick ? 5_000 : 30_000]) {
    say(`cases on top of ${stored} stored …`)
    flat.push(await onTopOf(stored))
  }
  const E: Spread = spreadOf(calls.at(-1)?.echo.map((one) => one.perSecond) ?? [])
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
    ...{
      bus,
      E,
      S,
      calendar,
      calls,
      cases: spreadOf(perSecond),
      slowCases: spreadOf(slowCases),
      disputes,
      trust: trustCosts,
    },
    ...{ storms, flat },
  }
}
export type Result = Awaited<ReturnType<typeof run>>

try {
  const result = await run()
  process.stdout.write(has('--json') ? `${JSON.stringify(result, null, 2)}\n` : table(result))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
