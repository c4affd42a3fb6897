// A joint release (协调 art. 5): nothing is cleared before the co-producer has said yes, and its silence
// is never a yes, however often it is reminded.
import { OpinionKind } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { ConfirmationState } from '../../../gen/huiqian/coordination/v1/gates.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { nextMorning, type Acts, type Case } from './acts.js'
import { told } from './clerks-in-dispute.js'
import type { Scene } from './scene.js'
import { beijingOf, word } from './told.js'

const CO_PRODUCER = '清远市政务服务和数据管理局'
const HOURS = 3_600_000
const MORNINGS_MAX = 30

export async function* playJointRelease(acts: Acts): AsyncGenerator<Scene, Case | undefined> {
  const { stage, releasing } = acts
  await stage.turnTo(nextMorning(stage.now()))
  const one = yield* acts.submit({
    release: 3,
    file: 'social-review.txt',
    coProducers: [CO_PRODUCER],
    noneAffectedReason: '社会评议由两机关联合组织，不涉及其他行政机关',
  })
  if (one === undefined) return undefined
  const { confirmations, consultations } = await releasing.sees(one.id)
  if (confirmations.length === 0) {
    // Some rules have co-producers consulted: then they are asked like anybody else.
    yield* acts.receivedBy(
      one,
      consultations.map(({ agency }) => acts.named(agency)),
    )
    await stage.turnTo(nextMorning(stage.now()))
    if (consultations.length > 0) yield* acts.reply(one, CO_PRODUCER, OpinionKind.CONSENT)
    yield await acts.clearance(one)
    return one
  }
  yield await confirmationOf(acts, one, LetterKind.CONFIRMATION_REQUEST)
  yield await acts.clearance(one)
  for (let morning = 0; morning < MORNINGS_MAX; morning++) {
    const { remindedAt } = told((await releasing.sees(one.id)).confirmations[0])
    if (remindedAt.length > 0) break
    await stage.turnTo(nextMorning(stage.now()))
  }
  yield await confirmationOf(acts, one, LetterKind.REMINDER)

  await stage.turnTo(stage.now() + 6 * HOURS)
  const { confirmationId } = told((await releasing.sees(one.id)).confirmations[0])
  const { draftDigest } = await releasing.sees(one.id)
  await (await acts.clerkOf(CO_PRODUCER)).confirms(confirmationId, draftDigest)
  await stage.house.settle()
  yield await confirmationOf(acts, one, LetterKind.REMINDER)
  yield await acts.clearance(one)
  return one
}

/** How the confirmation stands, and what lies in the co-producer's mailbox about it. */
async function confirmationOf(acts: Acts, { release, id }: Case, kind: LetterKind): Promise<Scene> {
  const by = acts.party(CO_PRODUCER)
  const { state, remindedAt } = told((await acts.releasing.sees(id)).confirmations[0])
  const letter = (await (await acts.clerkOf(by.name)).letters(id, kind)).at(-1)
  return {
    scene: 'confirmation',
    at: acts.at(),
    ...{ release, by, state: word(ConfirmationState[state]) },
    remindedAt: remindedAt.map((at) => beijingOf(at) ?? ''),
    letter: {
      kind: word(LetterKind[kind]),
      ...{ title: letter?.title ?? '', body: letter?.body ?? '' },
    },
  }
}
