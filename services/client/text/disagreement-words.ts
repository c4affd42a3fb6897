// The words of the regulation for negotiation, disputes and rulings (协调 art. 6 para 3), in both languages.
import {
  Addressee,
  Disposition,
  DisputeStanding,
  RoundKind,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import {
  Advice,
  CandidateKind,
  DisputeState,
  Part,
  RulingDisposition,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { Words } from './words.js'

const SUPERIOR_ORGAN = ['上一级行政机关', 'superior organ'] as const
const COMPETENT_AUTHORITY = ['同级政府信息公开工作主管部门', 'competent authority'] as const
const COMMON_SUPERIOR = ['共同上一级行政机关', 'common superior'] as const

export const ADDRESSEES: Words = {
  [Addressee.SUPERIOR_ORGAN]: SUPERIOR_ORGAN,
  [Addressee.COMPETENT_AUTHORITY]: COMPETENT_AUTHORITY,
  [Addressee.COMMON_SUPERIOR]: COMMON_SUPERIOR,
}

export const CANDIDATES: Words = {
  [CandidateKind.SUPERIOR_ORGAN]: SUPERIOR_ORGAN,
  [CandidateKind.COMPETENT_AUTHORITY]: COMPETENT_AUTHORITY,
  [CandidateKind.COMMON_SUPERIOR]: COMMON_SUPERIOR,
}

export const ROUND_KINDS: Words = {
  [RoundKind.MEETING]: ['会商', 'meeting'],
  [RoundKind.WRITTEN_ANSWER]: ['书面答复', 'written answer'],
}

export const DISPUTE_STANDINGS: Words = {
  [DisputeStanding.FILED]: ['已报请，待受理', 'filed'],
  [DisputeStanding.ACCEPTED]: ['已受理', 'accepted'],
  [DisputeStanding.RETURNED]: ['已退回协商', 'returned to negotiation'],
  [DisputeStanding.RULED]: ['已作出处理意见', 'ruled on'],
  [DisputeStanding.ENDED]: ['已终止', 'ended'],
}

export const DISPUTE_STATES: Words = {
  [DisputeState.FILED]: ['已报请，待受理', 'filed'],
  [DisputeState.ACCEPTED]: ['已受理', 'accepted'],
  [DisputeState.RETURNED]: ['已退回协商', 'returned to negotiation'],
  [DisputeState.RULED]: ['已作出处理意见', 'ruled on'],
  [DisputeState.ENDED]: ['已终止', 'ended'],
}

const RELEASE = ['予以发布', 'release'] as const
const WITH_CHANGES = ['修改后发布', 'release with changes'] as const
const DO_NOT_RELEASE = ['不予发布', 'do not release'] as const
const BACK = ['继续协商', 'back to negotiation'] as const

export const DISPOSITIONS: Words = {
  [Disposition.RELEASE]: RELEASE,
  [Disposition.RELEASE_WITH_CHANGES]: WITH_CHANGES,
  [Disposition.DO_NOT_RELEASE]: DO_NOT_RELEASE,
  [Disposition.BACK_TO_NEGOTIATION]: BACK,
}

export const RULINGS: Words = {
  [RulingDisposition.RELEASE]: RELEASE,
  [RulingDisposition.RELEASE_WITH_CHANGES]: WITH_CHANGES,
  [RulingDisposition.DO_NOT_RELEASE]: DO_NOT_RELEASE,
  [RulingDisposition.BACK_TO_NEGOTIATION]: BACK,
}

export const ADVICES: Words = {
  [Advice.RELEASE]: RELEASE,
  [Advice.RELEASE_WITH_CHANGES]: WITH_CHANGES,
  [Advice.DO_NOT_RELEASE]: DO_NOT_RELEASE,
  [Advice.NONE]: ['本职责内无意见', 'no view of its own remit'],
}

export const PARTS: Words = {
  [Part.COORDINATOR]: ['协调机关', 'coordinator'],
  [Part.RELEASING]: ['拟发布机关', 'releasing agency'],
  [Part.PARTY]: ['争议一方', 'party'],
  [Part.REVIEW_BODY]: ['会同部门', 'review body'],
}

/** Roles of review bodies, by the stable words of the contract. */
export const BODIES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  legal: ['法制', 'legal'],
  secrecy: ['保密', 'secrecy'],
  supervision: ['监察', 'supervision'],
  other: ['其他', 'other'],
}

/** What a party holds, by the stable words of the contract. */
export const STANDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  objection: ['不同意', 'objection'],
  consent_with_changes: ['修改后同意', 'consent with changes'],
  contradiction: ['认为内容不准确', 'not accurate'],
}
