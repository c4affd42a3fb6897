// A house of its own in January 2020: the calendar as it was published by the 20th, a clock that runs, and
// then the notice that prolonged the holidays. Two operators put it on record, and the deadline moves.
import { readFileSync } from 'node:fs'
import { Instrument } from '../../../gen/huiqian/directory/v1/calendar.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { openActs, type Acts, type Case } from './acts.js'
import type { Scene } from './scene.js'
import type { Setting, Stage } from './stage.js'
import { beijing, periodOf } from './told.js'

export const JANUARY_2020: Setting = {
  start: parseInstant('2020-01-20T10:00+08:00'),
  publishedBy: '2020-01-20',
  mailboxesSince: parseInstant('2019-01-02T00:00+08:00'),
}
/** The notice was made public on this day. */
const PUBLISHED = parseInstant('2020-01-27T15:00+08:00')
const [OFFICE, PERSONNEL] = ['清远市人民政府办公室', '清远市人力资源和社会保障局']
const [FIRST, SECOND] = ['admin', 'second']

export const extension = (): Instrument =>
  Instrument.fromJSON(
    JSON.parse(
      readFileSync(new URL('./drafts/spring-festival-2020.json', import.meta.url), 'utf8'),
    ),
  )

export async function* playNotice(stage: Stage): AsyncGenerator<Scene> {
  const acts = await openActs(stage, OFFICE)
  yield await acts.house()
  const one = yield* acts.submit({
    release: 4,
    file: 'assessment.txt',
    affected: [[PERSONNEL, '考核结果作为奖惩依据，涉及其职责']],
  })
  if (one === undefined) return // another rule, not in force yet
  await stage.turnTo(PUBLISHED)
  const notice = extension()
  yield await proposed(acts, notice)
  yield await confirmed(acts, one, notice)
  yield await acts.end([one])
}

/** One operator looks what the notice would move, and proposes it. */
async function proposed(acts: Acts, notice: Instrument): Promise<Scene> {
  const operator = await acts.stage.operatorOf(FIRST)
  const moved = await operator.previews(notice)
  const { changedDays, proposal } = await operator.imports(notice)
  await acts.stage.house.settle()
  return {
    scene: 'notice',
    at: acts.at(),
    ...{ number: notice.number, title: notice.title, publishedOn: notice.publishedOn },
    changedDays: changedDays.map(({ date, worksAfter }) => ({ date, worksAfter })),
    moves: moved.map(({ agency, from, to, lastDay, reversesDeeming }) => ({
      agency: acts.named(agency),
      ...{ from: from ? beijing(instantOf(from)) : '', to: to ? beijing(instantOf(to)) : '' },
      ...{ lastDay, reversesDeeming },
    })),
    proposedBy: proposal?.proposedBy ?? '',
  }
}

/** Another confirms the same words; the deadlines move, and the agencies are told. */
async function confirmed(acts: Acts, { release, id }: Case, notice: Instrument): Promise<Scene> {
  const { stage } = acts
  const operator = await stage.operatorOf(SECOND)
  const { revision } = await operator.imports(notice)
  await stage.house.settle()
  const job = (await operator.recomputations()).find(
    ({ instrument }) => instrument === notice.number,
  )
  const agency = acts.party(PERSONNEL)
  const desk = await stage.clerkOf(agency.code)
  const { consultationId } = await desk.isAskedOn(id)
  const told = await Promise.all(
    [agency, acts.office].map(async (party) => {
      const letters = await (await stage.clerkOf(party.code)).letters(id, LetterKind.CORRECTION)
      return letters.map(({ title, body }) => ({ ...party, title, body }))
    }),
  )
  return {
    scene: 'recomputed',
    at: acts.at(),
    ...{ release, instrument: notice.number, revision: revision?.number ?? 0 },
    ...{
      confirmedBy: revision?.author ?? '',
      moved: job?.moved ?? 0,
      reversed: job?.reversed ?? 0,
    },
    ...{ agency, period: periodOf(await desk.explainsDeadline(consultationId)) },
    told: told.flat(),
  }
}
