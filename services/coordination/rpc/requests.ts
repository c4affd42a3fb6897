// Requests read field by field: each fault names its field. What comes out are the canonical forms that
// go into the content store and the words that the law decides on.
import * as proto from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  creditCodeField,
  DOCUMENT_NUMBER_BYTES_MAX,
  enumField,
  missing,
  textField,
  unusable,
} from '../../../shared/rpc/fields.js'
import { lineField, wordsField } from '../../../shared/rpc/usual-fields.js'
import { dateOf, dayIfDate, dayOf } from '../../../shared/working-days/working-days.js'
import type { JudgementForm, OpinionForm, SecrecyReviewForm } from '../draft/canonical-forms.js'
import { CLAIMS, OPINION_KINDS, ORIGINS, TRIGGERS, wordOf } from './enums.js'

export const AFFECTED_MAX = 200

export { requestKey } from '../../../shared/rpc/request-key.js'
export {
  digestField,
  lineField,
  TEXT_BYTES_MAX,
  TITLE_BYTES_MAX,
  wordsField,
} from '../../../shared/rpc/usual-fields.js'

/** 文号 of the agency's own registry, as delivery takes it; empty: one is allotted. */
export const documentNumberField = (value: string): string =>
  textField(value, 'document_number', {
    maxBytes: DOCUMENT_NUMBER_BYTES_MAX,
    required: false,
    oneLine: true,
  })

/** A secrecy review. Marked as a state secret, nothing of the call is kept. */
export function secrecyReviewOf(
  review: proto.SecrecyReview,
  admittedAt: Instant,
  field = 'secrecy_review',
): SecrecyReviewForm {
  enumField(review.conclusion, `${field}.conclusion`, proto.SecrecyConclusion)
  if (review.conclusion === proto.SecrecyConclusion.STATE_SECRET)
    throw new Refusal('malformed', 'STATE_SECRET', 'house/secrecy', {
      field: `${field}.conclusion`,
    })
  if (dayIfDate(review.reviewedOn) === undefined)
    throw unusable(`${field}.reviewed_on`, review.reviewedOn, 'house/fields', {
      zh: '应为 YYYY-MM-DD 形式的日期。',
      en: 'It must be a date YYYY-MM-DD.',
    })
  if (review.reviewedOn > dateOf(dayOf(admittedAt)))
    throw unusable(`${field}.reviewed_on`, review.reviewedOn, 'house/fields', {
      zh: '审查日期不能在将来；征求意见函发出前，审查须已完成。',
      en: 'It lies in the future; the review is done before the letters leave.',
    })
  return {
    form: 'huiqian-secrecy-review-1',
    conclusion: 'not_secret',
    reviewer: lineField(review.reviewer, `${field}.reviewer`, true),
    reviewedOn: review.reviewedOn,
    recordNumber: lineField(review.recordNumber, `${field}.record_number`),
  }
}

/** The judgement on whom a draft affects, with what its letters need beside. */
export function judgementOf(request: {
  readonly affected: readonly proto.AffectedAgency[]
  readonly noneAffectedReason: string
  readonly origin: proto.Origin | undefined
  readonly contact: string
  readonly signatory: string
}): JudgementForm {
  const { origin } = request
  const legal = origin?.kind === proto.OriginKind.ASSIGNED_BY_LAW
  return {
    form: 'huiqian-judgement-1',
    affected: affectedOf(request.affected, 'affected'),
    noneAffectedReason: wordsField(request.noneAffectedReason, 'none_affected_reason'),
    originBasis: wordsField(origin?.basis ?? '', 'origin.basis', legal),
    contact: lineField(request.contact, 'contact'),
    signatory: lineField(request.signatory, 'signatory'),
  }
}

/** Affected agencies, each with its trigger and its reason. */
export function affectedOf(
  affected: readonly proto.AffectedAgency[],
  field: string,
): JudgementForm['affected'] {
  if (affected.length > AFFECTED_MAX)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', {
      field,
      length: affected.length,
      limit: AFFECTED_MAX,
    })
  return affected.map(({ agency, trigger, reason }, index) => ({
    agency: creditCodeField(agency, `${field}[${index}].agency`),
    trigger: wordOf(TRIGGERS, enumField(trigger, `${field}[${index}].trigger`, proto.Trigger)),
    reason: wordsField(reason, `${field}[${index}].reason`, true),
  }))
}

/** Origin of the information, as a word. */
export const originOf = (origin: proto.Origin | undefined) => {
  if (origin === undefined) throw missing('origin')
  return wordOf(ORIGINS, enumField(origin.kind, 'origin.kind', proto.OriginKind))
}

/** An opinion as it was handed in. An objection without reasons is let through: it is recorded as defective. */
export function opinionOf(
  opinion: proto.Opinion | undefined,
  consultation: string,
  draft: string,
): OpinionForm {
  if (opinion === undefined) throw missing('opinion')
  const kind = wordOf(OPINION_KINDS, enumField(opinion.kind, 'opinion.kind', proto.OpinionKind))
  const claims = opinion.claims.map((claim, index) =>
    wordOf(CLAIMS, enumField(claim, `opinion.claims[${index}]`, proto.Claim)),
  )
  return {
    form: 'huiqian-opinion-1',
    consultation,
    draft,
    kind,
    reasons: wordsField(opinion.reasons, 'opinion.reasons', kind === 'other_reply'),
    legalBasis: wordsField(opinion.legalBasis, 'opinion.legal_basis'),
    proposedWording: wordsField(opinion.proposedWording, 'opinion.proposed_wording'),
    askInstead:
      opinion.askInstead === '' ? '' : creditCodeField(opinion.askInstead, 'opinion.ask_instead'),
    claims: [...new Set(claims)].sort(),
    documentNumber: lineField(opinion.documentNumber, 'opinion.document_number'),
    signatory: lineField(opinion.signatory, 'opinion.signatory'),
  }
}
