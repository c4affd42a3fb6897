// A deadline storm: so many consultations due at one instant, deemed and announced while agencies reply.
import { fill } from './fill.js'
import { AFFECTED, DEADLINE, eventsOf, NOW, openBenchHouse } from './house.js'
import { until } from './measure.js'
import { DRAFT_TEXT, openBenchOffice } from './office.js'

const REPLIES = 600

/** So many consultations due at one instant: seconds until all are deemed and announced; an agency replies meanwhile. */
export async function storm(consultations: number) {
  const name = `storm-${consultations}`
  const first = await openBenchHouse(name)
  await first.house.stop()
  // An empty house that stands again as the filled one will: what differs is what it holds.
  const bare = await openBenchHouse(name, { now: NOW + 60_000 })
  const empty = await bare.house.ask<number>('memory')
  await bare.house.stop()
  const releases = Math.ceil(consultations / AFFECTED)
  const codes = first.affected.map(({ code }) => code)
  await fill({
    ...{ data: first.data, releases, releasing: first.releasing.code, affected: codes },
    ...{ at: NOW, text: DRAFT_TEXT },
  })
  const main = await openBenchHouse(name, { now: NOW + 60_000 })
  const before = await main.house.ask<number>('memory')
  const office = await openBenchOffice(main.address, main.releasing, main.affected)
  await main.house.ask('settle')
  await main.house.ask('turnTo', DEADLINE + 14_999)
  await main.house.ask('settle')
  // Replies meanwhile: to letters of that day, which are not due.
  const fresh = await Promise.all(Array.from({ length: REPLIES / AFFECTED }, office.submit))
  const open = fresh.flatMap(({ consultations, draftDigest }) =>
    consultations.map(({ agency, id }) => ({ agency, id, draftDigest })),
  )
  await main.house.ask('settle')
  const meanwhile: number[] = []
  let raging = true
  const replies = (async () => {
    for (const { agency, id, draftDigest } of open) {
      if (!raging) return
      const one = performance.now()
      await office.reply(agency, id, draftDigest, 'consent')
      meanwhile.push(performance.now() - one)
    }
  })()
  const from = performance.now()
  await main.house.ask('turnTo', DEADLINE + 15_000)
  await until(
    // By its index: counting events reads the whole table, which the house would pay for.
    async () =>
      (await main.count(
        'coordination',
        `select exists (select 1 from consultation where due_at <= ${DEADLINE})`,
      )) === 0,
    120_000,
    'all deemed',
  )
  const deemed = (performance.now() - from) / 1_000
  const onRecord = await eventsOf(main, 'ConsentDeemed')
  if (onRecord !== releases * AFFECTED)
    throw new Error(`${releases * AFFECTED} were due and ${onRecord} are deemed on record`)
  const last = await main.count(
    'coordination',
    "select max(sequence) from event where type in ('ConsentDeemed', 'ReleaseCleared')",
  )
  await until(
    async () => (await main.count('coordination', 'select max(sequence) from relay_mark')) >= last,
    120_000,
    'all announced',
  )
  const announced = (performance.now() - from) / 1_000
  raging = false
  await replies
  const after = await main.house.ask<number>('memory')
  await office.close()
  await main.house.stop()
  return {
    consultations: releases * AFFECTED,
    deemed,
    announced,
    perSecond: (releases * AFFECTED) / announced,
    slowestCallMs: Math.max(0, ...meanwhile),
    rssEmptyMb: empty / 2 ** 20,
    rssBeforeMb: before / 2 ** 20,
    mbPer100k: (before - empty) / 2 ** 20 / ((releases * AFFECTED) / 100_000),
    rssAfterMb: after / 2 ** 20,
  }
}
