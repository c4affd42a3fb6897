// The disagreement on a release as a clerk reads it: rounds, the standing instruction, disputes.
import type {
  DisputeReference,
  Negotiation,
  NegotiationRound,
  StandingInstruction,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import type { Language } from '../command.js'
import type { Names } from '../desk.js'
import { ADDRESSEES, DISPOSITIONS, DISPUTE_STANDINGS, ROUND_KINDS } from './disagreement-words.js'
import { labelled } from './labelled.js'
import { timeText } from './times.js'
import { wordFor } from './words.js'

/** Every agency that the disagreement speaks of. */
export const agenciesInNegotiation = (negotiation: Negotiation | undefined): string[] =>
  negotiation === undefined
    ? []
    : [
        ...negotiation.rounds.flatMap(({ positions }) => positions.map(({ agency }) => agency)),
        ...negotiation.escalationRequests.map(({ agency }) => agency),
        ...negotiation.disputes.map(({ coordinator }) => coordinator),
      ]

export function negotiationText(
  negotiation: Negotiation,
  names: Names,
  language: Language,
): string[] {
  const zh = language === 'zh'
  const line = labelled(language)
  const { open, openedAt, rounds, standingInstruction, instructionDueAt, ageing } = negotiation
  const { failedAt, failureSummary, escalationRequests, disputes } = negotiation
  const since = openedAt === undefined ? '' : zh ? '，自 ' : ', since '
  const old = zh
    ? '，已逾指定期限而无协商记录'
    : ', due by its instruction and no round is on record'
  return [
    ...(open || openedAt !== undefined
      ? [
          line(
            ['协商', 'Negotiation'],
            `${open ? (zh ? '进行中' : 'open') : zh ? '已结束' : 'not open'}${since}${openedAt === undefined ? '' : timeText(openedAt)}${ageing ? old : ''}`,
          ),
        ]
      : []),
    ...rounds.flatMap((round) => roundText(round, names, language)),
    ...(standingInstruction === undefined
      ? []
      : [
          line(
            ['报请协调的指示', 'Standing instruction'],
            instructionText(standingInstruction, language),
          ),
        ]),
    ...(instructionDueAt === undefined
      ? []
      : [line(['依指示报请，于', 'Falls due'], timeText(instructionDueAt))]),
    ...(failedAt === undefined
      ? []
      : [
          line(
            ['协商未达成一致', 'Negotiation failed'],
            [timeText(failedAt), ...(failureSummary === '' ? [] : [failureSummary])].join('  '),
          ),
        ]),
    ...escalationRequests.map(({ agency, requestedAt, reason }) =>
      line(
        ['请求报请协调', 'Asks for escalation'],
        [names(agency), timeText(requestedAt), ...(reason === '' ? [] : [reason])].join('  '),
      ),
    ),
    ...disputes.flatMap((dispute) => disputeReferenceText(dispute, names, language)),
  ]
}

/** A round: when, of what sort, and who held what. */
export function roundText(round: NegotiationRound, names: Names, language: Language): string[] {
  const zh = language === 'zh'
  const line = labelled(language)
  const { ordinal, kind, heldAt, positions, summary, roundId } = round
  const title: [string, string] = [`第 ${ordinal} 轮协商`, `Round ${ordinal}`]
  return [
    line(title, `${timeText(heldAt)}  ${wordFor(ROUND_KINDS, kind, language)}  ${roundId}`),
    ...positions.map(
      ({ agency, position }) => `  ${line([names(agency), names(agency)], position)}`,
    ),
    ...(summary === '' ? [] : [zh ? `  结果：${summary}` : `  Outcome: ${summary}`]),
  ]
}

/** `上一级行政机关，协商满 10 个工作日（默认）`. */
export function instructionText(
  { to, afterWorkingDays, byDefault }: StandingInstruction,
  language: Language,
): string {
  const whom = wordFor(ADDRESSEES, to, language)
  return language === 'zh'
    ? `${whom}，协商满 ${afterWorkingDays} 个工作日未达成一致时${byDefault ? '（默认）' : ''}`
    : `${whom}, after ${afterWorkingDays} working days of negotiation${byDefault ? ' (the default)' : ''}`
}

function disputeReferenceText(
  dispute: DisputeReference,
  names: Names,
  language: Language,
): string[] {
  const zh = language === 'zh'
  const { disputeId, version, to, coordinator, standing, filedAt, onStandingInstruction } = dispute
  const { disposition, ruledDigest, ruledAt, reasonZh, reasonEn } = dispute
  const line = labelled(language)
  const filed = onStandingInstruction ? (zh ? '（依指示）' : ' (by its instruction)') : ''
  const of = zh ? `第 ${version} 稿` : `version ${version}`
  return [
    line(
      ['协调事项', 'Dispute'],
      [
        disputeId,
        of,
        wordFor(DISPUTE_STANDINGS, standing, language),
        `${timeText(filedAt)}${filed}`,
      ].join('  '),
    ),
    `  ${line(['协调机关', 'Coordinator'], `${names(coordinator)}  ${wordFor(ADDRESSEES, to, language)}`)}`,
    ...(zh ? [reasonZh] : [reasonEn]).filter((text) => text !== '').map((text) => `    ${text}`),
    ...(ruledAt === undefined
      ? []
      : [
          `  ${line(['处理意见', 'Ruling'], `${wordFor(DISPOSITIONS, disposition, language)}  ${timeText(ruledAt)}`)}`,
        ]),
    ...(ruledDigest === ''
      ? []
      : [`  ${line(['可以发布的稿件摘要', 'May be released'], ruledDigest)}`]),
  ]
}
