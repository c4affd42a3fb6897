// Reads a policy pack from data and says everything that is wrong with it at once. Pure.
import { dayIfDate, PERIOD_DAYS_MAX } from '../../../shared/working-days/working-days.js'
import type { Pack } from './pack.js'

const RULES_WITH_GROUNDS = [
  'origin',
  'secrecyReview',
  'approval',
  'appliesTo',
  'specialCategories',
  'confirmations',
  'declarations',
  'paper',
  'consultation',
  'reply',
  'silence',
  'objection',
  'withoutVerdict',
  'negotiation',
  'escalation',
  'coReview',
  'lateRemarks',
  'reminders',
  'outage',
  'standingInstruction',
  'breach',
  'letters',
] as const

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/
const CLAIMS: readonly unknown[] = ['secrecy', 'illegality', 'special_category']

/** A pack that can be used, or every fault found, each naming its field. */
export function readPack(data: unknown): { pack: Pack } | { faults: string[] } {
  const faults: string[] = []
  if (typeof data !== 'object' || data === null) return { faults: ['the pack is not an object'] }
  const raw = data as Record<string, unknown>
  const part = (name: string): Record<string, unknown> => {
    const value = raw[name]
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  }
  for (const name of ['id', 'title', 'cite', 'issuer'] as const)
    if (typeof raw[name] !== 'string' || raw[name] === '') faults.push(`${name}: a text is needed`)
  if (typeof raw['id'] === 'string' && !/^[a-z0-9-]{1,64}$/.test(raw['id']))
    faults.push('id: 1 to 64 of a-z, 0-9 and -')
  if (!isPositive(raw['version'])) faults.push('version: a whole number from 1')
  const { validFrom, validUntil } = raw
  if (!isDate(validFrom)) faults.push('validFrom: YYYY-MM-DD')
  if (validUntil !== null && !(isDate(validUntil) && isDate(validFrom) && validFrom < validUntil))
    faults.push('validUntil: a date after validFrom, or null')
  const articles = part('articles')
  for (const [id, article] of Object.entries(articles)) {
    const { citation, text } = (article ?? {}) as Record<string, unknown>
    if (typeof citation !== 'string' || typeof text !== 'string')
      faults.push(`articles.${id}: citation and text are needed`)
  }
  const optional = raw['signatures'] === undefined ? [] : ['signatures']
  for (const name of [...RULES_WITH_GROUNDS, ...optional]) {
    const rule = part(name)
    const article = rule['article']
    if (typeof article === 'string') {
      if (!Object.hasOwn(articles, article))
        faults.push(`${name}.article: ${article} is not among the articles`)
      if (rule['source'] !== undefined) faults.push(`${name}: an article or source house, not both`)
    } else if (rule['source'] !== 'house') faults.push(`${name}: an article, or source house`)
  }
  checkReply(part('reply'), faults)
  checkSilence(part('silence'), articles, faults)
  checkReminders(part('reminders'), faults)
  const tolerated = part('outage')['toleratedMinutes']
  if (typeof tolerated !== 'number' || !Number.isInteger(tolerated) || tolerated < 0)
    faults.push('outage.toleratedMinutes: a whole number from 0')
  checkHouseRules(part, faults)
  checkDisagreement(part, faults)
  checkGates(part, faults)
  if (raw['signatures'] !== undefined && !isListOf(part('signatures')['of'], SIGNED_ACTS))
    faults.push(`signatures.of: a list of ${SIGNED_ACTS.join(', ')}`)
  return faults.length > 0 ? { faults } : { pack: data as Pack }
}

function checkReply(reply: Record<string, unknown>, faults: string[]): void {
  if (!isPositive(reply['within']) || Number(reply['within']) > PERIOD_DAYS_MAX)
    faults.push(`reply.within: a whole number from 1 to ${PERIOD_DAYS_MAX}`)
  if (reply['unit'] !== 'working_day' && reply['unit'] !== 'calendar_day')
    faults.push('reply.unit: working_day or calendar_day')
  if (reply['dayZero'] !== 'excluded' && reply['dayZero'] !== 'included')
    faults.push('reply.dayZero: excluded or included')
  if (
    reply['receiptOnRestDay'] !== 'as_received' &&
    reply['receiptOnRestDay'] !== 'next_working_day'
  )
    faults.push('reply.receiptOnRestDay: as_received or next_working_day')
  const end = reply['end']
  if (typeof end !== 'string' || (end !== '24:00' && !HOUR.test(end)))
    faults.push('reply.end: 24:00 or HH:MM')
}

function checkReminders(
  { at, workingDaysBefore }: Record<string, unknown>,
  faults: string[],
): void {
  if (typeof at !== 'string' || !HOUR.test(at)) faults.push('reminders.at: HH:MM')
  const days: unknown[] | undefined = Array.isArray(workingDaysBefore)
    ? workingDaysBefore
    : undefined
  const falling = days?.every(
    (day, index) => isPositive(day) && (index === 0 || Number(day) < Number(days[index - 1])),
  )
  if (falling !== true)
    faults.push('reminders.workingDaysBefore: whole numbers from 1, the furthest first')
}

function checkHouseRules(part: (name: string) => Record<string, unknown>, faults: string[]): void {
  const { zh, en } = (part('secrecyReview')['text'] ?? {}) as Record<string, unknown>
  if (typeof zh !== 'string' || typeof en !== 'string')
    faults.push('secrecyReview.text: zh and en are needed')
  if (typeof part('withoutVerdict')['stopsDeeming'] !== 'boolean')
    faults.push('withoutVerdict.stopsDeeming: true or false')
  const { holdFor } = part('lateRemarks')
  if (!Array.isArray(holdFor) || !holdFor.every((claim) => CLAIMS.includes(claim)))
    faults.push(`lateRemarks.holdFor: a list of ${CLAIMS.join(', ')}`)
  const { to, afterWorkingDays } = part('standingInstruction')
  if (!asList(part('escalation')['to']).includes(to))
    faults.push('standingInstruction.to: one of escalation.to')
  if (!isPositive(afterWorkingDays))
    faults.push('standingInstruction.afterWorkingDays: a whole number from 1')
  const { numberWord } = part('letters')
  if (typeof numberWord !== 'string' || numberWord === '')
    faults.push('letters.numberWord: a text is needed')
  // With the longest name of an agency before it the number still fits on its letter.
  else if (!/^[^\p{Cc}]{1,20}$/u.test(numberWord) || numberWord.normalize('NFC') !== numberWord)
    faults.push('letters.numberWord: at most 20 characters on one line, in NFC')
}

const SIGNED_ACTS: readonly unknown[] = ['opinion', 'confirmation']
const ADDRESSEES: readonly unknown[] = ['superior_organ', 'competent_authority', 'common_superior']
const BODIES: readonly unknown[] = ['legal', 'secrecy', 'supervision']
const LEVELS: readonly unknown[] = ['national', 'province', 'prefecture', 'county', 'township']
const ATTRIBUTES: readonly unknown[] = ['active', 'on_application']

function checkDisagreement(
  part: (name: string) => Record<string, unknown>,
  faults: string[],
): void {
  const { to } = part('escalation')
  if (!isListOf(to, ADDRESSEES) || asList(to).length === 0)
    faults.push(`escalation.to: a list of ${ADDRESSEES.join(', ')}`)
  const { requiredOf, bodies, remindEveryWorkingDays } = part('coReview')
  if (!isListOf(requiredOf, ADDRESSEES))
    faults.push(`coReview.requiredOf: a list of ${ADDRESSEES.join(', ')}`)
  if (!isListOf(bodies, BODIES)) faults.push(`coReview.bodies: a list of ${BODIES.join(', ')}`)
  if (!isPositive(remindEveryWorkingDays))
    faults.push('coReview.remindEveryWorkingDays: a whole number from 1')
}

function checkGates(part: (name: string) => Record<string, unknown>, faults: string[]): void {
  const { attributes, onlyJointlyMade } = part('appliesTo')
  if (!isListOf(attributes, ATTRIBUTES) || asList(attributes).length === 0)
    faults.push(`appliesTo.attributes: a list of ${ATTRIBUTES.join(', ')}`)
  if (typeof onlyJointlyMade !== 'boolean') faults.push('appliesTo.onlyJointlyMade: true or false')
  if (!isPositive(part('confirmations')['remindEveryWorkingDays']))
    faults.push('confirmations.remindEveryWorkingDays: a whole number from 1')
  const { byConsultation } = part('confirmations')
  if (byConsultation !== undefined && typeof byConsultation !== 'boolean')
    faults.push('confirmations.byConsultation: true or false')
  if (!isPositive(part('paper')['recordWithinWorkingDays']))
    faults.push('paper.recordWithinWorkingDays: a whole number from 1')
  const { list } = part('specialCategories')
  if (!Array.isArray(list)) faults.push('specialCategories.list: a list')
  for (const [index, one] of asList(list).entries()) {
    const { id, zh, en, law, publishers } = (one ?? {}) as Record<string, unknown>
    const { levels, named } = (publishers ?? {}) as Record<string, unknown>
    const words = [id, zh, en, law].every((word) => typeof word === 'string' && word !== '')
    const names = asList(named)
    if (!words || !isListOf(levels, LEVELS) || names.length === 0 || !names.every(isText))
      faults.push(
        `specialCategories.list[${index}]: id, zh, en, law, and publishers with levels and named`,
      )
  }
  for (const name of ['active', 'onApplication'] as const) {
    const clock = part('publicationClocks')[name]
    if (clock === null) continue
    const { within, unit, consultationExcluded, law } = (clock ?? {}) as Record<string, unknown>
    const kind = typeof consultationExcluded === 'boolean' && unit === 'working_day'
    if (!isPositive(within) || !kind || !isText(law))
      faults.push(
        `publicationClocks.${name}: within, unit working_day, consultationExcluded and law, or null`,
      )
  }
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isListOf = (value: unknown, allowed: readonly unknown[]): boolean =>
  Array.isArray(value) && value.every((one) => allowed.includes(one))

// A quotation that the article does not hold would put words into the law's mouth.
function checkSilence(
  silence: Record<string, unknown>,
  articles: Record<string, unknown>,
  faults: string[],
): void {
  const effect = silence['effect']
  if (effect !== 'deemed_consent' && effect !== 'none')
    faults.push('silence.effect: deemed_consent or none')
  const article = articles[String(silence['article'])] as { text?: unknown } | undefined
  for (const name of ['quotation', 'liability'] as const) {
    const words = silence[name]
    if (typeof words !== 'string') faults.push(`silence.${name}: a text, may be empty`)
    else if (words !== '' && !String(article?.text ?? '').includes(words))
      faults.push(
        `silence.${name}: these words do not stand in article ${String(silence['article'])}`,
      )
  }
  if (effect === 'deemed_consent' && silence['quotation'] === '')
    faults.push('silence.quotation: an effect of silence quotes its article')
}

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && dayIfDate(value) !== undefined

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1
}
