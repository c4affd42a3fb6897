// The main job and what comes of a "no", played over gRPC by real agencies on the texts of real
// regulations: one release that silence clears, one that is disputed and ruled on, and one that was made
// jointly. Numbers, effects and quotations are the services' answers: with another pack the same clerks
// live through another story.
import {
  ConsultationState,
  OpinionKind,
  type Consultation,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { nextMorning, openActs, type Case } from './acts.js'
import { OBJECTION, goUp, meet } from './play-dispute.js'
import { playJointRelease } from './play-joint.js'
import type { Party, Scene } from './scene.js'
import type { Setting, Stage } from './stage.js'
import { beijing, beijingOf, onSilence } from './told.js'

/** The letters are received on a Monday before the National Day holidays. */
export const AUTUMN: Setting = {
  start: parseInstant('2026-09-28T10:00+08:00'),
  publishedBy: '2026-09-30',
}

const CAST = {
  office: '清远市人民政府办公室',
  justice: '清远市司法局',
  statistics: '清远市统计局',
  health: '清远市卫生健康局',
  supervision: '清远市监察委员会',
} as const
const PORTAL = '清远市人民政府门户网站'
const STEP_MS = 3_600_000 // the clock is turned by hours: whatever is due then is done then
const SETTLED_MS = 15_000 // deeming waits this long for replies that were admitted in time

/** Plays the story, scene by scene. */
export async function* play(stage: Stage): AsyncGenerator<Scene> {
  const acts = await openActs(stage, CAST.office)
  const health = acts.party(CAST.health)
  yield await acts.house()
  const one = yield* acts.submit({
    release: 1,
    file: 'release-coordination.txt',
    affected: [
      [CAST.justice, '涉及行政复议、规范性文件审查等司法行政职责'],
      [CAST.statistics, '第七条第二款提到统计信息'],
      [CAST.health, '第七条第二款、第九条提到传染病疫情和医疗卫生单位'],
    ],
  })
  const two = yield* acts.submit({
    release: 2,
    file: 'accountability.txt',
    affected: [[CAST.supervision, '规定由监察机关追究责任，涉及其职责']],
  })

  if (one === undefined || two === undefined) return // another rule, not made for such releases

  await stage.turnTo(parseInstant('2026-09-28T15:30+08:00'))
  yield* acts.reply(one, CAST.justice, OpinionKind.CONSENT)
  await stage.turnTo(parseInstant('2026-09-29T09:20+08:00'))
  yield* acts.reply(one, CAST.statistics, OpinionKind.NOT_CONCERNED)
  await stage.turnTo(parseInstant('2026-09-30T11:00+08:00'))
  yield* acts.reply(two, CAST.supervision, OpinionKind.OBJECTION, OBJECTION)
  yield await acts.clearance(two)
  await stage.turnTo(parseInstant('2026-09-30T15:00+08:00'))
  yield* meet(acts, two, CAST.supervision)

  const silent = await acts.clerkOf(CAST.health)
  const deadline = deadlineOf(await silent.isAskedOn(one.id))
  yield* untilSilent(stage, one, health, deadline)
  yield await silenceOf(stage, one, health)
  yield await acts.clearance(one)
  await stage.turnTo(nextMorning(stage.now()))
  const { cleared } = await acts.releasing.explainsClearance(one.id)
  if (cleared) yield await acts.publish(one, PORTAL)

  yield* goUp(acts, two)
  const three = yield* playJointRelease(acts)
  yield await acts.end(three === undefined ? [one, two] : [one, two, three])
}

/** Lives until the silence of one agency is settled, and tells of each reminder as it arrives. */
async function* untilSilent(
  stage: Stage,
  { release, id }: Case,
  to: Party,
  deadline: Instant,
): AsyncGenerator<Scene> {
  const desk = await stage.clerkOf(to.code)
  let told = 0
  const end = deadline + SETTLED_MS
  for (let next = stage.now(); next < end;) {
    next = Math.min(next + STEP_MS - (next % STEP_MS), end)
    await stage.turnTo(next)
    const letters = await desk.letters(id, LetterKind.REMINDER)
    for (const letter of letters.slice(told))
      yield {
        scene: 'reminder',
        at: beijingOf(letter.dated) ?? '',
        ...{ release, to, title: letter.title, quoted: onSilence(letter.body) },
      }
    told = letters.length
  }
}

async function silenceOf(stage: Stage, { release, id }: Case, by: Party): Promise<Scene> {
  const desk = await stage.clerkOf(by.code)
  const { state, deemedAt, holds } = await desk.isAskedOn(id)
  const [certificate] = await desk.letters(id, LetterKind.CERTIFICATE_OF_DEEMED_CONSENT)
  return {
    scene: 'silence',
    at: beijing(stage.now()),
    ...{ release, by },
    outcome:
      deemedAt === undefined
        ? state === ConsultationState.EXPIRED
          ? 'expired'
          : 'waits'
        : 'deemed',
    effectiveAt: beijingOf(deemedAt),
    holds: holds.map(({ textZh, textEn }) => ({ zh: textZh, en: textEn })),
    certificate: certificate?.body ?? '',
  }
}

function deadlineOf({ deadline }: Consultation): Instant {
  if (deadline?.at === undefined) throw new Error('no clock runs')
  return instantOf(deadline.at)
}
