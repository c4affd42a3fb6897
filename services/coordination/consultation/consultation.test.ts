import { describe, expect, test } from 'vitest'
import { recordReceipt, recordUndelivered } from '../release/release.js'
import type { Release } from '../release/state.js'
import { asked, askedAgain, asks, firm, given, HEALTH, LATE } from '../release/law.fixture.js'
import { names, opinion, qingyuan, RECEIVED, received, rolled } from '../release/law.fixture.js'
import { running, says, silence } from '../release/law.fixture.js'

const receipt =
  (deadline = firm, consultationId = asks(HEALTH)) =>
  (release: Release) =>
    recordReceipt(release, qingyuan, {
      consultationId,
      receivedAt: RECEIVED,
      deadline,
      now: RECEIVED + 60_000,
    })
const undelivered = (release: Release) => recordUndelivered(release, asks(HEALTH))

describe('a receipt (art. 6, second paragraph)', () => {
  test('starts the clock at the instant at which the letter was received', () => {
    expect(given(...asked).when(receipt())).toEqual([received(HEALTH)])
    expect(given(...asked).after(receipt()).consultations[asks(HEALTH)]).toMatchObject({
      status: 'running',
      receivedAt: RECEIVED,
      deadline: firm,
    })
  })
  test('told twice starts no second clock', () => {
    expect(given(...asked, received(HEALTH)).when(receipt(rolled))).toEqual([])
  })
  test('of a letter that nobody wrote starts none', () => {
    expect(given(...asked).when(receipt(firm, 'asks-nobody'))).toEqual([])
  })
  test('of a superseded letter, or of a withdrawn release, starts none', () => {
    expect(given(...asked, ...askedAgain).when(receipt())).toEqual([])
    const withdrawn = { type: 'ReleaseWithdrawn', withdrawnAt: LATE, reasonDigest: 'r' } as const
    expect(given(...asked, withdrawn).when(receipt())).toEqual([])
  })
  test('after the mailbox was missing starts it then', () => {
    expect(given(...asked).after(undelivered, receipt()).consultations[asks(HEALTH)]?.status).toBe(
      'running',
    )
  })
})

describe('a letter that could not be delivered', () => {
  test('starts no clock', () => {
    expect(given(...asked).when(undelivered)).toEqual([
      { type: 'LetterUndelivered', consultationId: asks(HEALTH) },
    ])
    expect(given(...asked).after(undelivered, silence(LATE)).consultations).toMatchObject({
      [asks(HEALTH)]: { status: 'undelivered' },
    })
  })
  test('is told once, and not of one that has arrived', () => {
    expect(undelivered(given(...asked).after(undelivered))).toEqual([])
    expect(given(...running).when(undelivered)).toEqual([])
  })
})

describe('a reply before the receipt is heard of', () => {
  const consent = says(HEALTH, opinion('consent', RECEIVED + 1))
  test('is a reply', () => {
    expect(names(given(...asked).when(consent))).toEqual(['OpinionGiven'])
    const nowhere = given(...asked).after(undelivered)
    expect(names(consent(nowhere))).toEqual(['OpinionGiven'])
  })
  test('stays answered when the receipt comes, with the receipt on record', () => {
    const after = given(...asked).after(consent, receipt())
    expect(after.consultations[asks(HEALTH)]).toMatchObject({
      status: 'answered',
      receivedAt: RECEIVED,
      deadline: firm,
    })
    expect(after.consultations[asks(HEALTH)]?.opinion?.kind).toBe('consent')
  })
})
