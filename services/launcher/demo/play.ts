// The main job, played over gRPC by real agencies on the text of a real regulation: two releases, one
// that silence clears and one that comes to rest in negotiation. Numbers, effects and quotations are
// the services' answers: with another pack the same clerks live through another story.
import { readFileSync } from 'node:fs'
import {
  ConsultationState,
  OpinionKind,
  ReleaseState,
  type Consultation,
  type Release,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { Reception } from '../../../gen/huiqian/coordination/v1/consultation.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import type { Party, Scene } from './scene.js'
import { PUBLISHED_BY, type Stage } from './stage.js'
import { beijing, beijingOf, daysOf, gatesOf, howOf, onSilence, word } from './told.js'

/** When the letters are received: a Monday before the National Day holidays. */
export const START = parseInstant('2026-09-28T10:00+08:00')

const CAST = {
  office: '清远市人民政府办公室',
  justice: '清远市司法局',
  statistics: '清远市统计局',
  health: '清远市卫生健康局',
  supervision: '清远市监察委员会',
} as const
const PORTAL = '清远市人民政府门户网站'
const STEP_MS = 1_800_000 // the clock is turned by half hours: whatever is due then is done then
const SETTLED_MS = 15_000 // deeming waits this long for replies that were admitted in time

type Case = { readonly release: number; readonly id: string; readonly title: string }

/** Plays the story, scene by scene. */
export async function* play(stage: Stage): AsyncGenerator<Scene> {
  const { house } = stage
  const party = (name: string): Party => {
    const code = stage.agencies.find((one) => one.name === name)?.creditCode
    if (code === undefined) throw new Error(`the sample directory has no ${name}`)
    return { code, name }
  }
  const office = party(CAST.office)
  const clerkOf = (name: string) => stage.clerkOf(party(name).code)
  const at = (): string => beijing(stage.now())
  const releasing = await stage.clerkOf(office.code)

  const { packs, defaultPack } = await releasing.packs()
  const pack = packs.find((one) => `${one.packId}@${one.version}` === defaultPack)
  if (pack === undefined) throw new Error('the default pack is not listed')
  yield {
    scene: 'house',
    at: at(),
    ...{ address: house.address, bus: house.bus, agencies: stage.agencies.length },
    services: house.services.map(({ name }) => name),
    pack: {
      name: defaultPack,
      ...{ title: pack.title, replyWithin: pack.replyWithin, unit: pack.replyUnit },
      ...{ silence: pack.silence, digest: pack.digest },
    },
    calendar: { revision: stage.calendarRevision, publishedBy: PUBLISHED_BY },
  }

  const submit = async function* (
    release: number,
    file: string,
    affected: readonly (readonly [name: string, reason: string])[],
  ): AsyncGenerator<Scene, Case> {
    const { title, text } = draftOf(file)
    const to = affected.map(([name, reason]) => ({ ...party(name), reason }))
    const affects = to.map(({ code, reason }) => ({ agency: code, reason }))
    const made: Release = await releasing.submits(title, text, affects)
    const { releaseId: id, draftDigest: digest, documentNumber } = made
    const told = { release, releaseId: id, title, digest, documentNumber, by: office, to }
    yield { scene: 'submitted', at: at(), ...told, characters: [...text].length }
    await house.settle() // the letters go out, enter the mailboxes, and the clocks start
    yield* receivedBy({ release, id, title }, to)
    return { release, id, title }
  }

  const receivedBy = async function* (
    { release, id }: Case,
    by: readonly Party[],
  ): AsyncGenerator<Scene> {
    const first = by[0]
    if (first === undefined) return
    const desk = await stage.clerkOf(first.code)
    const asked = await desk.isAskedOn(id)
    const explained = await desk.explainsDeadline(asked.consultationId)
    const [letter] = await desk.letters(id, LetterKind.CONSULTATION_LETTER)
    const { deadline, article } = explained
    if (letter === undefined || deadline?.at === undefined) throw new Error('nothing was received')
    yield {
      scene: 'received',
      at: beijingOf(explained.receivedAt) ?? '',
      ...{ release, documentNumber: letter.documentNumber },
      by: by.map(({ code, name }) => ({ code, name })),
      letter: { title: letter.title, quoted: onSilence(letter.body) },
      period: {
        ...{ lastDay: deadline.lastDay, deadline: beijing(instantOf(deadline.at)) },
        ...{ provisional: deadline.provisional, days: daysOf(deadline) },
        ...{ article: article?.id ?? '', citation: article?.citation ?? '' },
      },
      effectOfSilence: { zh: explained.effectZh, en: explained.effectEn },
    }
  }

  const reply = async function* (
    { release, id }: Case,
    name: string,
    kind: OpinionKind,
    reasons = '',
  ): AsyncGenerator<Scene> {
    const desk = await clerkOf(name)
    const { consultation, reception } = await desk.replies(await desk.isAskedOn(id), kind, reasons)
    await house.settle()
    yield {
      scene: 'opinion',
      at: at(),
      ...{ release, by: party(name), opinion: word(OpinionKind[kind]), reasons },
      reception: word(Reception[reception]),
      state: word(ConsultationState[consultation?.state ?? 0]),
    }
  }

  const clearance = async (one: Case): Promise<Scene> => {
    const explained = await releasing.explainsClearance(one.id)
    const { state } = await releasing.sees(one.id)
    return {
      scene: 'clearance',
      at: at(),
      ...{ release: one.release, state: word(ReleaseState[state]), cleared: explained.cleared },
      ...{ digest: explained.clearedDigest, gates: gatesOf(explained) },
    }
  }

  const one = yield* submit(1, 'release-coordination.txt', [
    [CAST.justice, '涉及行政复议、规范性文件审查等司法行政职责'],
    [CAST.statistics, '第七条第二款提到统计信息'],
    [CAST.health, '第七条第二款、第九条提到传染病疫情和医疗卫生单位'],
  ])
  const two = yield* submit(2, 'accountability.txt', [
    [CAST.supervision, '规定由监察机关追究责任，涉及其职责'],
  ])

  await stage.turnTo(parseInstant('2026-09-28T15:30+08:00'))
  yield* reply(one, CAST.justice, OpinionKind.CONSENT)
  await stage.turnTo(parseInstant('2026-09-29T09:20+08:00'))
  yield* reply(one, CAST.statistics, OpinionKind.NOT_CONCERNED)
  await stage.turnTo(parseInstant('2026-09-30T11:00+08:00'))
  const why = '稿件关于追究责任的程序与监察机关的现行权限和程序不一致，发布后易引起误解。'
  yield* reply(two, CAST.supervision, OpinionKind.OBJECTION, why)
  yield await clearance(two)

  const silent = await clerkOf(CAST.health)
  const deadline = deadlineOf(await silent.isAskedOn(one.id))
  yield* untilSilent(stage, one, party(CAST.health), deadline)
  yield await silenceOf(stage, one, party(CAST.health))
  yield await clearance(one)

  const { cleared, clearedDigest } = await releasing.explainsClearance(one.id)
  if (cleared) {
    await stage.turnTo(nextMorning(stage.now()))
    const { publication } = await releasing.publishes(one.id, clearedDigest, PORTAL)
    if (publication === undefined) throw new Error('the publication is not on record')
    const { digest, where, breaches } = publication
    yield { scene: 'published', at: at(), release: one.release, digest, where, breaches }
  }
  const releases = await Promise.all(
    [one, two].map(async ({ release, id, title }) => {
      const { state, consultations } = await releasing.sees(id)
      const consents = consultations.map((each) => {
        const name = stage.agencies.find(({ creditCode }) => creditCode === each.agency)?.name ?? ''
        return { code: each.agency, name, how: howOf(each, ConsultationState) }
      })
      return { release, title, state: word(ReleaseState[state]), consents }
    }),
  )
  yield { scene: 'end', at: at(), releases }
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

/** Nine o'clock of the next Monday to Friday, for a publication needs nobody's calendar. */
function nextMorning(now: Instant): Instant {
  for (let at = parseInstant(`${beijing(now).slice(0, 10)}T09:00+08:00`); ; at += 86_400_000) {
    const weekday = new Date(at).getUTCDay()
    if (at > now && weekday >= 1 && weekday <= 5) return at
  }
}

/** A draft: its first line is its title. */
function draftOf(file: string): { readonly title: string; readonly text: string } {
  const text = readFileSync(new URL(`./drafts/${file}`, import.meta.url), 'utf8')
  return { title: text.slice(0, text.indexOf('\n')), text }
}
