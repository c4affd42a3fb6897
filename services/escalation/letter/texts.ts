// The words of letters about a dispute (协调申请书, 会同研究函, 催办单, 处理意见书, 告知书) and the fixed record
// beside them, from the file and the case. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import type { DisputeForm, RulingForm } from '../forms/forms.js'
import type { Disposition, ReviewRole } from '../dispute/events.js'
import type { CoReview, Dispute, Ruling } from '../dispute/state.js'
import type { NoticeAbout } from './follow-up.js'
import { recordOf, type Field } from './labels.js'

/** What the words are made from. */
export type LetterFacts = {
  readonly dispute: Dispute
  readonly file: DisputeForm
  readonly sender: string
  readonly recipient: string
  /** Full name of an agency. */
  readonly name: (code: string) => string
  /** Beijing time as people write it. */
  readonly time: (at: Instant) => string
}

export type Words = {
  readonly title: string
  readonly body: string
  readonly fields: readonly Field[]
}

const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n')

const ROLES: Readonly<Record<ReviewRole, string>> = {
  legal: '法制',
  secrecy: '保密',
  supervision: '监察',
  other: '其他部门',
}

const DISPOSITIONS: Readonly<Record<Disposition, string>> = {
  release: '发布',
  release_with_changes: '修改后发布',
  do_not_release: '不予发布',
  back_to_negotiation: '继续协商',
}

const matterOf = ({ file, dispute, name }: LetterFacts): string =>
  `${name(dispute.releasingAgency)}拟发布《${file.draft.title}》（第${dispute.version}稿）的协调事项`

/** Documents are named by their number; an application may have none. */
const applicationOf = (facts: LetterFacts): string =>
  facts.dispute.documentNumber === ''
    ? `${facts.name(facts.dispute.releasingAgency)}的协调申请`
    : facts.dispute.documentNumber

const OPINIONS: Readonly<Record<string, string>> = {
  objection: '不同意',
  consent_with_changes: '修改后同意',
  contradiction: '认为内容不准确',
}

function positionsOf({ dispute, file, name }: LetterFacts): string {
  return dispute.parties
    .map(({ agency, opinion }) => {
      const words = file.parties.find((party) => party.agency === agency)
      const reasons = words?.reasons ?? ''
      return `${name(agency)}：${OPINIONS[opinion] ?? opinion}${reasons === '' ? '' : `。${reasons}`}`
    })
    .join('\n')
}

const ROUND_KINDS: Readonly<Record<string, string>> = {
  meeting: '会商',
  written_answer: '书面答复',
}

function roundsOf({ dispute, file, name, time }: LetterFacts): string {
  return dispute.rounds
    .map(({ heldAt, kind }, index) => {
      const held = file.rounds[index]?.positions.map(({ agency }) => name(agency)) ?? []
      return `${time(heldAt)} ${ROUND_KINDS[kind] ?? kind}：${held.join('、')}`
    })
    .join('\n')
}

/** 协调申请书, put to a coordinator that the dispute came to later. */
export function application(facts: LetterFacts, why: string): Words {
  const { dispute, file, name, recipient } = facts
  return {
    title: `协调申请书：《${file.draft.title}》`,
    body: paragraphs(
      `${name(recipient)}：`,
      `${matterOf(facts)}，经协商不能达成一致，现由贵单位协调。${why}`,
      `主要分歧：${file.mainDispute}`,
      `各方意见：\n${positionsOf(facts)}`,
      `协商情况：${file.summary}`,
      `依据：${file.article.citation}${file.legalBasis === '' ? '' : `；${file.legalBasis}`}`,
      `稿件摘要（SHA-256）：${dispute.draftDigest}`,
    ),
    fields: recordOf({
      matter: matterOf(facts),
      addressee: name(recipient),
      competence: why === '' ? '由前一协调机关移送' : why,
      positions: positionsOf(facts),
      'negotiation-record': roundsOf(facts),
      'main-dispute': file.mainDispute,
      basis: file.article.citation,
      'draft-version': String(dispute.version),
      'draft-digest': dispute.draftDigest,
      'filed-on': dispute.onStandingInstruction ? '依拟发布机关的常设指示提起' : '由拟发布机关提起',
    }),
  }
}

/** 会同研究函 */
export function coReviewRequest(facts: LetterFacts, view: CoReview, reason: string): Words {
  const { file, name, recipient, dispute } = facts
  const asked = view.party
    ? '贵单位是当事机关，请书面陈述立场；该陈述不作为会同部门意见。'
    : '请就该信息能否发布提出书面意见：同意发布、修改后发布、不予发布，或与本部门职责无关。'
  return {
    title: `会同研究函：《${file.draft.title}》`,
    body: paragraphs(
      `${name(recipient)}：`,
      `${matterOf(facts)}已由我单位受理。依据${file.article.citation}，现请贵单位（${ROLES[view.role]}）会同研究。${reason}`,
      `主要分歧：${file.mainDispute}`,
      `各方意见：\n${positionsOf(facts)}`,
      asked,
      `稿件摘要（SHA-256）：${dispute.draftDigest}`,
    ),
    fields: recordOf({
      matter: matterOf(facts),
      body: view.role === 'other' ? name(recipient) : ROLES[view.role],
      'main-dispute': file.mainDispute,
      asked: reason === '' ? asked : `${asked}${reason}`,
      basis: file.article.citation,
    }),
  }
}

const NO_EFFECT = '规则未规定期限；不答复不产生任何效力，仅予提醒。'

/** 催办单, to a coordinator or a body that is waited for. */
export function reminder(facts: LetterFacts, view: CoReview | undefined, ordinal: string): Words {
  const { file, name, recipient, dispute, time } = facts
  const what =
    view === undefined
      ? `${matterOf(facts)}自${time(dispute.since)}起由贵单位办理，尚未作出处理意见。`
      : `${matterOf(facts)}于${time(view.askedAt)}请贵单位会同研究，尚未收到书面意见。`
  return {
    title: `催办单：《${file.draft.title}》的协调事项`,
    body: paragraphs(`${name(recipient)}：`, what, NO_EFFECT),
    fields: recordOf({
      letter: applicationOf(facts),
      ordinal,
      'effect-of-silence': NO_EFFECT,
    }),
  }
}

/** 处理意见书 */
export function ruling(facts: LetterFacts, ruled: Ruling, form: RulingForm): Words {
  const { dispute, file, name, recipient } = facts
  const took = Object.values(dispute.coReviews)
  const participants = [
    ...took.filter(({ given }) => given !== undefined).map((view) => bodyOf(view, name)),
    ...took.filter(({ body }) => body === '').map(({ role }) => `${ROLES[role]}（本级未设）`),
  ].join('、')
  const changed = ruled.disposition === 'release_with_changes'
  const dissent = form.dissents.map(({ agency, words }) => `${name(agency)}：${words}`).join('\n')
  return {
    title: `处理意见书：《${file.draft.title}》`,
    body: paragraphs(
      `${name(recipient)}：`,
      `${matterOf(facts)}，经研究，处理意见为：${DISPOSITIONS[ruled.disposition]}。`,
      `认定的事实和理由：${form.grounds}`,
      form.legalBasis === '' ? undefined : `法律依据：${form.legalBasis}`,
      `依据：${file.article.citation}`,
      participants === '' ? undefined : `参加研究：${participants}`,
      dissent === '' ? undefined : `不同意见：\n${dissent}`,
      `所处理的稿件摘要（SHA-256）：${dispute.draftDigest}`,
      changed
        ? `应发布的文本摘要（SHA-256）：${ruled.draftDigest}。由拟发布机关原样提交；该文本不再征求意见。`
        : undefined,
    ),
    fields: recordOf({
      number: ruled.documentNumber,
      matter: matterOf(facts),
      participants: participants === '' ? '无' : participants,
      findings: form.grounds,
      disposition: DISPOSITIONS[ruled.disposition],
      'ruled-digest': changed ? ruled.draftDigest : undefined,
      dissent,
      basis: file.article.citation,
    }),
  }
}

const bodyOf = ({ role, body, party }: CoReview, name: LetterFacts['name']): string =>
  `${name(body)}（${party ? '当事机关，陈述立场' : ROLES[role]}）`

const ENDINGS: Readonly<Record<string, string>> = {
  'draft-revised': '拟发布机关已提交新稿，原稿的协调终结。',
  'release-withdrawn': '拟发布机关已撤回该发布事项，协调终结。',
  'nothing-in-dispute': '各方对该稿已无不同意见，协调终结。',
}

/** 告知书 */
export function notice(facts: LetterFacts, about: NoticeAbout, reason: string): Words {
  const { file, name, recipient, dispute } = facts
  const coordinator = name(dispute.coordinator)
  const told = {
    accepted: `${coordinator}已受理${matterOf(facts)}。`,
    returned: `${coordinator}将${matterOf(facts)}退回，由各方继续协商。理由：${reason}`,
    redirected: `${matterOf(facts)}已由拟发布机关改请${coordinator}协调。理由：${reason}`,
    'handed-up': `${matterOf(facts)}已移送${coordinator}办理。理由：${reason}`,
    ended: `${matterOf(facts)}：${ENDINGS[dispute.ended?.cause ?? ''] ?? ''}`,
  }[about]
  return {
    title: `告知书：《${file.draft.title}》的协调事项`,
    body: paragraphs(`${name(recipient)}：`, told, `依据：${file.article.citation}`),
    fields: recordOf({ about: told, basis: file.article.citation }),
  }
}
