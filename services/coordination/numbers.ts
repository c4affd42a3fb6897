// Document numbers (文号) from an agency's counter: one a version (one letter, several addressees),
// by agency and year, like 清府办公开征〔2026〕15号. Pure; one dossier a counter.
import type { Id } from '../../shared/identity/identity.js'

export type Numbers = { readonly last: number }

export type NumberEvent = {
  readonly type: 'DocumentNumberAllotted'
  readonly number: number
  readonly releaseId: Id<'release'>
  readonly version: number
}

export const noNumbers: Numbers = { last: 0 }

export const evolveNumbers = (_state: Numbers, event: NumberEvent): Numbers => ({
  last: event.number,
})

/** A number as it is written on the letter. */
export const documentNumber = (
  prefix: string,
  word: string,
  year: number,
  number: number,
): string => `${prefix}${word}〔${year}〕${number}号`.normalize('NFC') // two parts in NFC may compose
