import { describe, expect, test } from 'vitest'
import { asked, asks, at, cleared, DEADLINE, firm, given, HEALTH, IN_TIME } from './law.fixture.js'
import { names, opinion, POLICE, received, rolled, running, said, says } from './law.fixture.js'
import { askedAgain, DRAFT_1, LATE } from './law.fixture.js'
import { evolve } from './evolve.js'
import type { ReleaseEvent } from './events.js'
import { decideReminders, recordReminderDelivered } from './release.js'
import type { Release } from './state.js'

const [FIRST, SECOND] = firm.reminders as [number, number]
const reminds = (now: number) => (release: Release) =>
  decideReminders(release, { now, letterId: (id) => `reminder-of-${id}-at-${now}` })
const healthAlone = [...asked, received(HEALTH), said(POLICE, 'consent')]
const reminder = (ordinal: number, dueAt: number, now = dueAt) => ({
  type: 'ReminderIssued',
  consultationId: asks(HEALTH),
  letterId: `reminder-of-${asks(HEALTH)}-at-${now}`,
  ordinal,
  dueAt,
})

describe('a reminder (催办)', () => {
  test('is issued at its instant and not before', () => {
    expect(given(...healthAlone).when(reminds(FIRST - 1))).toEqual([])
    expect(given(...healthAlone).when(reminds(FIRST))).toEqual([reminder(1, FIRST)])
  })
  test('is issued once each', () => {
    const reminded = given(...healthAlone).after(reminds(FIRST))
    expect(reminds(FIRST)(reminded)).toEqual([])
    expect(reminds(SECOND - 1)(reminded)).toEqual([])
    expect(reminds(SECOND)(reminded)).toEqual([reminder(2, SECOND)])
    const twice = given(...healthAlone).after(reminds(FIRST), reminds(SECOND))
    expect(reminds(DEADLINE - 1)(twice)).toEqual([])
  })
  test('after an outage is only the newest: the one before is passed over for ever', () => {
    const now = SECOND + 60_000
    expect(given(...healthAlone).when(reminds(now))).toEqual([reminder(2, SECOND, now)])
    expect(reminds(now + 1)(given(...healthAlone).after(reminds(now)))).toEqual([])
  })
  test('is the newest in whichever order the deadline lists them', () => {
    const listed = { ...firm, reminders: [SECOND, FIRST] }
    const state = given(...asked, received(HEALTH, listed))
    expect(state.when(reminds(SECOND))).toMatchObject([{ dueAt: SECOND }])
    expect(reminds(SECOND)(state.after(reminds(SECOND)))).toEqual([])
  })
  test('goes to each that is silent, for itself', () => {
    expect(given(...running).when(reminds(FIRST))).toMatchObject([
      { consultationId: asks(HEALTH) },
      { consultationId: asks(POLICE) },
    ])
  })
  test('goes to who objected without reasons, to complete it', () => {
    const no = says(HEALTH, opinion('objection', IN_TIME, { hasReasons: false }))
    expect(names(reminds(SECOND)(given(...healthAlone).after(no)))).toEqual(['ReminderIssued'])
  })
  test.each([
    'consent',
    'objection',
    'not_concerned',
    'consent_with_changes',
    'other_reply',
  ] as const)('is not issued after an answer: %s', (kind) => {
    expect(given(...healthAlone, said(HEALTH, kind)).when(reminds(SECOND))).toEqual([])
  })
  test('is not issued from the deadline on', () => {
    expect(given(...healthAlone).when(reminds(DEADLINE))).toEqual([])
  })
  test('is not issued without a receipt', () => {
    expect(given(...asked).when(reminds(SECOND))).toEqual([])
  })
  const ends: [string, ReleaseEvent][] = [
    ['cleared', cleared(IN_TIME)],
    ['withdrawn', { type: 'ReleaseWithdrawn', withdrawnAt: IN_TIME, reasonDigest: 'r' }],
    [
      'published',
      {
        type: 'ReleasePublished',
        publishedAt: IN_TIME,
        recordedAt: IN_TIME,
        digest: DRAFT_1,
        whereDigest: 'w',
      },
    ],
  ]
  test.each(ends)('is not issued once the release is %s', (_, event) => {
    expect(given(...healthAlone, event).when(reminds(SECOND))).toEqual([])
  })
  test('is issued again for a deadline that moved, if one is due by it', () => {
    const moved: ReleaseEvent = {
      type: 'DeadlineMoved',
      consultationId: asks(HEALTH),
      cause: 'calendar-revision',
      from: DEADLINE,
      deadline: { ...rolled, reminders: [at('2026-10-10T09:00+08:00'), LATE] },
    }
    const state = given(...healthAlone).after(reminds(SECOND), () => [moved])
    expect(reminds(LATE)(state)).toEqual([reminder(2, LATE)])
  })
})

describe('a reminder that was delivered', () => {
  const letterId = `reminder-of-${asks(HEALTH)}-at-${FIRST}`
  const delivered =
    (receivedAt: number, id = letterId) =>
    (release: Release) => {
      const command = { consultationId: asks(HEALTH), letterId: id, receivedAt }
      return recordReminderDelivered(release, command)
    }
  const issued = given(...healthAlone).after(reminds(FIRST))
  test('is recorded with the instant at which it entered the mailbox', () => {
    expect(delivered(FIRST + 7)(issued)).toEqual([
      {
        type: 'ReminderDelivered',
        consultationId: asks(HEALTH),
        letterId,
        receivedAt: FIRST + 7,
      },
    ])
  })
  test('is recorded once, and only if it was issued', () => {
    const told = given(...healthAlone).after(reminds(FIRST), delivered(FIRST + 7))
    expect(delivered(FIRST + 8)(told)).toEqual([])
    expect(delivered(FIRST, 'another letter')(issued)).toEqual([])
    expect(delivered(FIRST)(given(...healthAlone).release)).toEqual([])
  })
  test('of a version that was superseded meanwhile changes nothing', () => {
    const { release } = given(...healthAlone)
    const superseded = [...reminds(FIRST)(release), ...askedAgain].reduce(evolve, release)
    expect(delivered(FIRST + 7)(superseded)).toEqual([])
  })
})
