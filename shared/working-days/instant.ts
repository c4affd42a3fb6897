// Instants as text: RFC 3339 with an offset. Without one it would be a guess which zone was meant.
import type { Instant } from '../identity/identity.js'
import { Refusal } from '../refusal/refusal.js'
import { dateOf, dayIfDate } from './day.js'
import { dayOf, isInstant, startOfDay } from './shanghai.js'

const FORM =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/** `2026-09-28T10:00+08:00` → UTC milliseconds. `field` names where it stood, for the refusal. */
export function parseInstant(text: string, field = 'receivedAt'): Instant {
  const parts = FORM.exec(text)
  const day = parts?.[1] === undefined ? undefined : dayIfDate(parts[1])
  if (!parts || day === undefined) throw malformed(text, field)
  const [hour, minute, second] = [parts[2], parts[3], parts[4] ?? 0].map(Number)
  const fraction = Math.floor(Number(`0.${parts[5] ?? 0}`) * 1000)
  const offset = (Number(parts[7] ?? 0) * 60 + Number(parts[8] ?? 0)) * (parts[6] === '-' ? -1 : 1)
  const minutes = day * 1440 + (hour ?? 0) * 60 + (minute ?? 0) - offset
  const at = (minutes * 60 + (second ?? 0)) * 1000 + fraction
  if (!isInstant(at)) throw malformed(text, field)
  return at
}

const malformed = (value: string, field: string): Refusal =>
  new Refusal('malformed', 'INSTANT_MALFORMED', 'house/calendar', { field, value })

/** An instant in UTC, to the second where it has no fraction: `2026-06-08T16:00:00Z`. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

/** An instant as a clerk reads it, in Beijing: `2026-06-09 00:00:00`. */
export function beijingTime(at: Instant): string {
  const day = dayOf(at)
  const clock = new Date(at - startOfDay(day)).toISOString().slice(11, 19)
  return `${dateOf(day)} ${clock}`
}
