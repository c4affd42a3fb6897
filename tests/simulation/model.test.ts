// The pure law and the launched house, side by side: random commands on one release after another, over gRPC, in
// one office whose clock goes on. After each step the service answers what the law predicts: the state, the gates
// and what shuts them, the deadlines, the breaches, and the reason of a refusal.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Opinion, type Release } from '../../gen/huiqian/coordination/v1/coordination.js'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import type { Agency } from '../../gen/huiqian/directory/v1/directory.js'
import { RulingDisposition } from '../../gen/huiqian/escalation/v1/escalation.js'
import type { OpinionKind as Kind } from '../../services/coordination/consultation/opinion.js'
import type { Disposition } from '../../services/coordination/dispute/dispute.js'
import { openDispute } from '../../services/coordination/dispute/dispute.js'
import {
  CONSULTATION_STATES,
  OPINION_KINDS,
  RELEASE_STATES,
  wordOf,
} from '../../services/coordination/rpc/enums.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { instantOf, timestampOf } from '../../shared/rpc/timestamps.js'
import { dayOf, startOfDay } from '../../shared/working-days/working-days.js'
import { disputeDesk, type DisputeDesk } from '../office/dispute-desk.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { at, openOffice, type Office } from '../office/office.js'
import { digestOf, mirror, SETTLING_MS, type Mirror } from './mirror.js'

const RUNS = Number(process.env['HUIQIAN_MODEL_RUNS'] ?? 60)
const SEED = Number(process.env['HUIQIAN_MODEL_SEED'] ?? Date.now() % 2 ** 31)
const COMMANDS_MAX = 25
const PATIENCE_MS = 60_000 + RUNS * 20_000 // a loaded machine is slow, and no test is about speed

const PUBLISHED_BY = '2026-01-01'
const TODAY = '2023-02-06' // so that many runs, days each, stay within the years of the calendar
const WATER = '市水利局'
const CITY = '市政府'
const OFFICE = '市府办'
const AFFECTED = ['市卫生健康局', '市公安局'] as const
const CO_PRODUCER = '市生态环境局'
const RULED = { title: '依处理意见修改的稿', text: '只公布水位。' }
const HOUR_MS = 3_600_000

let office: Office
let city: DisputeDesk
const closing: (() => void)[] = []
/** What was done, and how releases ended: how often. */
const reached = new Map<string, number>()
const reach = (what: string): void => void reached.set(what, (reached.get(what) ?? 0) + 1)

let requests = 0
const requestId = (): string => `model-${process.pid}-${++requests}`

beforeAll(async () => {
  const config = { calendarAsPublishedBy: PUBLISHED_BY }
  office = await openOffice({
    ...{ today: TODAY, shape: 'one process', config },
    directory: (all) => all.map((one) => ({ ...one, ...designated(one.mailbox) })),
  })
  city = disputeDesk(office, CITY, (close) => void closing.push(close))
}, PATIENCE_MS)
afterAll(async () => {
  for (const close of closing) close()
  await office[Symbol.asyncDispose]()
})

/** The mailboxes of the sample were designated after the years in which this office lives. */
const designated = (mailbox: Agency['mailbox']): Pick<Agency, 'mailbox'> => ({
  mailbox: mailbox && { ...mailbox, designatedAt: timestampOf(at('2020-01-01')) },
})

/** One release in the house, and its reflection. */
type Real = { release: Release; texts: number }
type Step = fc.AsyncCommand<Mirror, Real>

/** The reason of a refusal over the wire; undefined where the call went through. */
const reasonOf = async (call: Promise<unknown>): Promise<string | undefined> => {
  try {
    await call
    return undefined
  } catch (error) {
    if (error instanceof CallFailed) return error.reason
    throw error
  }
}

/** What the house answers, in the words of the prediction. */
async function answers({ release }: Real): Promise<ReturnType<Mirror['predicts']>> {
  const water = office.as(WATER)
  const seen = await water.sees(release)
  const { cleared, clearedDigest, gates } = await water.explainsClearance(release)
  const instant = (at: Parameters<typeof instantOf>[0] | undefined): number =>
    at === undefined ? 0 : instantOf(at)
  return {
    status: wordOf(RELEASE_STATES, seen.state),
    ...{ version: seen.version, draftDigest: seen.draftDigest, cleared, clearedDigest },
    obstacles: gates
      .flatMap(({ obstacles }) => obstacles)
      .map(({ reason, agency, opensAt }) => `${reason} ${agency} ${instant(opensAt)}`)
      .sort(),
    consultations: seen.consultations
      .map(({ agency, version, state, deadline }) =>
        [agency, version, wordOf(CONSULTATION_STATES, state), instant(deadline?.at)].join(' '),
      )
      .sort(),
    breaches: (seen.publication?.breaches ?? []) as ReturnType<Mirror['predicts']>['breaches'],
  }
}

/** A step that both take; then the house has settled and answers what the law predicts. */
function step(
  name: string,
  both: (model: Mirror, real: Real) => Promise<void>,
  check: (model: Mirror) => boolean = () => true,
): Step {
  return {
    check,
    toString: () => name,
    async run(model, real) {
      await both(model, real)
      reach(name)
      await office.settles()
      expect(await answers(real), name).toEqual(model.predicts())
    },
  }
}

/** Both are asked, and agree on whether it goes through, and why not. */
async function agree(predicted: string | undefined, call: Promise<unknown>): Promise<void> {
  expect(await reasonOf(call)).toBe(predicted)
}

const codeOf = (name: string): string => office.codeOf(name)
const presentId = async (real: Real, name: string, kind: 'consultations' | 'confirmations') => {
  const reader = kind === 'confirmations' ? name : WATER
  const seen = await office.as(reader).sees(real.release)
  const own = seen[kind].filter((one) => one.agency === codeOf(name))
  const found = own.sort((one, other) => other.version - one.version)[0]
  if (found === undefined) throw new Error(`${name} was not asked`)
  return 'confirmationId' in found ? found.confirmationId : found.consultationId
}
const isAsked = (name: string) => (model: Mirror) => {
  const { consultations, version } = model.release()
  return consultations[model.idOf(codeOf(name), version)] !== undefined
}
const isAskedToConfirm = (model: Mirror): boolean => {
  const { confirmations, version } = model.release()
  return confirmations[model.idOf(codeOf(CO_PRODUCER), version)] !== undefined
}

const replies = (name: string, kind: Kind, whole: boolean): Step =>
  step(
    `${name} says ${kind}${whole ? '' : ' without reasons'}`,
    async (model, real) => {
      const consultationId = await presentId(real, name, 'consultations')
      const { draftDigest } = model.release()
      const calls = await office.as(name).consultations()
      const opinion = Opinion.fromPartial({
        kind: OPINION_KINDS[kind],
        reasons: whole ? '位置不宜公开。' : '',
        ...(kind === 'other_reply' ? { remark: '需要更多时间。' } : {}),
      })
      const predicted = model.replies(codeOf(name), kind, whole, office.now())
      await agree(
        predicted,
        calls.giveOpinion({
          signed: undefined,
          ...{ requestId: requestId(), consultationId, opinion, draftDigest },
        }),
      )
    },
    isAsked(name),
  )

const meets = (name: string): Step =>
  step(`a round with ${name}`, async (model, { release }) => {
    const desk = negotiationDesk(office.as(WATER), office.now)
    const positions = [codeOf(WATER), codeOf(name)].map((code) => [code, '各自的立场。'] as const)
    await agree(model.meets(codeOf(name), office.now()), desk.records(release, positions))
  })

const declines = (name: string): Step =>
  step(
    `the changes of ${name} are declined`,
    async (model, real) => {
      const desk = negotiationDesk(office.as(WATER), office.now)
      const id = await presentId(real, name, 'consultations')
      await agree(model.declines(codeOf(name), office.now()), desk.declines(id, '不采纳。'))
    },
    isAsked(name),
  )

const confirms = (accurate: boolean): Step =>
  step(
    `the co-producer says ${accurate ? 'accurate' : 'not accurate'}`,
    async (model, real) => {
      const confirmationId = await presentId(real, CO_PRODUCER, 'confirmations')
      const { draftDigest } = model.release()
      const calls = await office.as(CO_PRODUCER).consultations()
      await agree(
        model.confirms(codeOf(CO_PRODUCER), accurate, office.now()),
        calls.confirmJointRelease({
          signed: undefined,
          ...{ requestId: requestId(), confirmationId, accurate, signatory: '', draftDigest },
          reasons: accurate ? '' : '数据有误。',
        }),
      )
    },
    isAskedToConfirm,
  )

const files = (): Step =>
  step('filed with the superior organ', async (model, { release }) => {
    const desk = negotiationDesk(office.as(WATER), office.now)
    const predicted = model.files('superior_organ', office.now())
    await agree(predicted, desk.files(release, { to: Addressee.SUPERIOR_ORGAN }))
  })

const DISPOSITIONS: Readonly<Record<Disposition, RulingDisposition>> = {
  release: RulingDisposition.RELEASE,
  release_with_changes: RulingDisposition.RELEASE_WITH_CHANGES,
  do_not_release: RulingDisposition.DO_NOT_RELEASE,
  back_to_negotiation: RulingDisposition.BACK_TO_NEGOTIATION,
}

const coordinates = (what: 'accepts' | 'returns' | Disposition): Step =>
  step(
    `the coordinator: ${what}`,
    async (model, { release }) => {
      const open = openDispute(model.release())
      if (open === undefined) throw new Error('there is no dispute')
      const dispute = await city.disputeOf(release.releaseId)
      const now = office.now()
      const disputeId = open.id
      if (what === 'returns') {
        await city.returns(dispute)
        model.hears({ disputeId, what: 'returned', at: now }, now)
        return
      }
      if (open.standing === 'filed') {
        await city.accepts(dispute)
        const coordinator = codeOf(CITY)
        model.hears({ disputeId, what: 'accepted', coordinator, at: now }, now)
      }
      if (what === 'accepts') return
      const changed = what === 'release_with_changes'
      await city.rules(dispute, DISPOSITIONS[what], changed ? RULED : {})
      const texts = { release: open.draftDigest, release_with_changes: ruledDigest() }
      model.hears(
        {
          ...{ disputeId, what: 'ruled', rulingId: 'ruling', disposition: what, digest: '' },
          draftDigest: what in texts ? texts[what as keyof typeof texts] : '',
          ...{ coordinator: codeOf(CITY), at: now },
        },
        now,
      )
    },
    (model) => {
      const open = openDispute(model.release())
      // A ruling with changes has to change something: that is escalation's own refusal.
      const same = what === 'release_with_changes' && open?.draftDigest === ruledDigest()
      return open !== undefined && !same
    },
  )

const ruledDigest = (): string => digestOf(RULED.title, RULED.text)

const revises = (text: 'fresh' | 'ruled' | 'first'): Step =>
  step(`revised to the ${text} text`, async (model, real) => {
    const title = text === 'ruled' ? RULED.title : '水库水位'
    const body =
      text === 'ruled' ? RULED.text : text === 'first' ? '第1稿。' : `第${++real.texts}稿。`
    const call = office.as(WATER).revises(real.release, title, body)
    await agree(model.revises(digestOf(title, body), office.now()), call)
  })

const withdraws = (): Step =>
  step('withdrawn', async (model, { release }) => {
    await agree(model.withdraws(office.now()), office.as(WATER).withdraws(release, '不再发布。'))
  })

const publishes = (text: 'present' | 'first'): Step =>
  step(`the ${text} text is published`, async (model, { release }) => {
    const digest =
      text === 'present' ? model.release().draftDigest : digestOf('水库水位', '第1稿。')
    const call = office.as(WATER).publishes(release, digest)
    await agree(model.publishes(digest, office.now()), call)
  })

const lives = (until: 'three hours' | 'the next morning' | 'the next deadline'): Step =>
  step(`${until} later`, async (model) => {
    const now = office.now()
    const morning = startOfDay(dayOf(now) + 1) + 9 * HOUR_MS
    const ahead = Object.values(model.release().consultations)
      .map(({ deadline }) => (deadline?.at ?? 0) + SETTLING_MS)
      .filter((at) => at > now)
    const then = {
      'three hours': now + 3 * HOUR_MS,
      'the next morning': morning,
      'the next deadline': Math.min(morning + 30 * 24 * HOUR_MS, ...ahead),
    }[ahead.length === 0 && until === 'the next deadline' ? 'the next morning' : until]
    await office.jumpsTo(new Date(then).toISOString())
    model.lives(then)
  })

const KINDS: readonly Kind[] = Object.keys(OPINION_KINDS) as Kind[]
const named = fc.constantFrom(...AFFECTED)
const time = fc.constantFrom('three hours', 'the next morning', 'the next deadline' as const)
const ends = fc.constantFrom(withdraws(), publishes('present'), publishes('first'))
const arbitraries: fc.Arbitrary<Step>[] = [
  fc
    .tuple(named, fc.constantFrom(...KINDS), fc.boolean())
    .map(([name, kind, whole]) => replies(name, kind, whole || kind === 'other_reply')),
  named.map((name) => replies(name, 'objection', true)),
  fc.constantFrom(...AFFECTED, CO_PRODUCER).map(meets),
  named.map(meets),
  named.map(declines),
  fc.boolean().map(confirms),
  fc.constant(null).map(files),
  fc.constantFrom('accepts' as const, 'returns' as const).map(coordinates),
  fc.constantFrom(...(Object.keys(DISPOSITIONS) as Disposition[])).map(coordinates),
  fc.constantFrom('fresh' as const, 'ruled' as const, 'first' as const).map(revises),
  // Ends are rare: after one there is little to see.
  fc.oneof({ weight: 7, arbitrary: time.map(lives) }, { weight: 1, arbitrary: ends }),
]

const affected = fc.oneof(
  { weight: 5, arbitrary: fc.constant([...AFFECTED]) },
  { weight: 1, arbitrary: fc.subarray([...AFFECTED]) },
)
const begins = fc.record({ joint: fc.boolean(), affected })

test(
  `the house answers what the law predicts, whatever is done: seed ${SEED}`,
  async () => {
    console.log(`model: seed ${SEED}, ${RUNS} runs (HUIQIAN_MODEL_SEED, HUIQIAN_MODEL_RUNS)`)
    const commands = fc.commands(arbitraries, { maxCommands: COMMANDS_MAX, size: 'max' })
    await fc.assert(
      fc.asyncProperty(begins, commands, async (begin, steps) => {
        const model = mirror({
          ...{ releasing: codeOf(WATER), superior: codeOf(CITY), authority: codeOf(OFFICE) },
          publishedBy: PUBLISHED_BY,
        })
        const real = await submitted(model, begin)
        await fc.asyncModelRun(() => ({ model, real }), steps)
        const { status } = model.predicts()
        reach(`ended as ${status}`)
        // What has ended asks for nothing any more while later releases live on.
        if (status !== 'withdrawn' && status !== 'published')
          await office.as(WATER).withdraws(real.release, '下一个。')
      }),
      { numRuns: RUNS, seed: SEED },
    )
    console.log([...reached].map(([what, times]) => `${times} × ${what}`).join('\n'))
  },
  PATIENCE_MS,
)

async function submitted(
  model: Mirror,
  { joint, affected }: { readonly joint: boolean; readonly affected: readonly string[] },
): Promise<Real> {
  const coProducers = joint ? [codeOf(CO_PRODUCER)] : []
  const [title, text] = ['水库水位', '第1稿。']
  const release = await office.as(WATER).submitsRelease(title, {
    ...{ text, affects: affected, coProducers },
    noneAffectedReason: affected.length === 0 ? '只涉及本机关。' : '',
  })
  await office.settles()
  model.submits(digestOf(title, text), affected.map(codeOf), coProducers, office.now())
  const real = { release, texts: 1 }
  expect(await answers(real)).toEqual(model.predicts())
  return real
}
