import { describe, expect, test } from 'vitest'
import { decide, evolve, unopened, type LetterCommand, type LetterEvent } from './letter.js'

const NOW = Date.parse('2026-09-28T10:00:00+08:00')
const about = { releaseId: 'release-1', consultationId: 'consultation-1' }
const signed = { type: 'ReceiptSigned', ...about, signedAt: NOW, signedBy: 'd1' } as const
const read = (reader: string, readAt: number): LetterEvent => ({
  type: 'LetterRead',
  reader,
  readAt,
})
const given = (...events: LetterEvent[]) => ({
  when: (command: LetterCommand) => decide(events.reduce(evolve, unopened), command),
})

describe('a receipt (签收)', () => {
  test('is signed for once: the first signature stands', () => {
    const sign = { type: 'SignReceipt', ...about, signedBy: 'd1', now: NOW } as const
    expect(given().when(sign)).toEqual([signed])
    expect(given(signed).when({ ...sign, signedBy: 'd2', now: NOW + 1 })).toEqual([])
  })

  test('may be signed for a letter without a consultation, and after a withdrawal', () => {
    const withdrawn = { type: 'LetterWithdrawn', withdrawnAt: NOW } as const
    const sign = { type: 'SignReceipt', releaseId: 'release-1', signedBy: 'd1', now: NOW } as const
    expect(given(withdrawn).when(sign)).toEqual([
      { type: 'ReceiptSigned', releaseId: 'release-1', signedAt: NOW, signedBy: 'd1' },
    ])
  })
})

test('a withdrawal happens once', () => {
  const withdrawn = { type: 'LetterWithdrawn', withdrawnAt: NOW } as const
  expect(given().when({ type: 'WithdrawLetter', now: NOW })).toEqual([withdrawn])
  expect(given(withdrawn).when({ type: 'WithdrawLetter', now: NOW + 1 })).toEqual([])
})

describe('a reading', () => {
  const reads = (reader: string, now: number) => ({ type: 'ReadLetter', reader, now }) as const

  test('goes on record for each system', () => {
    const { when } = given(read('agency/x/oa', NOW))
    expect(when(reads('agency/x/desk', NOW))).toEqual([read('agency/x/desk', NOW)])
  })

  test.each([
    ['within the same minute is the same reading', 59_999, []],
    ['after it is another', 60_000, [read('agency/x/oa', NOW + 60_000)]],
  ])('by the same system %s', (_, later, expected) => {
    const { when } = given(read('agency/x/oa', NOW))
    expect(when(reads('agency/x/oa', NOW + later))).toEqual(expected)
  })

  test('is remembered for its minute only, so that the state stays small', () => {
    const many = Array.from({ length: 500 }, (_, at) => read(`agency/x/${at}`, NOW + at * 1_000))
    const state = many.reduce(evolve, unopened)
    expect(Object.keys(state.readers)).toHaveLength(60)
  })
})
