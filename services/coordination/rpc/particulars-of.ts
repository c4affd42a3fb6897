// What a submission declares beside the draft, read field by field: co-producers, approvals, special
// categories, the dates that a clock of disclosure counts from, urgency.
import * as proto from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { SubmitReleaseRequest } from '../../../gen/huiqian/coordination/v1/release.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { creditCodeField, enumField, unusable } from '../../../shared/rpc/fields.js'
import { dayIfDate } from '../../../shared/working-days/working-days.js'
import { seal, type Sealed } from '../draft/canonical-forms.js'
import type { Particulars } from '../release/particulars.js'
import { URGENCIES, wordOf } from './enums.js'
import { lineField } from './requests.js'

const CO_PRODUCERS_MAX = 50
const APPROVALS_MAX = 10
const CATEGORIES_MAX = 10

/** The particulars, and the words of the approvals where some are needed. */
export function particularsOf(request: SubmitReleaseRequest): {
  readonly particulars: Particulars
  readonly approvals: Sealed | undefined
} {
  const { approvalsNeeded, urgency } = request
  const coProducers = atMost(request.coProducers, 'co_producers', CO_PRODUCERS_MAX).map(
    (agency, index) => creditCodeField(agency, `co_producers[${index}]`),
  )
  const words = atMost(approvalsNeeded, 'approvals_needed', APPROVALS_MAX).map(
    ({ organ, basis }, index) => ({
      organ: lineField(organ, `approvals_needed[${index}].organ`, true),
      basis: lineField(basis, `approvals_needed[${index}].basis`, true),
    }),
  )
  words.forEach(({ organ }, index) => {
    if (words.findIndex((one) => one.organ === organ) !== index)
      throw unusable(`approvals_needed[${index}].organ`, organ, 'house/fields', {
        zh: '每个批准机关只列一次。',
        en: 'List each approving organ once.',
      })
  })
  const approvals =
    words.length === 0
      ? undefined
      : seal({
          form: 'huiqian-words-1',
          about: 'approvals-needed',
          words: words.flatMap(({ organ, basis }) => [organ, basis]),
        })
  const categories = atMost(request.categories, 'categories', CATEGORIES_MAX).map((id, index) =>
    lineField(id, `categories[${index}]`, true),
  )
  const formedOn = dateField(request.formedOn, 'formed_on')
  const applicationReceivedOn = dateField(request.applicationReceivedOn, 'application_received_on')
  const urgent = enumField(urgency, 'urgency', proto.Urgency, { optional: true })
  return {
    approvals,
    particulars: {
      coProducers,
      approvalsNeeded: words.map(({ organ }) => ({ organDigest: organDigest(organ) })),
      ...(approvals === undefined ? {} : { approvalsDigest: approvals.digest }),
      categories,
      ...(formedOn === '' ? {} : { formedOn }),
      ...(applicationReceivedOn === '' ? {} : { applicationReceivedOn }),
      ...(urgent === proto.Urgency.UNSPECIFIED ? {} : { urgency: wordOf(URGENCIES, urgent) }),
    },
  }
}

/** By what an approval is matched with what was declared: the digest of the organ's name. */
export const organDigest = (organ: string): string =>
  seal({ form: 'huiqian-words-1', about: 'approving-organ', words: [organ] }).digest

/** Organs and bases as they were declared, from the words of the content store. */
export const approvalNeedsOf = (words: readonly string[]): Need[] =>
  words.flatMap((organ, index) =>
    index % 2 === 0 ? [{ organ, basis: words[index + 1] ?? '' }] : [],
  )

type Need = { organ: string; basis: string }

function atMost<T>(list: readonly T[], field: string, limit: number): readonly T[] {
  if (list.length > limit)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', {
      ...{ field, length: list.length, limit },
    })
  return list
}

/** A date; empty only where it may be. */
export function dateField(value: string, field: string): string {
  if (value !== '' && dayIfDate(value) === undefined)
    throw unusable(field, value, 'house/fields', {
      zh: '应为 YYYY-MM-DD 形式的日期。',
      en: 'It must be a date YYYY-MM-DD.',
    })
  return value
}
