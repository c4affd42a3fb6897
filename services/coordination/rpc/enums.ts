// Enumerations of the contract and the words of the law, both ways, in one place.
import * as proto from '../../../gen/huiqian/coordination/v1/coordination.js'
import { ConfirmationState, DeclarationState } from '../../../gen/huiqian/coordination/v1/gates.js'
import { DayKind } from '../../../gen/huiqian/common/v1/common.js'
import type { ConsultationStatus, Trigger } from '../consultation/consultation.js'
import type { DeadlineDay } from '../consultation/deadline.js'
import type { OpinionKind } from '../consultation/opinion.js'
import type { Claim } from '../pack/pack.js'
import type { DisclosureAttribute, OriginKind } from '../release/events.js'
import type { DeclarationStatus } from '../declaration/declaration.js'
import type { ConfirmationStatus } from '../joint/joint.js'
import type { Urgency } from '../release/particulars.js'
import type { GateKind } from '../release/gates.js'
import type { ReleaseStatus } from '../release/state.js'

type Table<Word extends string, Number extends number> = Readonly<Record<Word, Number>>

/** The word of a number that `enumField` has let through. */
export function wordOf<Word extends string>(table: Table<Word, number>, value: number): Word {
  for (const word in table) if (table[word] === value) return word
  throw new Error(`no word for the number ${value}`)
}

export const OPINION_KINDS: Table<OpinionKind, proto.OpinionKind> = {
  consent: proto.OpinionKind.CONSENT,
  consent_with_changes: proto.OpinionKind.CONSENT_WITH_CHANGES,
  objection: proto.OpinionKind.OBJECTION,
  not_concerned: proto.OpinionKind.NOT_CONCERNED,
  other_reply: proto.OpinionKind.OTHER_REPLY,
}

export const CLAIMS: Table<Claim, proto.Claim> = {
  secrecy: proto.Claim.SECRECY,
  illegality: proto.Claim.ILLEGALITY,
  special_category: proto.Claim.SPECIAL_CATEGORY,
}

export const TRIGGERS: Table<Trigger, proto.Trigger> = {
  concerns: proto.Trigger.CONCERNS,
  may_affect_work: proto.Trigger.MAY_AFFECT_WORK,
}

export const ORIGINS: Table<OriginKind, proto.OriginKind> = {
  made: proto.OriginKind.MADE,
  held: proto.OriginKind.HELD,
  assigned_by_law: proto.OriginKind.ASSIGNED_BY_LAW,
}

export const ATTRIBUTES: Table<DisclosureAttribute, proto.DisclosureAttribute> = {
  active: proto.DisclosureAttribute.ACTIVE,
  on_application: proto.DisclosureAttribute.ON_APPLICATION,
}

export const CONSULTATION_STATES: Table<ConsultationStatus, proto.ConsultationState> = {
  issued: proto.ConsultationState.ISSUED,
  undelivered: proto.ConsultationState.UNDELIVERED,
  running: proto.ConsultationState.RUNNING,
  answered: proto.ConsultationState.ANSWERED,
  defective: proto.ConsultationState.DEFECTIVE,
  no_verdict: proto.ConsultationState.NO_VERDICT,
  deemed: proto.ConsultationState.DEEMED,
  expired: proto.ConsultationState.EXPIRED,
  superseded: proto.ConsultationState.SUPERSEDED,
  withdrawn: proto.ConsultationState.WITHDRAWN,
}

export const RELEASE_STATES: Table<ReleaseStatus, proto.ReleaseState> = {
  submitted: proto.ReleaseState.SUBMITTED,
  consulting: proto.ReleaseState.CONSULTING,
  negotiation: proto.ReleaseState.NEGOTIATION,
  cleared: proto.ReleaseState.CLEARED,
  held: proto.ReleaseState.HELD,
  in_dispute: proto.ReleaseState.IN_DISPUTE,
  ruled: proto.ReleaseState.RULED,
  published: proto.ReleaseState.PUBLISHED,
  withdrawn: proto.ReleaseState.WITHDRAWN,
}

export const GATES: Table<GateKind, proto.GateKind> = {
  origin: proto.GateKind.ORIGIN,
  secrecy_review: proto.GateKind.SECRECY_REVIEW,
  approval: proto.GateKind.APPROVAL,
  confirmations: proto.GateKind.CONFIRMATIONS,
  consultations: proto.GateKind.CONSULTATIONS,
}

export const CONFIRMATION_STATES: Table<ConfirmationStatus, ConfirmationState> = {
  awaited: ConfirmationState.AWAITED,
  confirmed: ConfirmationState.CONFIRMED,
  contradicted: ConfirmationState.CONTRADICTED,
  ended: ConfirmationState.ENDED,
}

export const DECLARATION_STATES: Table<DeclarationStatus, DeclarationState> = {
  open: DeclarationState.OPEN,
  consulted: DeclarationState.CONSULTED,
  declined: DeclarationState.DECLINED,
}

export const URGENCIES: Table<Urgency, proto.Urgency> = {
  urgent: proto.Urgency.URGENT,
  most_urgent: proto.Urgency.MOST_URGENT,
}

export const DAY_KINDS: Table<DeadlineDay['kind'], DayKind> = {
  weekday: DayKind.WEEKDAY,
  weekend: DayKind.WEEKEND,
  holiday: DayKind.HOLIDAY,
  'make-up': DayKind.MAKE_UP,
}
