// Fields that many calls have, with their usual limits: a line, words of some length, a digest.
import { missing, textField, unusable } from './fields.js'

const KIB = 1024
export const TITLE_BYTES_MAX = KIB
export const TEXT_BYTES_MAX = 512 * KIB
const WORDS_BYTES_MAX = 32 * KIB
const SHORT_BYTES_MAX = 256
const DIGEST = /^[0-9a-f]{64}$/

/** A short line: a name, a number, a place; may be empty unless required. */
export const lineField = (value: string, field: string, required = false): string =>
  textField(value, field, { maxBytes: SHORT_BYTES_MAX, required, oneLine: true })

/** Words of some length: reasons, remarks. */
export const wordsField = (value: string, field: string, required = false): string =>
  textField(value, field, { maxBytes: WORDS_BYTES_MAX, required })

/** SHA-256 in hex; empty only where it may be. */
export function digestField(value: string, field: string, required = true): string {
  if (value === '') {
    if (required) throw missing(field)
    return value
  }
  if (!DIGEST.test(value))
    throw unusable(field, value, 'house/digests', {
      zh: '应为 64 位小写十六进制的 SHA-256。',
      en: 'It must be a SHA-256 as 64 lower-case hexadecimal digits.',
    })
  return value
}
