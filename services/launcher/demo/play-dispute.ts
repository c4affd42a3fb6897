// A disagreement, from the first round to the text that was ruled (协调 art. 6 para 3). The people's words
// are the story's; who is competent, why, whom it hears and what becomes of the release is the services'.
import { Addressee, RoundKind } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { ParagraphChangeKind } from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import {
  Advice,
  CandidateKind,
  DisputeState,
  RulingDisposition,
  type CoReview,
  type Dispute,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { nextMorning, type Acts, type Case } from './acts.js'
import { told } from './clerks-in-dispute.js'
import type { Scene } from './scene.js'
import { beijingOf, word } from './told.js'

const HOURS = 3_600_000

export const OBJECTION =
  '稿件关于追究责任的程序与监察机关的现行权限和程序不一致，发布后易引起误解。'
const POSITIONS = {
  office: '该办法2011年起施行，仍然有效，应当按原文公开。',
  opponent: '第一条、第十条所依据的《行政监察法》已经废止，不修改不宜发布。',
  summary: '双方同意所引法律已经变更，对能否按原文发布未达成一致。',
}
const FILED = {
  summary: '2026年9月30日会商一次，对能否按原文发布未达成一致。',
  mainDispute: '引用已经废止的法律的规范性文件，应按原文发布，还是修改后发布。',
  legalBasis: '《中华人民共和国政府信息公开条例》第六条',
}
/** What each body writes, by its role. */
const VIEWS: Readonly<Record<string, readonly [Advice, string]>> = {
  legal: [
    Advice.RELEASE_WITH_CHANGES,
    '《中华人民共和国行政监察法》自2018年3月20日起废止，第一条、第十条应改依《中华人民共和国监察法》。',
  ],
  secrecy: [Advice.RELEASE, '经审查，稿件不涉及国家秘密。'],
  supervision: [
    Advice.RELEASE_WITH_CHANGES,
    '监察机关依法对公职人员行使职权，不对行政机关追究责任，第十条应当修改。',
  ],
  other: [
    Advice.RELEASE_WITH_CHANGES,
    '责任追究应当按照管理权限实施，第十条宜写明有管理权限的机关。',
  ],
}
/** Whom the coordinator hears besides the bodies of its level. */
const ADDED = {
  agency: '清远市人力资源和社会保障局',
  reason: '第六条、第十条涉及人事管理权限',
} as const
const GROUNDS =
  '稿件第一条、第十条所引《中华人民共和国行政监察法》已经废止，按原文发布易使公众误认追究责任的机关和程序；其余内容应当公开。'
/** What the ruling changes in the text that is in dispute. */
const CHANGES: readonly (readonly [from: string, to: string])[] = [
  ['《中华人民共和国行政监察法》', '《中华人民共和国监察法》'],
  [
    '由同级监察机关或其上一级行政机关实施。监察机关和上一级行政机关应加强沟通协商,及时对违反规定的行政机关作出处理。',
    '由其上一级行政机关或者有关主管部门依照管理权限实施;公职人员涉嫌职务违法的,依照《中华人民共和国监察法》移送监察机关。',
  ],
]

/** One round of negotiation, put on record. Where nobody disagrees there is nothing to negotiate. */
export async function* meet(
  acts: Acts,
  { release, id }: Case,
  opponent: string,
): AsyncGenerator<Scene> {
  const before = await acts.releasing.sees(id)
  if (before.negotiation?.open !== true) return
  const positions = [
    { agency: acts.office.code, position: POSITIONS.office },
    { agency: acts.party(opponent).code, position: POSITIONS.opponent },
  ]
  const answer = await acts.releasing.records(id, positions, POSITIONS.summary)
  await acts.stage.house.settle()
  const round = told(answer.round)
  const { negotiation } = await acts.releasing.sees(id)
  const { to, afterWorkingDays, byDefault } = told(negotiation?.standingInstruction)
  yield {
    scene: 'round',
    at: acts.at(),
    ...{ release, ordinal: round.ordinal, kind: word(RoundKind[round.kind]) },
    positions: round.positions.map((one) => ({
      ...acts.named(one.agency),
      position: one.position,
    })),
    summary: round.summary,
    instruction: {
      ...{ to: word(Addressee[to]), afterWorkingDays, byDefault },
      dueAt: beijingOf(negotiation?.instructionDueAt),
    },
  }
}

/** The dispute is filed, heard and ruled on, and the ruled text submitted. */
export async function* goUp(acts: Acts, one: Case): AsyncGenerator<Scene> {
  const { releasing, stage } = acts
  const { negotiation } = await releasing.sees(one.id)
  if (negotiation?.open !== true && negotiation?.disputes.length === 0) return
  yield* filed(acts, one)
  const dispute = told(await releasing.disputeOn(one.id))
  yield disputeScene(acts, one, dispute)
  const { disputeId } = dispute
  const coordinator = await stage.clerkOf(dispute.coordinator)

  await stage.turnTo(stage.now() + 4 * HOURS)
  await coordinator.accepts(disputeId)
  const { agency, reason } = ADDED
  const other = { agency: acts.party(agency).code, reason }
  const heard = await coordinator.asksBodies(disputeId, [other])
  await stage.house.settle()
  yield acceptedScene(acts, one, heard)
  for (const review of heard.coReviews.filter(({ missing }) => !missing))
    yield* viewOf(acts, one, review)

  await stage.turnTo(nextMorning(stage.now()))
  yield* ruled(acts, one, told(await coordinator.disputeOn(one.id)))
  yield await acts.clearance(one)
  await stage.turnTo(stage.now() + 2 * HOURS)
  yield* revised(acts, one)
  yield await acts.clearance(one)
}

/** Files it with the superior organ; where the rule does not send it there, as the instruction says. */
async function* filed(acts: Acts, { release, id }: Case): AsyncGenerator<Scene> {
  const { releasing, stage } = acts
  const standing = await releasing.disputeOn(id)
  if (standing?.state === DisputeState.FILED) return // its instruction was faster
  try {
    await releasing.files(id, Addressee.SUPERIOR_ORGAN, FILED)
  } catch (error) {
    yield acts.refused(release, 'filing', error)
    await releasing.files(id, Addressee.UNSPECIFIED, FILED)
  }
  await stage.house.settle()
}

function disputeScene(acts: Acts, { release }: Case, dispute: Dispute): Scene {
  const { disputeId, documentNumber, onStandingInstruction, candidates, parties, article } = dispute
  return {
    scene: 'dispute',
    at: acts.at(),
    ...{ release, disputeId, documentNumber, onStandingInstruction },
    by: acts.named(dispute.releasingAgency),
    to: word(CandidateKind[dispute.to]),
    coordinator: acts.named(dispute.coordinator),
    candidates: candidates.map(({ kind, agency, reasonZh, reasonEn }) => ({
      kind: word(CandidateKind[kind]),
      agency: acts.named(agency),
      reason: { zh: reasonZh, en: reasonEn },
    })),
    parties: parties.map(({ agency, opinion }) => ({ ...acts.named(agency), opinion })),
    rounds: dispute.rounds.length,
    ...{ article: article?.id ?? '', citation: article?.citation ?? '' },
  }
}

const acceptedScene = (acts: Acts, { release }: Case, dispute: Dispute): Scene => ({
  scene: 'accepted',
  at: acts.at(),
  ...{ release, by: acts.named(dispute.coordinator) },
  bodies: dispute.coReviews.map(({ role, body, missing, party }) => ({
    ...{ role, missing, party, body: acts.named(body) },
  })),
})

async function* viewOf(acts: Acts, { release }: Case, review: CoReview): AsyncGenerator<Scene> {
  const { stage } = acts
  await stage.turnTo(nextMorning(stage.now()))
  const [advice, view] = VIEWS[review.role] ?? [Advice.NONE, '本机关职责范围内没有意见。']
  const body = await stage.clerkOf(review.body)
  const given = await body.givesView(review.coReviewId, advice, view)
  await stage.house.settle()
  yield {
    scene: 'view',
    at: acts.at(),
    ...{ release, by: acts.named(given.body), role: given.role, party: given.party },
    ...{ advice: word(Advice[given.advice]), view: given.view },
  }
}

/** The coordinator reads the file and rules: release with changes, which it writes into the text itself. */
async function* ruled(acts: Acts, { release, id }: Case, dispute: Dispute): AsyncGenerator<Scene> {
  const { stage } = acts
  const coordinator = await stage.clerkOf(dispute.coordinator)
  const text = CHANGES.reduce((words, [from, to]) => words.replace(from, to), dispute.text)
  const answer = await coordinator.rules(dispute, {
    disposition: RulingDisposition.RELEASE_WITH_CHANGES,
    grounds: GROUNDS,
    legalBasis: '《中华人民共和国监察法》第六十九条',
    ...{ title: dispute.title, text },
  })
  await stage.house.settle()
  const ruling = told(answer.ruling)
  const codes = [dispute.releasingAgency, ...dispute.parties.map(({ agency }) => agency)]
  const letters = await Promise.all(
    [...new Set(codes)].map(async (code) => {
      const desk = await stage.clerkOf(code)
      const { length } = await desk.letters(id, LetterKind.RULING)
      return length > 0 ? [acts.named(code)] : []
    }),
  )
  yield {
    scene: 'ruling',
    at: acts.at(),
    ...{ release, by: acts.named(dispute.coordinator), documentNumber: ruling.documentNumber },
    ...{ disposition: word(RulingDisposition[ruling.disposition]), grounds: ruling.grounds },
    ...{ digest: ruling.draftDigest, told: letters.flat() },
  }
}

/** The releasing agency submits exactly the ruled text, which it has from the ruling. */
async function* revised(acts: Acts, { release, id }: Case): AsyncGenerator<Scene> {
  const { releasing, stage } = acts
  const { title, text } = told((await releasing.disputeOn(id))?.ruling)
  const { version, draftDigest: digest, versions } = await releasing.revises(id, { title, text })
  await stage.house.settle()
  const { paragraphs } = await releasing.compares(id)
  yield {
    scene: 'revised',
    at: acts.at(),
    ...{ release, version, digest, byRulingOf: versions.at(-1)?.byRulingOf ?? '' },
    changes: paragraphs.flatMap(({ kind, text: words }) =>
      kind === ParagraphChangeKind.SAME
        ? []
        : [{ kind: kind === ParagraphChangeKind.ADDED ? 'added' : 'removed', text: words }],
    ),
  }
}
