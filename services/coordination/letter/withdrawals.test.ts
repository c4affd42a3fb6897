import { describe, expect, test } from 'vitest'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { askedAgain, asks, given, HEALTH, IN_TIME, LATE } from '../release/law.fixture.js'
import { opinion, POLICE, running, said } from '../release/law.fixture.js'
import { lettersOf } from './follow-up.js'
import { lettersToWithdraw } from './withdrawals.js'

const withdrawn: ReleaseEvent = { type: 'ReleaseWithdrawn', withdrawnAt: LATE, reasonDigest: 'r' }
const reminded: ReleaseEvent = {
  type: 'ReminderIssued',
  consultationId: asks(HEALTH),
  letterId: 'reminder-1',
  ordinal: 1,
  dueAt: IN_TIME,
}
const after = (before: readonly ReleaseEvent[], ...events: readonly ReleaseEvent[]) => {
  const { release } = given(...before)
  return lettersToWithdraw(release, events.reduce(evolve, release))
}
const LETTERS = [`letter-${HEALTH}-1`, `letter-${POLICE}-1`]

describe('letters are withdrawn', () => {
  test.each([
    ['that a new version supersedes', askedAgain, LETTERS],
    ['of a release that is withdrawn', [withdrawn], LETTERS],
  ])('%s', (_, events, expected) => {
    expect(after(running, ...events)).toEqual(expected)
  })
  test('with the reminders of them', () => {
    expect(after([...running, reminded], withdrawn)).toEqual([LETTERS[0], 'reminder-1', LETTERS[1]])
  })
  test('with the notice that a reply lacks its reasons', () => {
    const bare: ReleaseEvent = {
      type: 'DefectiveObjectionFiled',
      consultationId: asks(POLICE),
      opinion: opinion('objection', IN_TIME, { hasReasons: false }),
      replaces: false,
    }
    const [notice] = lettersOf(given(...running, bare).release, [bare])
    expect(notice?.kind).toBe('defect_notice')
    expect(after([...running, bare], withdrawn)).toEqual([...LETTERS, notice?.letterId])
  })
  test('once: not again when the release is withdrawn after a new version', () => {
    expect(after([...running, ...askedAgain], withdrawn)).toEqual([
      `letter-${HEALTH}-2`,
      `letter-${POLICE}-2`,
    ])
  })
  test('by nothing else', () => {
    expect(after(running, said(HEALTH, 'objection'), reminded)).toEqual([])
  })
})
