// Words for confirmations, declarations, paper, matters and notifications, in both languages.
import { ConfirmationState, DeclarationState } from '../../../gen/huiqian/coordination/v1/gates.js'
import { Urgency } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { MatterKind } from '../../../gen/huiqian/coordination/v1/organising.js'
import { PaperServiceState } from '../../../gen/huiqian/coordination/v1/paper.js'
import { NotificationState } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Words } from './words.js'

export const CONFIRMATION_STATES: Words = {
  [ConfirmationState.AWAITED]: ['待确认（沉默不是确认）', 'awaited (silence never confirms)'],
  [ConfirmationState.CONFIRMED]: ['已确认准确一致', 'confirmed'],
  [ConfirmationState.CONTRADICTED]: ['认为不准确', 'not accurate'],
  [ConfirmationState.ENDED]: ['已终止', 'ended'],
}

export const DECLARATION_STATES: Words = {
  [DeclarationState.OPEN]: ['待答复', 'unanswered'],
  [DeclarationState.CONSULTED]: ['已向其征求意见', 'it is consulted'],
  [DeclarationState.DECLINED]: ['不征求意见，已说明理由', 'it is not consulted'],
}

export const PAPER_SERVICE_STATES: Words = {
  [PaperServiceState.TAKEN]: ['已记录，期限起算', 'taken: the clock runs'],
  [PaperServiceState.LATE_ON_RECORD]: [
    '记录过迟，待主管部门确认',
    'recorded late: the competent authority decides',
  ],
  [PaperServiceState.CONTESTED]: [
    '收函机关有异议，待主管部门确认',
    'contested: the competent authority decides',
  ],
  [PaperServiceState.CONFIRMED]: ['主管部门已确认', 'confirmed by the competent authority'],
  [PaperServiceState.REJECTED]: ['主管部门不予确认', 'rejected by the competent authority'],
}

export const MATTERS: Words = {
  [MatterKind.LETTER_UNDELIVERED]: ['函件未送达', 'letter not delivered'],
  [MatterKind.OPEN_CONSULTATION]: ['征求意见未结', 'open consultation'],
  [MatterKind.OPEN_NEGOTIATION]: ['协商未果', 'negotiation without an outcome'],
  [MatterKind.CONFIRMATION_AWAITED]: ['待沟通确认', 'confirmation awaited'],
  [MatterKind.PAPER_SERVICE_UNDECIDED]: ['纸质送达待确认', 'paper service to decide'],
  [MatterKind.PUBLICATION_OVERDUE]: ['可以发布而逾期未发布', 'cleared, publication overdue'],
  [MatterKind.UNAUTHORISED_RELEASE]: ['对擅自发布的异议', 'objection to an unauthorised release'],
}

export const NOTIFICATION_STATES: Words = {
  [NotificationState.WAITING]: ['待发送', 'waits'],
  [NotificationState.DELIVERED]: ['已送达', 'delivered'],
  [NotificationState.GIVEN_UP]: ['已放弃', 'given up'],
}

export const URGENCIES: Words = {
  [Urgency.URGENT]: ['加急', 'urgent'],
  [Urgency.MOST_URGENT]: ['特急', 'most urgent'],
}
