// What a release has beside its consultations: confirmations, approvals, declarations, the clock of
// disclosure and its versions.
import type {
  DraftVersion,
  PublicationClock,
  Release,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import type {
  AffectedDeclaration,
  Confirmation,
} from '../../../gen/huiqian/coordination/v1/gates.js'
import type { Language } from '../command.js'
import type { Names } from '../desk.js'
import { citationOf } from './citation.js'
import { CONFIRMATION_STATES, DECLARATION_STATES, URGENCIES } from './gate-words.js'
import { labelled } from './labelled.js'
import { timeText } from './times.js'
import { wordFor } from './words.js'

/** Every agency that these speak of. */
export const agenciesInParticulars = ({ confirmations, declarations }: Release): string[] => [
  ...confirmations.map(({ agency }) => agency),
  ...declarations.flatMap(({ agency, namedBy }) => [agency, namedBy]),
]

export function particularsText(release: Release, names: Names, language: Language): string[] {
  const line = labelled(language)
  const { urgency, confirmations, approvalsNeeded, approvals, categories, declarations } = release
  const { publicationClock, versions } = release
  return [
    ...(urgency > 0 ? [line(['紧急程度', 'Urgency'], wordFor(URGENCIES, urgency, language))] : []),
    ...categories.map((category) => line(['特殊类别', 'Special category'], category)),
    ...confirmations.flatMap((one) => confirmationText(one, names, language)),
    ...approvalsNeeded.map(({ organ, basis }) =>
      line(['须经批准', 'Needs the approval of'], [organ, basis].filter(Boolean).join('  ')),
    ),
    ...approvals.map(({ organ, documentNumber, approvedOn, scope, copyDigest }) =>
      line(
        ['批准', 'Approved by'],
        [organ, documentNumber, approvedOn, scope, copyDigest].join('  '),
      ),
    ),
    ...declarations.flatMap((one) => declarationText(one, names, language)),
    ...(publicationClock === undefined ? [] : clockText(publicationClock, language)),
    ...(versions.length > 1 ? versions.map((one) => versionLine(one, language)) : []),
  ]
}

/** A confirmation of a joint release. */
export function confirmationText(
  confirmation: Confirmation,
  names: Names,
  language: Language,
): string[] {
  const line = labelled(language)
  const { agency, state, confirmationId, answeredAt, reasons, remindedAt } = confirmation
  return [
    line(
      ['沟通确认', 'Confirmation'],
      [
        names(agency),
        wordFor(CONFIRMATION_STATES, state, language),
        ...(answeredAt === undefined ? [] : [timeText(answeredAt)]),
        confirmationId,
      ].join('  '),
    ),
    ...(reasons === '' ? [] : [`  ${line(['不准确之处', 'Not accurate'], reasons)}`]),
    ...remindedAt.map((at) => `  ${line(['催办', 'Reminded'], timeText(at))}`),
  ]
}

function declarationText(
  declaration: AffectedDeclaration,
  names: Names,
  language: Language,
): string[] {
  const line = labelled(language)
  const { declarationId, agency, namedBy, reason, state, answer, declaredAt } = declaration
  const words = [wordFor(DECLARATION_STATES, state, language), timeText(declaredAt), declarationId]
  return [
    line(['声明涉及本机关', 'Says it is affected'], [names(agency), ...words].join('  ')),
    ...(namedBy === '' ? [] : [`  ${line(['指出者', 'Named by'], names(namedBy))}`]),
    ...(reason === '' ? [] : [`  ${line(['理由', 'Why'], reason)}`]),
    ...(answer === '' ? [] : [`  ${line(['答复', 'Answer'], answer)}`]),
  ]
}

function clockText(clock: PublicationClock, language: Language): string[] {
  const zh = language === 'zh'
  const line = labelled(language)
  const { within, countedFrom, lastDay, excludedDays, cannotFit, overdue, provisional } = clock
  const marks = zh
    ? [
        ...(provisional ? ['暂定'] : []),
        ...(excludedDays > 0 ? [`征求意见 ${excludedDays} 个工作日不计入`] : []),
        ...(overdue ? ['已逾期'] : []),
      ]
    : [
        ...(provisional ? ['provisional'] : []),
        ...(excludedDays > 0 ? [`${excludedDays} working days of consultation do not count`] : []),
        ...(overdue ? ['overdue'] : []),
      ]
  const period = zh
    ? `自 ${countedFrom} 起 ${within} 个工作日，至 ${lastDay}`
    : `${within} working days from ${countedFrom}: until ${lastDay}`
  const late = zh
    ? '  注意：征求意见不能在此期限前结束'
    : '  Note: the consultation cannot end before it runs out'
  return [
    line(['公开期限', 'Disclosure'], [period, ...marks].join(zh ? '，' : ', ')),
    `  ${citationOf(clock.article, language)}`,
    ...(cannotFit ? [late] : []),
  ]
}

function versionLine(
  { version, digest, submittedAt, byRulingOf }: DraftVersion,
  language: Language,
) {
  const zh = language === 'zh'
  const by =
    byRulingOf === ''
      ? ''
      : zh
        ? `  依处理意见（${byRulingOf}）`
        : `  by the ruling of ${byRulingOf}`
  return `  ${zh ? `第 ${version} 稿` : `version ${version}`}  ${timeText(submittedAt)}  ${digest}${by}`
}
