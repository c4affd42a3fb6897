// Reading JSON of unknown origin: what is not as it should be is refused with the place where it stands.
import { Refusal } from '../refusal/refusal.js'
import { dayOfDate, isYear, type LocalDate } from './day.js'

export type Form = Readonly<Record<string, unknown>>

export const notAsExpected = (field: string, expected: string): Refusal =>
  new Refusal('malformed', 'CALENDAR_FORM', 'house/calendar', { field, expected })

/** A place within another: `cn/2019.json: daysOff[3].date`. */
export const within = (field: string, key: string): string =>
  field.endsWith('.json') ? `${field}: ${key}` : `${field}.${key}`

/** The JSON of a text. */
export function jsonOf(text: string, field: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notAsExpected(field, 'JSON')
  }
}

export function formOf(value: unknown, field: string): Form {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw notAsExpected(field, '{ … }')
  return value as Form
}

export function textAt(form: Form, key: string, field: string): string {
  const value = form[key]
  if (typeof value !== 'string' || value.trim() === '')
    throw notAsExpected(within(field, key), '"…"')
  return value
}

export const textOrNullAt = (form: Form, key: string, field: string): string | null =>
  form[key] === undefined || form[key] === null ? null : textAt(form, key, field)

export function dateAt(form: Form, key: string, field: string): LocalDate {
  const text = textAt(form, key, field)
  dayOfDate(text, within(field, key))
  return text
}

export const dateOrNullAt = (form: Form, key: string, field: string): LocalDate | null =>
  form[key] === undefined || form[key] === null ? null : dateAt(form, key, field)

export function yearOfForm(value: unknown, field: string): number {
  if (!isYear(value)) throw notAsExpected(field, '2026')
  return value
}

export function choiceAt<Choice extends string>(
  form: Form,
  key: string,
  field: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((choice) => choice === form[key])
  if (chosen === undefined) throw notAsExpected(within(field, key), choices.join(' | '))
  return chosen
}

/** Each member of a list; where the list is absent, none. */
export function eachAt<Member>(
  form: Form,
  key: string,
  field: string,
  read: (member: unknown, field: string) => Member,
): Member[] {
  const value = form[key] ?? []
  if (!Array.isArray(value)) throw notAsExpected(within(field, key), '[ … ]')
  return value.map((member, index) => read(member, `${within(field, key)}[${index}]`))
}
