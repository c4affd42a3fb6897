// What a pack makes of a case, point by point, in words and with the rule that each point rests on: so
// that the same case under two packs shows where they differ. Pure.
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { DisclosureAttribute } from '../release/events.js'
import type { AddresseeKind, Grounded, Pack, PublicationClock, SignedAct } from './pack.js'

/** The case that is put under a pack. */
export type Case = {
  readonly attribute: DisclosureAttribute
  readonly jointlyMade: boolean
  /** The deadline by this pack of a letter received; undefined where the calendar cannot say. */
  readonly deadline: DeadlineRecord | undefined
}

type Words = { readonly zh: string; readonly en: string }
export type Point = { readonly words: Words; readonly rule: Grounded | { readonly law: string } }

/** Names of the points, in the order in which they are shown. */
export const POINTS = {
  applies: { zh: '是否适用', en: 'whether it applies' },
  'reply-within': { zh: '答复期限', en: 'period for a reply' },
  'last-day': { zh: '最后一日', en: 'last day' },
  deadline: { zh: '届满', en: 'deadline' },
  silence: { zh: '逾期不答复', en: 'silence' },
  'without-verdict': { zh: '未表态的答复', en: 'a reply without a verdict' },
  reminders: { zh: '催办', en: 'reminders' },
  confirmations: { zh: '联合制作的确认', en: 'confirmation of joint information' },
  escalation: { zh: '协商不成报请', en: 'a disagreement goes to' },
  'standing-instruction': { zh: '预先指示', en: 'standing instruction' },
  'co-review': { zh: '会同研究', en: 'co-review' },
  'publication-clock': { zh: '公开时限', en: 'clock of disclosure' },
  outage: { zh: '末日停机顺延', en: 'outage on the last day' },
  signatures: { zh: '机关签名', en: 'signatures of the agencies' },
} as const satisfies Readonly<Record<string, Words>>
export type PointName = keyof typeof POINTS

const ADDRESSEES: Readonly<Record<AddresseeKind, Words>> = {
  superior_organ: { zh: '上一级行政机关', en: 'the superior organ' },
  competent_authority: {
    zh: '同级政府信息公开工作主管部门',
    en: 'the competent authority of its level',
  },
  common_superior: { zh: '共同上一级行政机关', en: 'the common superior' },
}
const BODIES = {
  legal: { zh: '法制', en: 'legal' },
  secrecy: { zh: '保密', en: 'secrecy' },
  supervision: { zh: '监察', en: 'supervision' },
} as const

/** Every point of the case under the pack. */
export function pointsOf(pack: Pack, about: Case): Readonly<Record<PointName, Point>> {
  const { reply, silence, reminders, escalation, standingInstruction, coReview } = pack
  const { deadline } = about
  const unknown = { zh: '工作日历尚无该年份', en: 'the calendar does not have that year yet' }
  return {
    applies: { words: appliesTo(pack, about), rule: pack.appliesTo },
    'reply-within': {
      words: {
        zh: `${reply.within}个${reply.unit === 'working_day' ? '工作日' : '自然日'}，收到当日${reply.dayZero === 'excluded' ? '不计入' : '计入'}`,
        en: `${reply.within} ${reply.unit === 'working_day' ? 'working days' : 'calendar days'}, the day of receipt ${reply.dayZero === 'excluded' ? 'does not count' : 'counts'}`,
      },
      rule: reply,
    },
    'last-day': {
      words: deadline === undefined ? unknown : both(deadline.lastDay),
      rule: reply,
    },
    deadline: {
      words: deadline === undefined ? unknown : both(beijingTime(deadline.at)),
      rule: reply,
    },
    silence: {
      words:
        silence.effect === 'deemed_consent'
          ? { zh: '视为同意', en: 'is deemed consent' }
          : { zh: '不产生同意的效力，须明确答复', en: 'has no effect: an express reply is needed' },
      rule: silence,
    },
    'without-verdict': {
      words: pack.withoutVerdict.stopsDeeming
        ? { zh: '阻止视为同意', en: 'stops deeming' }
        : { zh: '与未答复相同', en: 'is as good as silence' },
      rule: pack.withoutVerdict,
    },
    reminders: {
      words: {
        zh: `期满前${reminders.workingDaysBefore.join('、')}个工作日，${reminders.at}`,
        en: `${reminders.workingDaysBefore.join(' and ')} working days before the last day, at ${reminders.at}`,
      },
      rule: reminders,
    },
    confirmations: {
      words:
        pack.confirmations.byConsultation === true
          ? { zh: '以征求意见代替确认', en: 'co-producers are consulted instead' }
          : {
              zh: `须明确确认，沉默不算；每${pack.confirmations.remindEveryWorkingDays}个工作日催办一次`,
              en: `express, silence never confirms; reminded every ${pack.confirmations.remindEveryWorkingDays} working days`,
            },
      rule: pack.confirmations,
    },
    escalation: {
      words: joined(
        escalation.to.map((to) => ADDRESSEES[to]),
        '或',
        ' or ',
      ),
      rule: escalation,
    },
    'standing-instruction': {
      words: {
        zh: `协商${standingInstruction.afterWorkingDays}个工作日未果，报${ADDRESSEES[standingInstruction.to].zh}`,
        en: `to ${ADDRESSEES[standingInstruction.to].en} after ${standingInstruction.afterWorkingDays} working days of negotiation`,
      },
      rule: standingInstruction,
    },
    'co-review': { words: coReviewOf(pack), rule: coReview },
    'publication-clock': clockOf(
      about.attribute === 'active'
        ? pack.publicationClocks.active
        : pack.publicationClocks.onApplication,
    ),
    outage: {
      words: {
        zh: `累计超过${pack.outage.toleratedMinutes}分钟，顺延至下一工作日`,
        en: `over ${pack.outage.toleratedMinutes} minutes in sum: rolls to the next working day`,
      },
      rule: pack.outage,
    },
    signatures: signaturesOf(pack),
  }
}

function appliesTo({ appliesTo: rule }: Pack, { attribute, jointlyMade }: Case): Words {
  if (!rule.attributes.includes(attribute))
    return {
      zh: attribute === 'active' ? '不适用：只用于依申请公开' : '不适用：只用于主动公开',
      en: `does not apply: only for disclosure ${attribute === 'active' ? 'on application' : 'by the agency itself'}`,
    }
  if (rule.onlyJointlyMade && !jointlyMade)
    return {
      zh: '不适用：只用于共同制作的信息',
      en: 'does not apply: only for jointly made information',
    }
  return { zh: '适用', en: 'applies' }
}

function coReviewOf({ coReview }: Pack): Words {
  if (coReview.requiredOf.length === 0) return { zh: '未作规定，可以会同', en: 'may be asked for' }
  const who = joined(
    coReview.requiredOf.map((to) => ADDRESSEES[to]),
    '、',
    ', ',
  )
  const bodies = joined(
    coReview.bodies.map((body) => BODIES[body]),
    '、',
    ', ',
  )
  return {
    zh: `${who.zh}须会同${bodies.zh}部门`,
    en: `${who.en} must hear the ${bodies.en} bodies`,
  }
}

const SIGNED = {
  opinion: { zh: '答复', en: 'opinions' },
  confirmation: { zh: '确认', en: 'confirmations' },
} as const satisfies Readonly<Record<SignedAct, Words>>

function signaturesOf({ signatures }: Pack): Point {
  if (signatures === undefined || signatures.of.length === 0)
    return {
      words: { zh: '可以签名', en: 'may be given' },
      rule: signatures ?? { source: 'house' },
    }
  const { zh, en } = joined(
    signatures.of.map((act) => SIGNED[act]),
    '、',
    ' and ',
  )
  return { words: { zh: `${zh}须经签名`, en: `needed on ${en}` }, rule: signatures }
}

function clockOf(clock: PublicationClock | null): Point {
  if (clock === null) return { words: { zh: '无', en: 'none' }, rule: { source: 'house' } }
  return {
    words: {
      zh: `${clock.within}个工作日${clock.consultationExcluded ? '，征求意见的时间不计入' : '，征求意见期间照常计算'}`,
      en: `${clock.within} working days, ${clock.consultationExcluded ? 'the time of consultations not counted' : 'running through the consultations'}`,
    },
    rule: { law: clock.law },
  }
}

const both = (text: string): Words => ({ zh: text, en: text })
const joined = (words: readonly Words[], zh: string, en: string): Words => ({
  zh: words.map((one) => one.zh).join(zh),
  en: words.map((one) => one.en).join(en),
})
