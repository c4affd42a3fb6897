// The job that moves deadlines, over a real database: in batches, ended by a kill and gone on with, once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../shared/database/database.js'
import { openDossier } from '../../../shared/dossier/dossier.js'
import { seededMint } from '../../../shared/identity/seeded-mint.js'
import { instrument, instruments } from '../../../shared/working-days/official-calendar.fixture.js'
import { revisionAfter } from '../../../shared/working-days/working-days.js'
import { turnedClock } from '../../../shared/clock/turned-clock.js'
import { kindsOf } from '../coordination.js'
import type { ReleaseEvent } from '../release/events.js'
import { asked, asks, at, HEALTH, POLICE, qingyuan, said } from '../release/law.fixture.js'
import { gateQuestionsOf } from '../store/gate-questions.js'
import { migrations } from '../store/migrations.js'
import { openAgencies } from '../store/agencies.js'
import { openRevisions } from '../store/revisions.js'
import { questionsOf } from '../store/questions.js'
import { recomputationsOf } from '../store/recomputations.js'
import type { Schema } from '../store/schema.js'
import { withdrawalsOf } from '../store/withdrawals.js'
import { recomputationPends, recomputeDeadlines } from './recompute-deadlines.js'

const RELEASES = 230 // more than two batches
const RECEIVED = at('2020-01-20T10:00+08:00')
const NOW = at('2020-01-28T10:00+08:00')
const extension = instrument('国办发明电〔2020〕1号')
const first = revisionAfter(
  undefined,
  instruments.filter((one) => one !== extension),
  RECEIVED - 1,
  'service/directory',
)
const second = revisionAfter(first, [...first.instruments, extension], NOW, 'operator/second')

let folder: string | undefined
afterEach(() => folder && rmSync(folder, { recursive: true, force: true }))

async function open() {
  folder = mkdtempSync(join(tmpdir(), 'huiqian-recompute-'))
  const database = await openDatabase<Schema>(
    { kind: 'sqlite', file: join(folder, 'coordination.sqlite') },
    { migrations },
  )
  const mint = seededMint('recompute')
  const dossier = await openDossier(database, { source: 'coordination', mint })
  const clock = turnedClock(NOW)
  const jobs = recomputationsOf(database)
  const kinds = kindsOf(
    database,
    questionsOf(database),
    gateQuestionsOf(database),
    withdrawalsOf(database),
    jobs,
    clock.now,
  )
  const releases = dossier.of(kinds.release)
  const revisions = await openRevisions(database)
  const learn = async (revision: typeof first) => {
    await database.write((transaction) => transaction.run(revisions.put([revision])))
    revisions.learn([revision])
  }
  await learn(first)
  const deadline = revisions.newest()!.of(RECEIVED, qingyuan, '441800')!
  for (let index = 0; index < RELEASES; index++) {
    const id = mint.id<'release'>(RECEIVED + index)
    const consultationId = mint.id<'consultation'>(RECEIVED + index)
    const events = [
      ...asked,
      {
        type: 'LetterReceived',
        ...{ consultationId: asks(HEALTH), receivedAt: RECEIVED, deadline },
      } as ReleaseEvent,
      said(POLICE, 'consent', RECEIVED + 1),
    ].map(
      (event) =>
        JSON.parse(
          JSON.stringify(event)
            .replaceAll(asks(HEALTH), consultationId)
            .replaceAll(asks(POLICE), `${consultationId}-police`),
        ) as ReleaseEvent,
    )
    await releases.change(id, { now: RECEIVED }, () => events)
  }
  const means = {
    ...{ dossier, kinds, revisions, clock, settlingMs: 15_000, recomputationsOf: jobs },
    recomputations: dossier.of(kinds.recomputation),
    packs: { byName: () => qingyuan },
    agencies: await openAgencies(database),
  } as unknown as Parameters<typeof recomputeDeadlines>[0]
  const moved = async () => {
    const rows = await database.read
      .selectFrom('consultation')
      .select(['deadline_at'])
      .where('agency', '=', HEALTH)
      .execute()
    return rows.filter(({ deadline_at }) => deadline_at === at('2020-02-05T00:00+08:00')).length
  }
  const settle = async (duty: ReturnType<typeof recomputeDeadlines>) => {
    for (let round = 0; round < 20 && (await duty.nextAt()) !== undefined; round++)
      if ((await duty.round()) === 0) return
  }
  return { means, jobs, learn, moved, settle, dossier, database }
}

describe('the job that moves deadlines', () => {
  test('goes on after a kill where it was, counts exactly, and done again changes nothing', async () => {
    const { means, jobs, learn, moved, settle, dossier, database } = await open()
    const before = recomputeDeadlines(means)
    await settle(before) // the first revision moves nothing, and makes no job
    expect(await jobs.newest(10)).toEqual([])
    expect(await recomputationPends(means)).toBe(false)

    await learn(second)
    expect(await recomputationPends(means)).toBe(true) // silence waits from here on
    await before.round() // begun
    await before.round() // one batch, and then the power is gone
    const half = await moved()
    expect([half > 0, half < RELEASES]).toEqual([true, true])
    expect(await recomputationPends(means)).toBe(true)
    expect(await jobs.unfinished()).toMatchObject({ revision: 2, moved: half })

    const after = recomputeDeadlines(means) // a new process remembers nothing
    await settle(after)
    expect(await moved()).toBe(RELEASES)
    expect(await jobs.newest(10)).toMatchObject([
      { revision: 2, notices: ['国办发明电〔2020〕1号'], moved: RELEASES, reversed: 0 },
    ])
    expect(await jobs.unfinished()).toBeUndefined()
    expect(await recomputationPends(means)).toBe(false)

    const head = (await dossier.head()).sequence
    await settle(recomputeDeadlines(means))
    expect((await dossier.head()).sequence).toBe(head)
    await database.close()
  })

  test('run by two instances at once is one job', async () => {
    const { means, jobs, learn, moved, settle, database } = await open()
    await learn(second)
    await Promise.all([settle(recomputeDeadlines(means)), settle(recomputeDeadlines(means))])
    await settle(recomputeDeadlines(means))
    expect(await moved()).toBe(RELEASES)
    expect(await jobs.newest(10)).toMatchObject([{ moved: RELEASES }])
    await database.close()
  })
})
