// The fixed record beside the words of the letters about one consultation. What a text says of the
// pack is said here in the same words: both come from texts.ts. Pure.
import type { RemarkCause } from '../consultation/events.js'
import type { OpinionForm } from '../draft/canonical-forms.js'
import { articleOf } from '../pack/pack.js'
import type { Release } from '../release/state.js'
import { recordOf, type Field } from './labels.js'
import {
  correctionOf,
  daysCountedOf,
  leavesDeadline,
  OPINIONS,
  ORIGINS,
  periodOf,
  remindersReceived,
  silenceOf,
  triggerOf,
  type LetterFacts,
} from './texts.js'

type Record = readonly Field[]

/** What every letter says of itself. */
export const everyLetter = (sender: string, recipient: string, date: string): Record =>
  recordOf({ sender, recipient, date })

/** 征求意见函 */
export function consultationLetter(facts: LetterFacts): Record {
  const { release, pack, consultation, judgement, draftTitle, name } = facts
  const basis = judgement.originBasis === '' ? '' : `（${judgement.originBasis}）`
  return recordOf({
    number: release.documentNumber,
    'releasing-agency': name(release.releasingAgency),
    signatory: judgement.signatory,
    urgency: urgencyOf(release),
    'draft-title': draftTitle,
    ...versionOf(facts),
    origin: `${ORIGINS[release.origin]}${basis}`,
    trigger: triggerOf(consultation, judgement),
    basis: articleOf(pack, pack.consultation).citation,
    'reply-within': `自收到之日起${periodOf(pack)}（${pack.reply.dayZero === 'excluded' ? '收到当日不计入' : '收到当日计入'}）`,
    'last-day': '自收到本函起算，由系统逐日计算并告知',
    'effect-of-silence': silenceOf(pack),
    contact: judgement.contact,
  })
}

/** 紧急程度, as it stands on a letter; empty: not marked. */
export const urgencyOf = ({ particulars: { urgency } }: Pick<Release, 'particulars'>): string =>
  urgency === undefined ? '' : URGENCIES[urgency]

const URGENCIES = { urgent: '加急', most_urgent: '特急' } as const

/** 催办单 */
export function reminder(facts: LetterFacts, ordinal: string): Record {
  const { release, pack, consultation } = facts
  return recordOf({
    letter: release.documentNumber,
    ordinal,
    ...receiptOf(facts),
    'reply-within': periodOf(pack),
    'last-day': consultation.deadline?.lastDay,
    ...deadlineOf(facts),
    'effect-of-silence': silenceOf(pack),
  })
}

/** 视为同意证明: facts only. */
export function certificate(facts: LetterFacts): Record {
  const { release, pack, consultation, name, time } = facts
  const { deadline, deemedAt } = consultation
  return recordOf({
    letter: release.documentNumber,
    'consulted-agency': name(consultation.agency),
    ...versionOf(facts),
    ...receiptOf(facts),
    'reply-within': periodOf(pack),
    'days-counted': daysCountedOf(consultation),
    'calendar-revision': deadline === undefined ? undefined : String(deadline.revision),
    ...deadlineOf(facts),
    reminders: remindersReceived(consultation).map(time).join('、') || '无',
    reply: '无',
    'deemed-at': deemedAt === undefined ? undefined : time(deemedAt),
    'policy-pack': release.pack,
    basis: silenceOf(pack),
  })
}

/** 补正通知 */
export function defectNotice({ release, pack, consultation }: LetterFacts): Record {
  const opinion = consultation.opinion?.kind ?? 'objection'
  return recordOf({
    letter: release.documentNumber,
    opinion: OPINIONS[opinion],
    lacks: opinion === 'consent_with_changes' ? '修改意见' : '不同意的理由',
    basis: articleOf(pack, pack.objection).citation,
  })
}

/** 撤回通知 */
export const withdrawal = ({ release, draftTitle }: LetterFacts, reason: string): Record =>
  recordOf({ letter: release.documentNumber, matter: draftTitle, reason })

/** 更正通知 */
export function correction(facts: LetterFacts, cause: string): Record {
  const { release, consultation } = facts
  const moved = leavesDeadline(cause)
    ? { 'last-day': consultation.deadline?.lastDay, ...deadlineOf(facts) }
    : {}
  return recordOf({ letter: release.documentNumber, cause: correctionOf(cause), ...moved })
}

/** Why a reply was taken as a remark; whether it was in time is another thing. */
const NOT_AN_OPINION: { readonly [cause in RemarkCause]: string } = {
  late: '否（逾期意见）',
  cleared: '是（该稿已可以发布，作为意见记录）',
  overtaken: '是（该机关其后另有答复，作为意见记录）',
  'clock-in-doubt': '存疑（系统时钟存疑，作为意见记录）',
}

/** 回复函 */
export function replyNotice(facts: LetterFacts, opinion: OpinionForm, cause?: RemarkCause): Record {
  const { release, consultation, name } = facts
  return recordOf({
    number: opinion.documentNumber,
    letter: release.documentNumber,
    'replying-agency': name(consultation.agency),
    ...versionOf(facts),
    opinion: OPINIONS[opinion.kind as keyof typeof OPINIONS],
    'in-time': cause === undefined ? '是' : NOT_AN_OPINION[cause],
    reasons: opinion.reasons,
    'legal-basis': opinion.legalBasis,
    'proposed-wording': opinion.proposedWording,
    'ask-instead': opinion.askInstead === '' ? undefined : name(opinion.askInstead),
    signatory: opinion.signatory,
  })
}

const versionOf = ({ release, consultation }: LetterFacts) => ({
  'draft-version': String(consultation.version),
  'draft-digest': release.draftDigest,
})

const receiptOf = ({ consultation: { receivedAt }, time }: LetterFacts) => ({
  'received-at': receivedAt === undefined ? undefined : time(receivedAt),
})

const deadlineOf = ({ consultation: { deadline }, time }: LetterFacts) => ({
  deadline: deadline === undefined ? undefined : time(deadline.at),
})
