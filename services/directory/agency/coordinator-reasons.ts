// The words in which the directory says why an agency is a candidate, or why not; in Chinese and in
// English. They state what the directory holds and draw no conclusion about the dispute. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { dateOf } from '../../../shared/working-days/day.js'
import { dayOf } from '../../../shared/working-days/shanghai.js'
import type { AgencyRecord, Role } from './agency-record.js'
import { levelZh, type Seat } from './levels.js'

export type Reasons = { readonly zh: string; readonly en: string }

const BODY_ZH: Record<Role, string> = {
  'competent-authority': '政府信息公开工作主管部门',
  'review-body-legal': '法制部门',
  'review-body-secrecy': '保密部门',
  'review-body-supervision': '监察部门',
}
const BODY_EN: Record<Role, string> = {
  'competent-authority': 'competent authority for information disclosure',
  'review-body-legal': 'legal body',
  'review-body-secrecy': 'secrecy body',
  'review-body-supervision': 'supervision body',
}

const empty: Reasons = { zh: '', en: '' }

/** The Beijing date of an instant. */
export const beijingDate = (at: Instant): string => dateOf(dayOf(at))

/** Why a superior is the superior organ: by the kind of leadership of the agency below it. */
export function leads(
  below: AgencyRecord,
  superior: AgencyRecord,
  government: AgencyRecord | undefined,
): Reasons {
  switch (below.leadership) {
    case 'local':
      return below.level === superior.level
        ? {
            zh: `${below.name}由本级政府领导，其上一级行政机关为${superior.name}`,
            en: `${below.name} is led by the government of its own level: its superior organ is ${superior.name}`,
          }
        : {
            zh: `${below.name}的上一级行政机关为${superior.name}`,
            en: `the organ one level above ${below.name} is ${superior.name}`,
          }
    case 'vertical':
      return {
        zh: `${below.name}实行垂直领导，其上一级行政机关为本系统的${superior.name}`,
        en: `${below.name} is led by its own line alone: its superior organ is ${superior.name}`,
      }
    case 'dual': {
      const start = {
        zh: `${below.name}实行双重领导，主线上的上一级行政机关为${superior.name}`,
        en: `${below.name} is under dual leadership: the superior organ of its main line is ${superior.name}`,
      }
      if (government === undefined) return start
      return government.creditCode === superior.creditCode
        ? {
            zh: `${start.zh}（即本级政府；目录未载其业务系统的上级）`,
            en: `${start.en}, which is the government of its own level (the directory names no superior of its line of business)`,
          }
        : {
            zh: `${start.zh}；本级政府${government.name}同时领导该机关`,
            en: `${start.en}; the government of its own level, ${government.name}, leads it too`,
          }
    }
  }
}

export const holds = ({ level, region }: Seat): Reasons => ({
  zh: `系${levelZh(level)}（${region}）政府信息公开工作主管部门`,
  en: `it is the competent authority for information disclosure of the ${level} level in ${region}`,
})

export const noAuthority = ({ level, region }: Seat): Reasons => ({
  zh: `目录中${levelZh(level)}（${region}）没有政府信息公开工作主管部门`,
  en: `the directory has no competent authority for information disclosure of the ${level} level in ${region}`,
})

export const noSuperior = (agency: AgencyRecord): Reasons => ({
  zh: `目录中没有${agency.name}的上一级行政机关`,
  en: `the directory names no superior organ of ${agency.name}`,
})

export const isReleasing = (agency: AgencyRecord): Reasons => ({
  zh: `${agency.name}是拟发布机关，争议当事方不作协调机关`,
  en: `${agency.name} is the releasing agency; a party to the dispute is never its coordinator`,
})

export const isParty = (agency: AgencyRecord): Reasons => ({
  zh: `${agency.name}是争议当事方，当事方不作协调机关`,
  en: `${agency.name} is a party to the dispute, and a party is never its coordinator`,
})

export const notValid = (agency: AgencyRecord, at: Instant): Reasons => ({
  zh: `${agency.name}在${beijingDate(at)}不是有效机关，目录未载承继机关`,
  en: `${agency.name} is not valid on ${beijingDate(at)} and the directory names no successor`,
})

/** A candidate that takes another's place: the other of the two, or the next level up. */
export function inPlace(
  isOther: boolean,
  own: { readonly agency?: AgencyRecord; readonly why: Reasons } | undefined,
  reason: Reasons,
): Reasons {
  const but = own?.agency ? { zh: '，但不作协调机关', en: ', but it cannot coordinate' } : empty
  return {
    zh: `${own ? `${own.why.zh}${but.zh}；` : ''}${isOther ? '改由另一协调机关' : '改由上一级'}：${reason.zh}`,
    en: `${own ? `${own.why.en}${but.en}; ` : ''}${isOther ? 'the other candidate takes its place' : 'one level up takes its place'}: ${reason.en}`,
  }
}

export const nobody = (own: Reasons | undefined): Reasons => ({
  zh: `${own ? `${own.zh}；` : ''}没有可以协调的机关`,
  en: `${own ? `${own.en}; ` : ''}nobody can coordinate`,
})

/** Adds the former names to a reason: both names stay on record. */
export function after(
  former: readonly AgencyRecord[],
  standing: AgencyRecord,
  reason: Reasons,
): Reasons {
  if (former.length === 0) return reason
  const names = former.map((one) => one.name)
  return {
    zh: `${reason.zh}（原${names.join('、')}，由${standing.name}承继）`,
    en: `${reason.en} (formerly ${names.join(', ')}, succeeded by ${standing.name})`,
  }
}

export const missingBody = (role: Role, { level, region }: Seat): Reasons => ({
  zh: `缺：目录中${levelZh(level)}（${region}）没有${BODY_ZH[role]}`,
  en: `missing: the directory has no ${BODY_EN[role]} of the ${level} level in ${region}`,
})

export const reviews = (role: Role, agency: AgencyRecord, party: boolean): Reasons =>
  party
    ? {
        zh: `${agency.name}（${BODY_ZH[role]}）是争议当事方，只陈述当事方意见，不作会同研究`,
        en: `${agency.name} (${BODY_EN[role]}) is a party: it gives a party's position, not a review`,
      }
    : { zh: `${agency.name}（${BODY_ZH[role]}）`, en: `${agency.name} (${BODY_EN[role]})` }

const together = (releasing: AgencyRecord, others: readonly AgencyRecord[]): string =>
  [releasing, ...others].map(({ name }) => name).join('、')
const togetherEn = (releasing: AgencyRecord, others: readonly AgencyRecord[]): string =>
  [releasing, ...others].map(({ name }) => name).join(', ')

/** Why an organ is the common superior. */
export const commonSuperior = (
  organ: AgencyRecord,
  releasing: AgencyRecord,
  others: readonly AgencyRecord[],
): Reasons => ({
  zh: `${organ.name}是${together(releasing, others)}共同的上级行政机关中最近的一个`,
  en: `${organ.name} is the nearest organ above all of: ${togetherEn(releasing, others)}`,
})

export const noCommonSuperior = (
  releasing: AgencyRecord,
  others: readonly AgencyRecord[],
): Reasons => ({
  zh: `目录中没有${together(releasing, others)}共同的上级行政机关`,
  en: `the directory has no organ above all of: ${togetherEn(releasing, others)}`,
})
