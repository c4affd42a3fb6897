// Document numbers of rulings (文号) from the coordinator's own counter, by year: 清府办公开协〔2026〕1号. Pure.
import type { Id } from '../../shared/identity/identity.js'

export type Numbers = { readonly last: number }

export type NumberEvent = {
  readonly type: 'DocumentNumberAllotted'
  readonly number: number
  readonly disputeId: Id<'dispute'>
}

export const noNumbers: Numbers = { last: 0 }

export const evolveNumbers = (_state: Numbers, { number }: NumberEvent): Numbers => ({
  last: number,
})

const WORD = '公开协' // house rule: the pack's word is that of consultation letters

/** A number as it is written on the ruling. */
export const rulingNumber = (prefix: string, year: number, number: number): string =>
  `${prefix}${WORD}〔${year}〕${number}号`
