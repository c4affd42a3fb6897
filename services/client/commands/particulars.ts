// What a submission may say beside its draft: co-producers, approvals, categories, clocks, and to whom
// a disagreement goes by itself.
import { Urgency } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { ApprovalNeed } from '../../../gen/huiqian/coordination/v1/gates.js'
import type { StandingInstruction } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { NotUnderstood, type Asked, type Options } from '../command.js'
import type { Desk } from '../desk.js'
import { namedAgency } from '../named-agency.js'
import { ADDRESSEE_WORDS } from './negotiation.js'

const URGENCIES = { urgent: Urgency.URGENT, 'most-urgent': Urgency.MOST_URGENT }

export const PARTICULARS: Options = {
  'co-producer': {
    takes: '<code|name>',
    several: true,
    about: { zh: '联合制作的其他机关', en: 'another agency that made it jointly' },
  },
  'approval-needed': {
    takes: '<organ>:<basis>',
    several: true,
    about: { zh: '须经何机关批准及依据', en: 'an approval that it needs, and by which rule' },
  },
  category: {
    takes: '<id>',
    several: true,
    about: { zh: '所属特殊类别，依规则包', en: 'a special category of the pack' },
  },
  'formed-on': {
    takes: '<date>',
    about: { zh: '信息形成日期：主动公开期限自此计算', en: 'when the information was formed' },
  },
  'application-received-on': {
    takes: '<date>',
    about: { zh: '收到公开申请的日期', en: 'when the application was received' },
  },
  instruct: {
    takes: '<addressee>:<days>',
    about: {
      zh: '协商满几个工作日未达成一致，报请谁协调，如 superior-organ:10',
      en: 'to whom a disagreement goes by itself, and when: superior-organ:10',
    },
  },
  urgency: { takes: 'urgent|most-urgent', about: { zh: '加急或特急', en: 'how urgent' } },
}

export async function particularsOf(desk: Desk, asked: Asked) {
  const coProducers: string[] = []
  for (const who of asked.list('co-producer'))
    coProducers.push((await namedAgency(await desk.directory(), who)).creditCode)
  const instruct = asked.maybe('instruct')
  return {
    coProducers,
    approvalsNeeded: asked.list('approval-needed').map(approvalNeedOf),
    categories: [...asked.list('category')],
    formedOn: asked.maybe('formed-on') ?? '',
    applicationReceivedOn: asked.maybe('application-received-on') ?? '',
    standingInstruction: instruct === undefined ? undefined : instructionOf(instruct),
    urgency: asked.oneOf('urgency', URGENCIES, Urgency.UNSPECIFIED),
  }
}

/** `organ:basis`; the basis may hold colons. */
export function approvalNeedOf(given: string): ApprovalNeed {
  const at = given.indexOf(':')
  if (at > 0) return { organ: given.slice(0, at), basis: given.slice(at + 1) }
  throw new NotUnderstood({
    zh: '--approval-needed 应为 批准机关:依据',
    en: '--approval-needed is organ:basis',
  })
}

/** `addressee:days`. */
export function instructionOf(given: string): StandingInstruction {
  const [, word = '', days = ''] = /^([a-z-]+):(\d{1,3})$/.exec(given) ?? []
  const to = Object.hasOwn(ADDRESSEE_WORDS, word) ? ADDRESSEE_WORDS[word] : undefined
  if (to !== undefined) return { to, afterWorkingDays: Number(days), byDefault: false }
  const words = Object.keys(ADDRESSEE_WORDS).join('|')
  throw new NotUnderstood({
    zh: `--instruct 应为 ${words}:工作日数`,
    en: `--instruct is ${words}:working days`,
  })
}
