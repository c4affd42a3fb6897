// Disputes as their coordinator, the parties and the review bodies read them.
import type {
  CoReview,
  Dispute,
  Party,
  RoundOnRecord,
  Ruling,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { Language } from '../command.js'
import type { Names } from '../desk.js'
import { citationOf } from './citation.js'
import {
  ADVICES,
  BODIES,
  CANDIDATES,
  DISPUTE_STATES,
  PARTS,
  RULINGS,
  STANDS,
} from './disagreement-words.js'
import { labelled } from './labelled.js'
import { timeText } from './times.js'
import { wordFor } from './words.js'

/** Every agency that a dispute speaks of. */
export const agenciesInDispute = (dispute: Dispute): string[] => [
  ...[dispute.releasingAgency, dispute.coordinator],
  ...dispute.candidates.map(({ agency }) => agency),
  ...dispute.parties.map(({ agency }) => agency),
  ...dispute.rounds.flatMap(({ positions }) => positions.map(({ agency }) => agency)),
  ...dispute.coReviews.map(({ body }) => body),
  ...dispute.formerCoordinators.map(({ agency }) => agency),
  ...(dispute.ruling?.dissents ?? []).map(({ agency }) => agency),
]

/** One line of a coordinator's desk. */
export function disputeLine(dispute: Dispute, names: Names, language: Language): string {
  const { disputeId, state, part, releasingAgency, filedAt, ageDays } = dispute
  return [
    disputeId,
    timeText(filedAt),
    language === 'zh' ? `第 ${ageDays} 天` : `${ageDays} days`,
    wordFor(DISPUTE_STATES, state, language),
    names(releasingAgency),
    wordFor(PARTS, part, language),
  ].join('  ')
}

/** A dispute with its parties, views and ruling. */
export function disputeText(dispute: Dispute, names: Names, language: Language): string[] {
  const zh = language === 'zh'
  const line = labelled(language)
  const filed = dispute.onStandingInstruction ? (zh ? '（依指示）' : ' (by its instruction)') : ''
  const of = zh ? `，第 ${dispute.version} 稿` : `, version ${dispute.version}`
  return [
    line(['协调事项', 'Dispute'], dispute.disputeId),
    line(['状态', 'State'], wordFor(DISPUTE_STATES, dispute.state, language)),
    line(['本机关是', 'The caller is'], wordFor(PARTS, dispute.part, language)),
    ...(dispute.title === '' ? [] : [line(['标题', 'Title'], dispute.title)]),
    line(['事项', 'Release'], `${dispute.releaseId}${of}`),
    line(['稿件摘要', 'Draft digest'], dispute.draftDigest),
    line(['拟发布机关', 'Releasing agency'], names(dispute.releasingAgency)),
    line(
      ['协调机关', 'Coordinator'],
      `${names(dispute.coordinator)}  ${wordFor(CANDIDATES, dispute.to, language)}`,
    ),
    ...dispute.candidates.flatMap(({ kind, agency, reasonZh, reasonEn }) => [
      `  ${wordFor(CANDIDATES, kind, language)}  ${agency === '' ? '—' : names(agency)}`,
      `    ${zh ? reasonZh : reasonEn}`,
    ]),
    ...dispute.formerCoordinators.map(({ agency, how, until, reason }) =>
      line(
        ['原协调机关', 'Before it'],
        [names(agency), how, timeText(until), reason].filter(Boolean).join('  '),
      ),
    ),
    line(['文号', 'Number'], dispute.documentNumber || '—'),
    line(['报请', 'Filed'], `${timeText(dispute.filedAt)}${filed}`),
    line(['依据', 'By'], citationOf(dispute.article, language)),
    line(['受理', 'Accepted'], timeText(dispute.acceptedAt)),
    line(['已历', 'Age'], zh ? `${dispute.ageDays} 天` : `${dispute.ageDays} days`),
    ...dispute.remindedAt.map((at) => line(['提醒', 'Reminded'], timeText(at))),
    ...dispute.parties.flatMap((party) => partyText(party, names, language)),
    ...dispute.rounds.flatMap((round, index) => roundText(round, index + 1, names, language)),
    ...wordsOf(dispute, language),
    ...dispute.coReviews.flatMap((review) => coReviewText(review, names, language)),
    ...(dispute.ruling === undefined ? [] : rulingText(dispute.ruling, names, language)),
    ...(dispute.ending === '' ? [] : [line(['终止或退回', 'Ended or returned'], dispute.ending)]),
    ...(dispute.text === '' ? [] : ['', dispute.text]),
    ...dispute.attachments.map(({ name, size, digest }) =>
      line(['附件', 'Attachment'], `${name}  ${size}  ${digest}`),
    ),
  ]
}

/** What the application says in words; only in full view. */
function wordsOf({ summary, mainDispute, legalBasis }: Dispute, language: Language): string[] {
  const line = labelled(language)
  return [
    ...(summary === '' ? [] : [line(['协商情况', 'How negotiation went'], summary)]),
    ...(mainDispute === '' ? [] : [line(['主要争议', 'Mainly in dispute'], mainDispute)]),
    ...(legalBasis === '' ? [] : [line(['法律依据', 'Legal basis'], legalBasis)]),
  ]
}

function partyText(party: Party, names: Names, language: Language): string[] {
  const line = labelled(language)
  const { agency, opinion, reasons, legalBasis, proposedWording } = party
  const stand = STANDS[opinion]?.[language === 'zh' ? 0 : 1] ?? opinion
  return [
    line(['当事机关', 'Party'], [names(agency), stand].filter(Boolean).join('  ')),
    ...(reasons === '' ? [] : [`  ${line(['理由', 'Reasons'], reasons)}`]),
    ...(legalBasis === '' ? [] : [`  ${line(['法律依据', 'Legal basis'], legalBasis)}`]),
    ...(proposedWording === '' ? [] : [`  ${line(['建议', 'Wording'], proposedWording)}`]),
  ]
}

function roundText(round: RoundOnRecord, ordinal: number, names: Names, language: Language) {
  const line = labelled(language)
  const { heldAt, kind, positions, summary } = round
  const sort = { meeting: ['会商', 'meeting'], written_answer: ['书面答复', 'written answer'] }[
    kind
  ]
  const title: [string, string] = [`第 ${ordinal} 轮协商`, `Round ${ordinal}`]
  return [
    line(title, `${timeText(heldAt)}  ${sort?.[language === 'zh' ? 0 : 1] ?? kind}`),
    ...positions
      .filter(({ position }) => position !== '')
      .map(({ agency, position }) => `  ${line([names(agency), names(agency)], position)}`),
    ...(summary === '' ? [] : [`  ${line(['结果', 'Outcome'], summary)}`]),
  ]
}

/** A written view, or that it is awaited, or that the level lacks the body. */
export function coReviewText(review: CoReview, names: Names, language: Language): string[] {
  const zh = language === 'zh'
  const line = labelled(language)
  const { coReviewId, body, role, missing, party, givenAt, advice, view, remindedAt } = review
  const stands = missing
    ? zh
      ? '本级没有该部门'
      : 'the level has no such body'
    : givenAt === undefined
      ? zh
        ? '待提出'
        : 'awaited'
      : [wordFor(ADVICES, advice, language), timeText(givenAt)].join('  ')
  return [
    line(
      party ? ['当事一方的意见', 'Position of a party'] : ['会同部门意见', 'Co-review'],
      [
        BODIES[role]?.[zh ? 0 : 1] ?? role,
        ...(body === '' ? [] : [names(body)]),
        stands,
        ...(missing ? [] : [coReviewId]),
      ].join('  '),
    ),
    ...(view === '' ? [] : [`  ${view}`]),
    ...remindedAt.map((at) => `  ${line(['催办', 'Reminded'], timeText(at))}`),
  ]
}

/** A ruling (处理意见书). */
function rulingText(ruling: Ruling, names: Names, language: Language): string[] {
  const line = labelled(language)
  const { disposition, ruledAt, documentNumber, grounds, legalBasis, dissents } = ruling
  const { draftDigest, title, text, attachments } = ruling
  return [
    line(
      ['处理意见', 'Ruling'],
      [wordFor(RULINGS, disposition, language), timeText(ruledAt), documentNumber]
        .filter(Boolean)
        .join('  '),
    ),
    ...(grounds === '' ? [] : [`  ${line(['理由', 'Grounds'], grounds)}`]),
    ...(legalBasis === '' ? [] : [`  ${line(['法律依据', 'Legal basis'], legalBasis)}`]),
    ...dissents.map(
      ({ agency, words }) => `  ${line(['不同意见', 'Dissent'], `${names(agency)}  ${words}`)}`,
    ),
    ...(draftDigest === ''
      ? []
      : [`  ${line(['可以发布的稿件摘要', 'May be released'], draftDigest)}`]),
    ...(title === '' ? [] : [`  ${line(['标题', 'Title'], title)}`]),
    ...(text === '' ? [] : ['', text]),
    ...attachments.map(({ name, digest }) => line(['附件', 'Attachment'], `${name}  ${digest}`)),
  ]
}
