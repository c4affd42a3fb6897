// The words of the regulation for the enumerations of the contracts, in both languages.
import {
  ConsultationState,
  DisclosureAttribute,
  GateKind,
  OpinionKind,
  OriginKind,
  ReleaseState,
  Trigger,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { Reception } from '../../../gen/huiqian/coordination/v1/consultation.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { Leadership, Level, Role } from '../../../gen/huiqian/directory/v1/directory.js'
import type { Language } from '../command.js'

export type Words = Readonly<Record<number, readonly [zh: string, en: string]>>

/** The word for a value; a value that this client does not know yet stands for itself. */
export const wordFor = (words: Words, value: number, language: Language): string =>
  words[value]?.[language === 'zh' ? 0 : 1] ?? String(value)

export const RELEASE_STATES: Words = {
  [ReleaseState.SUBMITTED]: ['已提交，待保密审查', 'submitted, awaits the secrecy review'],
  [ReleaseState.CONSULTING]: ['征求意见中', 'consulting'],
  [ReleaseState.NEGOTIATION]: ['协商中', 'negotiation'],
  [ReleaseState.CLEARED]: ['可以发布', 'cleared'],
  [ReleaseState.HELD]: ['暂缓', 'held'],
  [ReleaseState.PUBLISHED]: ['已发布', 'published'],
  [ReleaseState.WITHDRAWN]: ['已撤回', 'withdrawn'],
  [ReleaseState.IN_DISPUTE]: ['已报请协调', 'in dispute'],
  [ReleaseState.RULED]: ['已有处理意见，尚不可发布', 'ruled on, not to be released as it stands'],
}

export const CONSULTATION_STATES: Words = {
  [ConsultationState.ISSUED]: ['已发函，未收到', 'issued, not received'],
  [ConsultationState.UNDELIVERED]: ['无收文邮箱，未送达', 'undelivered: no mailbox'],
  [ConsultationState.RUNNING]: ['期限计算中', 'running'],
  [ConsultationState.ANSWERED]: ['已答复', 'answered'],
  [ConsultationState.DEFECTIVE]: ['不同意但未说明理由，待补正', 'objection without reasons'],
  [ConsultationState.NO_VERDICT]: ['已答复，未表明态度', 'replied without a verdict'],
  [ConsultationState.DEEMED]: ['逾期未复，视为同意', 'silent, deemed to consent'],
  [ConsultationState.EXPIRED]: ['逾期未复，不产生效果', 'silent, without effect'],
  [ConsultationState.SUPERSEDED]: ['已由新稿取代', 'superseded'],
  [ConsultationState.WITHDRAWN]: ['已撤回', 'withdrawn'],
}

export const OPINIONS: Words = {
  [OpinionKind.CONSENT]: ['同意', 'consent'],
  [OpinionKind.CONSENT_WITH_CHANGES]: ['修改后同意', 'consent with changes'],
  [OpinionKind.OBJECTION]: ['不同意', 'objection'],
  [OpinionKind.NOT_CONCERNED]: ['不涉及本机关', 'not concerned'],
  [OpinionKind.OTHER_REPLY]: ['其他答复', 'other reply'],
}

export const RECEPTIONS: Words = {
  [Reception.IN_TIME]: ['按期收到', 'in time'],
  [Reception.DEFECTIVE]: ['已记录，有欠缺', 'recorded as defective'],
  [Reception.LATE_REMARK]: [
    '期限届满或已可发布后的答复，作为意见记录',
    'after the deadline or after clearance: recorded as a remark',
  ],
  [Reception.COMPLETED]: ['补正或变更已记录', 'recorded as a completion'],
}

export const TRIGGERS: Words = {
  [Trigger.CONCERNS]: ['涉及', 'concerns it'],
  [Trigger.MAY_AFFECT_WORK]: ['可能影响其工作', 'may affect its work'],
}

export const ORIGINS: Words = {
  [OriginKind.MADE]: ['制作', 'made'],
  [OriginKind.HELD]: ['保存', 'held'],
  [OriginKind.ASSIGNED_BY_LAW]: ['法律、法规另有规定', 'assigned by law'],
}

export const ATTRIBUTES: Words = {
  [DisclosureAttribute.ACTIVE]: ['主动公开', 'active'],
  [DisclosureAttribute.ON_APPLICATION]: ['依申请公开', 'on application'],
}

export const GATES: Words = {
  [GateKind.ORIGIN]: ['信息来源', 'origin'],
  [GateKind.SECRECY_REVIEW]: ['保密审查', 'secrecy review'],
  [GateKind.APPROVAL]: ['批准', 'approval'],
  [GateKind.CONFIRMATIONS]: ['联合制作确认', 'confirmations'],
  [GateKind.CONSULTATIONS]: ['征求意见', 'consultations'],
}

export const LETTERS: Words = {
  [LetterKind.CONSULTATION_LETTER]: ['征求意见函', 'consultation letter'],
  [LetterKind.REMINDER]: ['催办单', 'reminder'],
  [LetterKind.CERTIFICATE_OF_DEEMED_CONSENT]: ['视为同意证明', 'certificate of deemed consent'],
  [LetterKind.DEFECT_NOTICE]: ['补正通知', 'defect notice'],
  [LetterKind.WITHDRAWAL]: ['撤回通知', 'withdrawal'],
  [LetterKind.CORRECTION]: ['更正通知', 'correction'],
  [LetterKind.REPLY_NOTICE]: ['回复函', 'reply'],
  [LetterKind.CONFIRMATION_REQUEST]: ['沟通确认函', 'confirmation request'],
  [LetterKind.DISPUTE_APPLICATION]: ['协调申请书', 'dispute application'],
  [LetterKind.CO_REVIEW_REQUEST]: ['会同研究函', 'co-review request'],
  [LetterKind.RULING]: ['处理意见书', 'ruling'],
  [LetterKind.NOTICE]: ['告知书', 'notice'],
}

export const LEVELS: Words = {
  [Level.NATIONAL]: ['国家', 'national'],
  [Level.PROVINCE]: ['省', 'province'],
  [Level.PREFECTURE]: ['地级市', 'prefecture'],
  [Level.COUNTY]: ['县、区', 'county'],
  [Level.TOWNSHIP]: ['乡镇、街道', 'township'],
}

export const ROLES: Words = {
  [Role.COMPETENT_AUTHORITY]: ['政府信息公开工作主管部门', 'competent authority'],
  [Role.REVIEW_BODY_LEGAL]: ['法制机构', 'legal review'],
  [Role.REVIEW_BODY_SECRECY]: ['保密机构', 'secrecy review'],
  [Role.REVIEW_BODY_SUPERVISION]: ['监察机构', 'supervision'],
}

export const LEADERSHIPS: Words = {
  [Leadership.LOCAL]: ['地方领导', 'local'],
  [Leadership.VERTICAL]: ['垂直领导', 'vertical'],
  [Leadership.DUAL]: ['双重领导', 'dual'],
}
