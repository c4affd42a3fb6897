// The words of letters, from the pack, the case and the directory (征求意见函, 催办单, 视为同意证明 …). Every
// number, effect and quotation is the pack's; nothing is added to what an article says on liability. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import type { Consultation } from '../consultation/consultation.js'
import type { RemarkCause } from '../consultation/events.js'
import type { JudgementForm, OpinionForm } from '../draft/canonical-forms.js'
import { articleOf, type Pack } from '../pack/pack.js'
import type { Release } from '../release/state.js'
import type { Field } from './labels.js'

/** What the words are made from. */
export type LetterFacts = {
  readonly release: Release
  readonly pack: Pack
  readonly consultation: Consultation
  readonly judgement: JudgementForm
  readonly draftTitle: string
  /** Full name of an agency. */
  readonly name: (code: string) => string
  /** Beijing time as people write it: 2026年10月10日24:00. */
  readonly time: (at: Instant) => string
  readonly date: (at: Instant) => string
}

/** A letter in words, with the fixed record beside them. */
export type Words = { readonly title: string; readonly body: string }
export type WrittenLetter = Words & { readonly fields: readonly Field[] }

export const OPINIONS = {
  consent: '同意',
  consent_with_changes: '修改后同意',
  objection: '不同意',
  not_concerned: '不涉及本机关',
  other_reply: '其他答复',
} as const

export const ORIGINS = {
  made: '制作',
  held: '保存',
  assigned_by_law: '法律、法规另有规定',
} as const

const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n')

/** How long the period is, in words: 5个工作日. */
export const periodOf = ({ reply }: Pack): string =>
  `${reply.within}个${reply.unit === 'working_day' ? '工作日' : '自然日'}`

// How the pack counts the day of receipt.
function countedFrom({ reply }: Pack): string {
  const day = reply.dayZero === 'included' ? '收到当日计入' : '收到当日不计入'
  return reply.receiptOnRestDay === 'next_working_day'
    ? `${day}；休息日收到的，视为下一工作日收到`
    : day
}

/** What silence does, in the pack's own words, and no others. */
export function silenceOf(pack: Pack): string {
  if (pack.silence.effect === 'none')
    return `逾期不答复的，依${articleOf(pack, pack.silence).citation}不产生同意的效力，仍须明确答复。`
  const { citation } = articleOf(pack, pack.silence)
  return `${citation}：“${pack.silence.quotation}${pack.silence.liability}”`
}

/** Why this agency is asked, with the releasing agency's reason. */
export function triggerOf(
  { agency: asked, trigger }: Consultation,
  { affected }: JudgementForm,
): string {
  const reason = affected.find(({ agency }) => agency === asked)?.reason ?? ''
  return `${trigger === 'concerns' ? '该信息涉及贵单位' : '该信息发布后可能对贵单位的工作产生影响'}：${reason}`
}

/** The days of a period, and by which notice each was a working day. */
export const daysCountedOf = ({ deadline }: Consultation): string =>
  (deadline?.days ?? [])
    .filter(({ ordinal }) => ordinal > 0)
    .map(({ date, by }) => (by === undefined ? date : `${date}（${by}）`))
    .join('、')

/** 征求意见函 */
export function consultationLetter(facts: LetterFacts): Words {
  const { release, pack, consultation, judgement, draftTitle, name } = facts
  return {
    title: `关于征求《${draftTitle}》发布意见的函`,
    body: paragraphs(
      `${name(consultation.agency)}：`,
      `我单位拟以${release.attribute === 'active' ? '主动公开' : '依申请公开'}方式发布《${draftTitle}》（第${consultation.version}稿，来源：${ORIGINS[release.origin]}）。${triggerOf(consultation, judgement)}`,
      `依据${articleOf(pack, pack.consultation).citation}，现书面征求贵单位意见。请自收到本函之日起${periodOf(pack)}内（${countedFrom(pack)}）书面答复：同意、修改后同意、不同意、不涉及本机关，或其他答复；不同意的应说明理由（${articleOf(pack, pack.objection).citation}）。收到本函后，答复期限的最后一日及逐日计算可在系统中查看。`,
      `${pack.silence.effect === 'deemed_consent' ? '不答复的法律后果' : '不答复的后果'}：${silenceOf(pack)}`,
      `稿件摘要（SHA-256）：${release.draftDigest}`,
      judgement.contact === '' ? undefined : `联系方式：${judgement.contact}`,
      closing(facts, facts.date(consultation.issuedAt)),
    ),
  }
}

/** 催办单 */
export function reminder(facts: LetterFacts, dueAt: Instant): Words {
  const { release, pack, consultation, draftTitle, name } = facts
  const { deadline } = consultation
  const until = deadline === undefined ? '' : facts.time(deadline.at)
  return {
    title: `催办单：《${draftTitle}》征求意见`,
    body: paragraphs(
      `${name(consultation.agency)}：`,
      `${release.documentNumber}征求意见函已于${consultation.receivedAt === undefined ? '' : facts.time(consultation.receivedAt)}送达贵单位，尚未收到完整的书面答复。答复期限为${periodOf(pack)}（${articleOf(pack, pack.reply).citation}），最后一日为${deadline?.lastDay ?? ''}，于${until}届满。`,
      `${pack.silence.effect === 'deemed_consent' ? '届满仍不答复的法律后果' : '届满仍不答复的后果'}：${silenceOf(pack)}`,
      closing(facts, facts.date(dueAt)),
    ),
  }
}

/** 视为同意证明: facts only. */
export function certificate(facts: LetterFacts): Words {
  const { pack, consultation, draftTitle, name, release } = facts
  const { deadline } = consultation
  return {
    title: `视为同意证明：《${draftTitle}》`,
    body: paragraphs(
      `被征求意见机关：${name(consultation.agency)}`,
      `征求意见函：${release.documentNumber}，第${consultation.version}稿，稿件摘要 ${release.draftDigest}`,
      `送达时间：${consultation.receivedAt === undefined ? '' : facts.time(consultation.receivedAt)}`,
      `答复期限：${periodOf(pack)}，计入：${daysCountedOf(consultation)}；于${deadline === undefined ? '' : facts.time(deadline.at)}届满（工作日历第${deadline?.revision ?? 0}版）。`,
      `催办单送达时间：${remindersReceived(consultation).map(facts.time).join('、') || '无'}`,
      `期限届满前，系统未收到该机关对本函的答复。依据规则包 ${release.pack}，自${consultation.deemedAt === undefined ? '' : facts.time(consultation.deemedAt)}起视为同意发布。`,
      silenceOf(pack),
    ),
  }
}

// Only what was delivered: a reminder that waits for a mailbox reminded nobody.
export const remindersReceived = ({ reminderLetters }: Consultation): Instant[] =>
  reminderLetters.flatMap(({ receivedAt }) => receivedAt ?? [])

/** 补正通知 */
export function defectNotice(facts: LetterFacts): Words {
  const { pack, consultation, draftTitle, name } = facts
  const changes = consultation.opinion?.kind === 'consent_with_changes'
  return {
    title: `补正通知：《${draftTitle}》征求意见`,
    body: paragraphs(
      `${name(consultation.agency)}：`,
      changes
        ? '贵单位答复“修改后同意”，未写明修改意见。该答复已记录，不视为同意；请补充修改意见。'
        : `贵单位答复“不同意”，未说明理由。${articleOf(pack, pack.objection).citation}要求说明理由。该答复已记录，不视为同意，期限届满也不产生视为同意的效力；请补充理由。`,
    ),
  }
}

// Why a reply is on record as a remark: the facts of each case, and of no other.
const REMARKS: Readonly<Record<RemarkCause, { readonly title: string; readonly fact: string }>> = {
  late: { title: '逾期意见', fact: '该答复在期限届满后收到，作为逾期意见记录。' },
  cleared: {
    title: '认定可以发布后的意见',
    fact: '该答复在期限届满前、本稿已认定可以发布之后收到，不替换原答复，另行记录。',
  },
  overtaken: {
    title: '先前的意见',
    fact: '该答复先于该机关在案的最新答复收到，以最新答复为准，另行记录。',
  },
  'clock-in-doubt': {
    title: '系统时钟存疑期间的意见',
    fact: '收到该答复时系统时钟存疑，不能确定是否在期限届满前；视为同意不因此更正，该意见暂停发布，由贵单位处理。',
  },
}

/** 回复函 passed on to the releasing agency; `remark`: why it is no opinion, where it is a remark. */
export function replyNotice(
  facts: LetterFacts,
  opinion: OpinionForm,
  remark: RemarkCause | undefined,
): Words {
  const { consultation, draftTitle, name } = facts
  const kind = OPINIONS[opinion.kind as keyof typeof OPINIONS]
  return {
    title: `${remark === undefined ? '回复' : REMARKS[remark].title}：${name(consultation.agency)}对《${draftTitle}》的答复`,
    body: paragraphs(
      `${name(facts.release.releasingAgency)}：`,
      `${name(consultation.agency)}${opinion.documentNumber === '' ? '' : `以${opinion.documentNumber}`}答复：${kind}。${remark === undefined ? '' : REMARKS[remark].fact}`,
      opinion.reasons === '' ? undefined : `内容：${opinion.reasons}`,
      opinion.legalBasis === '' ? undefined : `依据：${opinion.legalBasis}`,
      opinion.proposedWording === '' ? undefined : `建议表述：${opinion.proposedWording}`,
      opinion.askInstead === '' ? undefined : `建议征求：${name(opinion.askInstead)}`,
      opinion.signatory === '' ? undefined : `签发人：${opinion.signatory}`,
    ),
  }
}

// A cause may name its notices: `<cause>|<numbers>`.
const CORRECTIONS: Readonly<Record<string, string>> = {
  outage: '因本系统在期限最后一日停止服务超过容许时间，答复期限顺延。',
  'calendar-revision': '因工作日历更新，答复期限重新计算；已告知的期限不提前。',
  'deemed-consent-reversed':
    '该机关在期限届满前的答复现已入档，此前的视为同意自始不成立，予以更正。',
  'paper-contested-reversed':
    '对该机关的纸质送达有异议，经确认之前期限不起算；此前的视为同意不成立，予以更正。',
  'paper-rejected-reversed':
    '对该机关的纸质送达不予确认，该次送达不成立；此前的视为同意不成立，予以更正。',
  'outage-reversed':
    '期限最后一日本系统停止服务超过容许时间，期限顺延，现已查明；此前的视为同意不成立，予以更正。',
  'outage-corrected':
    '期限最后一日本系统停止服务超过容许时间，期限顺延，现已查明；顺延后的期限内仍无答复，视为同意的时间更正为顺延后的届满时间。',
  'calendar-revision-reversed':
    '在期限届满之前公布的放假安排届满之后才录入，期限应当更晚；此前的视为同意不成立，予以更正。',
  'calendar-revision-corrected':
    '在期限届满之前公布的放假安排届满之后才录入，期限应当更晚；更正后的期限内仍无答复，视为同意的时间予以更正。',
}

/** Why a letter is corrected. */
export function correctionOf(subject: string): string {
  const [cause = '', notice] = subject.split('|')
  const words = CORRECTIONS[cause] ?? cause
  return notice === undefined ? words : `${words}（依据：${notice}）`
}

/** Whether the correction leaves a deadline to be named. */
export const leavesDeadline = (subject: string): boolean =>
  !['deemed-consent-reversed', 'paper-contested-reversed', 'paper-rejected-reversed'].includes(
    subject,
  )

/** 更正通知 */
export function correction(
  facts: LetterFacts,
  cause: string,
  recipient = facts.consultation.agency,
): Words {
  const { release, consultation, draftTitle, name } = facts
  const { deadline, agency } = consultation
  return {
    title: `更正通知：《${draftTitle}》征求意见`,
    body: paragraphs(
      `${name(recipient)}：`,
      recipient === agency
        ? undefined
        : `征求${name(agency)}意见一事（${release.documentNumber}）：`,
      correctionOf(cause),
      release.published === undefined ? undefined : '该信息已经发布。',
      !leavesDeadline(cause) || deadline === undefined
        ? undefined
        : `答复期限现于${facts.time(deadline.at)}届满（最后一日 ${deadline.lastDay}）。`,
    ),
  }
}

/** 撤回通知 */
export function withdrawal(facts: LetterFacts, reason: string): Words {
  const { consultation, draftTitle, name, release } = facts
  return {
    title: `撤回通知：《${draftTitle}》`,
    body: paragraphs(
      `${name(consultation.agency)}：`,
      `${name(release.releasingAgency)}已撤回《${draftTitle}》的发布事项（${release.documentNumber}），不再征求意见。`,
      reason === '' ? undefined : `理由：${reason}`,
    ),
  }
}

function closing({ release, judgement, name }: LetterFacts, date: string): string {
  const signatory = judgement.signatory === '' ? '' : `签发人：${judgement.signatory}\n`
  return `${signatory}${name(release.releasingAgency)}\n${date}`
}
