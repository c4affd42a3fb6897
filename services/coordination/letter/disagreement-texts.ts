// The words of the letters of disagreement (协调申请书, 告知书): facts and the pack's own citations, no more. Pure.
import type { Dispute, Position } from '../dispute/dispute.js'
import type { DisputeFileForm, RoundForm } from '../dispute/file-form.js'
import { articleOf, type AddresseeKind, type Pack } from '../pack/pack.js'
import type { Release } from '../release/state.js'
import { recordOf } from './labels.js'
import type { WrittenLetter } from './texts.js'

export type DisagreementFacts = {
  readonly release: Release
  readonly pack: Pack
  readonly draftTitle: string
  readonly name: (code: string) => string
  readonly time: (at: number) => string
  readonly date: (at: number) => string
}

const ADDRESSEES: Readonly<Record<AddresseeKind, string>> = {
  superior_organ: '上一级行政机关',
  competent_authority: '同级政府信息公开工作主管部门',
  common_superior: '共同上一级行政机关',
}
const POSITIONS: Readonly<Record<Position, string>> = {
  objection: '不同意',
  consent_with_changes: '修改后同意，修改未被采纳',
  contradiction: '认为联合制作的内容不准确',
}
const ROUNDS = { meeting: '会商', written_answer: '书面答复' } as const

const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n')
const cited = (pack: Pack): string => articleOf(pack, pack.escalation).citation

const filedOn = (onInstruction: boolean): string =>
  onInstruction ? '依长期指示' : '拟发布机关声明协商不成'

/** 协调申请书: from the sealed file, and nothing beside it. */
export function application(facts: DisagreementFacts, file: DisputeFileForm): WrittenLetter {
  const { pack, draftTitle, name, time, date } = facts
  const competence =
    file.candidates.find(({ agency }) => agency === file.coordinator)?.reasonZh ?? ''
  const positions = file.parties
    .map(({ agency, position, reasons, legalBasis }) =>
      [
        `${name(agency)}：${POSITIONS[position]}`,
        reasons === '' ? '' : `理由：${reasons}`,
        legalBasis === '' ? '' : `依据：${legalBasis}`,
      ]
        .filter((part) => part !== '')
        .join('；'),
    )
    .join('\n')
  const record = file.rounds
    .map(({ ordinal, heldAt, kind, positions: held, summary }) =>
      [
        `第${ordinal}轮，${time(heldAt)}，${ROUNDS[kind]}，参加：${held.map(({ agency }) => name(agency)).join('、')}`,
        ...held.map(({ agency, position }) => `${name(agency)}：${position}`),
        summary,
      ]
        .filter((part) => part !== '')
        .join('\n'),
    )
    .join('\n')
  return {
    title: `关于《${draftTitle}》发布事项报请协调的申请`,
    body: paragraphs(
      `${name(file.coordinator)}：`,
      `${name(file.releasingAgency)}拟发布《${draftTitle}》（第${file.version}稿），经协商未达成一致意见。依据${cited(pack)}，现报请协调。`,
      `协调机关：${ADDRESSEES[file.to]}。${competence}`,
      `各方意见：\n${positions}`,
      `协商记录：\n${record}`,
      `协商情况：${file.summary}`,
      `主要分歧：${file.mainDispute}`,
      file.legalBasis === '' ? '' : `依据：${file.legalBasis}`,
      `提起方式：${filedOn(file.onStandingInstruction)}。`,
      `稿件摘要（SHA-256）：${file.draft}`,
      [
        file.signatory === '' ? '' : `签发人：${file.signatory}`,
        name(file.releasingAgency),
        date(file.filedAt),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    ),
    fields: recordOf({
      number: file.documentNumber,
      signatory: file.signatory,
      matter: draftTitle,
      addressee: name(file.coordinator),
      competence,
      positions,
      'negotiation-record': record,
      'main-dispute': file.mainDispute,
      basis: cited(pack),
      'draft-version': String(file.version),
      'draft-digest': file.draft,
      'filed-on': filedOn(file.onStandingInstruction),
    }),
  }
}

function notice(facts: DisagreementFacts, to: string, about: string, ...said: string[]) {
  const { release, pack, draftTitle, name } = facts
  return {
    title: `告知书：《${draftTitle}》${about}`,
    body: paragraphs(`${name(to)}：`, ...said, name(release.releasingAgency)),
    fields: recordOf({ about, basis: cited(pack) }),
  } satisfies WrittenLetter
}

/** A round was put on record: its participants are told what stands there. */
export function roundNotice(facts: DisagreementFacts, to: string, round: RoundForm): WrittenLetter {
  const { draftTitle, name, time } = facts
  return notice(
    facts,
    to,
    round.kind === 'written_answer' ? '书面答复' : '协商记录',
    `就《${draftTitle}》（第${round.version}稿）的不同意见，${time(round.heldAt)}的${ROUNDS[round.kind]}已记录在案。`,
    ...round.positions.map(({ agency, position }) => `${name(agency)}：${position}`),
    round.summary,
  )
}

export const declinedNotice = (
  facts: DisagreementFacts,
  to: string,
  reason: string,
): WrittenLetter =>
  notice(
    facts,
    to,
    '修改意见未被采纳',
    `贵单位对《${facts.draftTitle}》答复“修改后同意”，所提修改未被采纳，理由：${reason}`,
    '该意见不视为同意，按不同意见进行协商。',
  )

export const escalationNotice = (
  facts: DisagreementFacts,
  agency: string,
  reason: string,
): WrittenLetter =>
  notice(
    facts,
    facts.release.releasingAgency,
    '请求报请协调',
    `${facts.name(agency)}请求将《${facts.draftTitle}》的不同意见报请协调，理由：${reason}`,
    '是否报请以及向何机关报请，由拟发布机关决定。',
  )

export const filedNotice = (
  facts: DisagreementFacts,
  to: string,
  dispute: Dispute,
): WrittenLetter =>
  notice(
    facts,
    to,
    '已报请协调',
    `《${facts.draftTitle}》（第${dispute.version}稿）经协商未达成一致意见，已于${facts.time(dispute.filedAt)}${dispute.onStandingInstruction ? '依拟发布机关的长期指示' : ''}报请${facts.name(dispute.coordinator)}（${ADDRESSEES[dispute.to]}）协调（${cited(facts.pack)}）。`,
  )

export const ruledTextNotice = (
  facts: DisagreementFacts,
  to: string,
  dispute: Dispute,
): WrittenLetter =>
  notice(
    facts,
    to,
    '依处理意见修改的稿件',
    `${facts.name(dispute.coordinator)}对《${facts.draftTitle}》的处理意见为修改后发布，拟发布机关已按处理意见提交第${facts.release.version}稿。该稿依处理意见发布，不再征求意见。`,
    `稿件摘要（SHA-256）：${facts.release.draftDigest}`,
  )
