import { describe, expect, test } from 'vitest'
import { decide, emptyMailbox, evolve, type LetterFacts, type Mailbox } from './mailbox.js'
import type { MailboxCommand, MailboxEvent } from './mailbox.js'

const NOW = Date.parse('2026-09-28T10:00:00+08:00')
const designated = { address: 'office', designatedAt: NOW - 1 }

const letter = (letterId: string): LetterFacts => ({
  letterId,
  kind: 'consultation-letter',
  releaseId: 'release-1',
  consultationId: 'consultation-1',
  version: 1,
  sender: '11441800006985117R',
  documentNumber: '清府办公开征〔2026〕15号',
  postedBy: 'coordination',
  content: 'ab'.repeat(32),
})
const arrived = (letterId: string, number: number, receivedAt = NOW): MailboxEvent => ({
  ...letter(letterId),
  type: 'LetterArrived',
  number,
  receivedAt,
})
const undelivered = (letterId: string): MailboxEvent => ({
  ...letter(letterId),
  type: 'LetterUndelivered',
  postedAt: NOW,
})
const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `letter-${from + index}`)
const given = (...events: MailboxEvent[]) => {
  const state = events.reduce(evolve, emptyMailbox)
  return { state, when: (command: MailboxCommand) => decide(state, command) }
}
const post = (state: Mailbox, letters: string[], more: Partial<MailboxCommand> = {}) =>
  ({
    type: 'PostLetters',
    letters: letters.map(letter),
    asOf: state.version,
    designation: designated,
    now: NOW,
    ...more,
  }) as MailboxCommand

describe('a letter (电子签名法 art. 11)', () => {
  test('is received when it enters the designated mailbox, under the next number', () => {
    const { state, when } = given(arrived('a', 1))
    expect(when(post(state, ['b', 'c']))).toEqual([arrived('b', 2), arrived('c', 3)])
  })

  test.each([
    ['where no mailbox is designated', undefined],
    ['before the designation takes effect', { address: 'office', designatedAt: NOW + 1 }],
  ])('is not received %s', (_, designation) => {
    const { state, when } = given()
    expect(when(post(state, ['a'], { designation }))).toEqual([undelivered('a')])
  })

  test('is received from the very instant of the designation on', () => {
    const { state, when } = given()
    const designation = { address: 'office', designatedAt: NOW }
    expect(when(post(state, ['a'], { designation }))).toEqual([arrived('a', 1)])
  })

  test('that waited arrives at the later instant, not at the one it was posted', () => {
    const { state, when } = given(undelivered('a'))
    const later = NOW + 86_400_000
    const command = { letters: [letter('a')], asOf: state.version, now: later } as const
    expect(when({ type: 'DeliverWaiting', ...command, designation: designated })).toEqual([
      arrived('a', 1, later),
    ])
    expect(when({ type: 'DeliverWaiting', ...command, designation: undefined })).toEqual([])
  })

  test('that waits no longer holds a number: numbers have no gaps', () => {
    const { state, when } = given(arrived('a', 1), undelivered('b'), {
      type: 'WaitingLetterWithdrawn',
      letterId: 'b',
      withdrawnAt: NOW,
    })
    expect(when(post(state, ['c']))).toEqual([arrived('c', 2)])
  })
})

describe('a look-up', () => {
  test('is overtaken by whatever happened to its letters since', () => {
    const before = given(arrived('a', 1)).state
    for (const since of [arrived('b', 2), undelivered('b')]) {
      const { when } = given(arrived('a', 1), since)
      expect(() => when(post(before, ['b']))).toThrow('OVERTAKEN')
      expect(when(post(before, ['c']))).toHaveLength(1)
    }
    const { when } = given(undelivered('b'), arrived('b', 1))
    const command = { type: 'WithdrawWaiting', letterId: 'b', now: NOW } as const
    expect(() => when({ ...command, asOf: 1 })).toThrow('OVERTAKEN')
    expect(when({ ...command, asOf: 2 })).toHaveLength(1)
  })

  test('holds over at least 1,024 later events, and is overtaken when the window has passed it', () => {
    const before = given(arrived('letter-1', 1)).state
    for (const later of [1_024, 1_040]) {
      const { when } = given(...ids(1, later + 1).map((id, index) => arrived(id, index + 1)))
      expect(() => when(post(before, ['letter-2']))).toThrow('OVERTAKEN') // the first after the look-up
      expect(when(post(before, ['new']))).toEqual([arrived('new', later + 2)])
    }
    const { when } = given(...ids(1, 1_100).map((id, index) => arrived(id, index + 1)))
    expect(() => when(post(before, ['new']))).toThrow('OVERTAKEN')
  })

  test('costs a bounded state however many letters came', () => {
    const { state } = given(...ids(1, 5_000).map((id, index) => arrived(id, index + 1)))
    expect(state.lastNumber).toBe(5_000)
    expect(state.recent.flat().length).toBeLessThanOrEqual(1_056)
  })
})
