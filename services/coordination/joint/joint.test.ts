import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withdraw } from '../release/conclude.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { agency, AIR, answers, dateOf, letters } from '../release/gates.fixture.js'
import { LATER, REMIND_AT, submits } from '../release/gates.fixture.js'
import { gatesOf } from '../release/gates.js'
import { asks, DRAFT_2, given, IN_TIME, LATE, names } from '../release/law.fixture.js'
import { packWith, qingyuan, WATER } from '../release/law.fixture.js'
import { lettersToWithdraw } from '../letter/withdrawals.js'
import { isDisputed, statusOf, type Release } from '../release/state.js'
import { reviseDraft } from '../release/revise.js'
import { decideConfirmationReminders } from './confirm.js'
import { presentConfirmations } from './joint.js'

type Act = (release: Release) => readonly ReleaseEvent[]
const joint = (...acts: readonly Act[]): Release =>
  given().after(submits({ coProducers: [AIR] }), ...acts)
const gate = (release: Release, pack = qingyuan) =>
  gatesOf(release, pack).find(({ kind }) => kind === 'confirmations')
const revises: Act = (release) =>
  reviseDraft(release, qingyuan, {
    ...{ now: IN_TIME, draftDigest: DRAFT_2, judgementDigest: 'judgement-2', alsoAffected: [] },
    review: { reviewedOn: '2026-10-09', digest: 'review-2' },
    ...{ letters: letters(2), agency, dateOf },
  })

describe('a co-producer', () => {
  test('is asked about the version once its secrecy review is on record', () => {
    const unreviewed = submits({ coProducers: [AIR] }, { unreviewed: true })
    expect(presentConfirmations(given().after(unreviewed))).toEqual([])
    expect(gate(given().after(unreviewed))).toMatchObject({ open: false })
    const [confirmation] = presentConfirmations(joint())
    expect(confirmation).toMatchObject({ agency: AIR, status: 'awaited', version: 1 })
    expect(joint().documentNumber).not.toBe('')
  })
  test('that says nothing keeps the gate shut, whatever time passes', () => {
    expect(gate(joint())).toMatchObject({
      open: false,
      obstacles: [{ reason: 'confirmation-awaited', subject: asks(AIR), agency: AIR }],
    })
    expect(joint().cleared).toBeUndefined()
  })
  test('that confirms opens it, and the release is cleared in the same breath', () => {
    expect(names(answers(true)(joint()))).toEqual(['JointReleaseConfirmed', 'ReleaseCleared'])
    expect(gate(joint(answers(true)))).toMatchObject({ open: true })
  })
  test('that contradicts opens negotiation like an objection', () => {
    const contradicted = joint(answers(false))
    expect(names(answers(false)(joint()))).toEqual([
      'JointReleaseContradicted',
      'NegotiationOpened',
    ])
    expect(gate(contradicted)?.obstacles).toMatchObject([{ reason: 'not-accurate' }])
    expect([isDisputed(contradicted), statusOf(contradicted)]).toEqual([true, 'negotiation'])
  })
  test('may replace its answer until the version is cleared, and no longer', () => {
    const replaced = joint(answers(false), answers(true, { now: LATER }))
    expect(statusOf(replaced)).toBe('cleared')
    expect(() => answers(false, { now: LATE })(replaced)).toThrow('CONFIRMATION_CLOSED')
  })
  test.each([
    ['about another text', { draftDigest: DRAFT_2 }, 'VERSION_SUPERSEDED'],
    ['on a confirmation that it was not asked for', { id: 'another' }, 'NOT_FOUND'],
  ])('that answers %s is refused', (_, change, reason) => {
    expect(() => answers(true, change)(joint())).toThrow(reason)
  })
  test('that contradicts says what is not accurate', () => {
    expect(() => answers(false, { hasReasons: false })(joint())).toThrow('FIELD_MISSING')
  })
  test('is asked again about a new version; its yes to the old one counts no more', () => {
    const second = joint(answers(true), revises)
    expect(presentConfirmations(second)).toMatchObject([{ status: 'awaited', version: 2 }])
    expect(second.confirmations[asks(AIR)]).toMatchObject({
      status: 'ended',
      answer: { accurate: true },
    })
    expect(gate(second)).toMatchObject({ open: false })
    expect(() => answers(true)(second)).toThrow('VERSION_SUPERSEDED')
  })
  test('cannot answer on what was withdrawn', () => {
    const gone = joint((release) => withdraw(release, qingyuan, { now: IN_TIME, reasonDigest: '' }))
    expect(presentConfirmations(gone)).toMatchObject([{ status: 'ended' }])
    expect(() => answers(true)(gone)).toThrow('RELEASE_ENDED')
  })
})

describe('reminders of a confirmation', () => {
  const reminds = (now: number) => (release: Release) =>
    decideConfirmationReminders(release, {
      ...{ now, letterId: (id) => `reminder-${id}`, next: () => now + 1_000 },
    })
  test('come when they are due, each once, and again after the pack’s days', () => {
    expect(reminds(REMIND_AT - 1)(joint())).toEqual([])
    const [reminder] = reminds(REMIND_AT)(joint())
    expect(reminder).toMatchObject({ type: 'ConfirmationReminderIssued', ordinal: 1 })
    const reminded = joint(reminds(REMIND_AT))
    expect(reminds(REMIND_AT)(reminded)).toEqual([])
    expect(reminds(REMIND_AT + 1_000)(reminded)).toMatchObject([{ ordinal: 2 }])
  })
  test('stop with the answer, and with the end of the release', () => {
    expect(reminds(REMIND_AT)(joint(answers(true)))).toEqual([])
    expect(reminds(REMIND_AT)(joint(answers(false)))).toEqual([])
    const gone = joint((release) => withdraw(release, qingyuan, { now: IN_TIME, reasonDigest: '' }))
    expect(reminds(REMIND_AT)(gone)).toEqual([])
  })
})

describe('the letters that ask for a confirmation', () => {
  const letterIds = [`letter-${AIR}-1`, 'reminder']
  const reminded = joint((release) =>
    decideConfirmationReminders(release, {
      ...{ now: REMIND_AT, letterId: () => 'reminder', next: () => undefined },
    }),
  )
  const ends = (act: Act) => lettersToWithdraw(reminded, act(reminded).reduce(evolve, reminded))
  test.each([
    ['a new version is put to the co-producer', revises],
    [
      'the release is withdrawn',
      (release: Release) => withdraw(release, qingyuan, { now: IN_TIME, reasonDigest: '' }),
    ],
  ])('are withdrawn when %s', (_, act) => {
    expect(ends(act)).toEqual(letterIds)
  })
  test('stay while it may still be answered', () => {
    expect(ends(answers(false))).toEqual([])
  })
})

describe('the list of co-producers', () => {
  test.each([
    ['its own name', [WATER], 'CO_PRODUCING_WITH_ONESELF'],
    ['one of them twice', [AIR, AIR], 'AGENCY_REPEATED'],
    ['one that the directory does not have', ['nobody'], 'AGENCY_UNKNOWN'],
  ])('is refused with %s', (_, coProducers, reason) => {
    expect(() => submits({ coProducers })(given().release)).toThrow(reason)
  })
  test('names nobody who is consulted besides: silence would take the place of a confirmation', () => {
    const affected = [{ agency: AIR, trigger: 'concerns' as const }]
    const act = () => submits({ coProducers: [AIR] }, { affected })(given().release)
    expect(act).toThrow('CO_PRODUCER_AFFECTED')
  })
  test('is consulted instead where the pack says so, and confirms nothing besides', () => {
    const pack = packWith((data) => Object.assign(data['confirmations']!, { byConsultation: true }))
    const affected = [{ agency: AIR, trigger: 'concerns' as const }]
    const release = given().after(submits({ coProducers: [AIR] }, { affected, pack }))
    expect(presentConfirmations(release)).toEqual([])
    expect(gate(release, pack)).toMatchObject({ open: true })
  })
})

test('no order of answers, revisions and reminders clears a version that its co-producer has not confirmed', () => {
  const acts: readonly Act[] = [
    answers(true),
    answers(false, { now: LATER }),
    revises,
    answers(true, { id: asks(AIR, 2), draftDigest: DRAFT_2 }),
    answers(false, { id: asks(AIR, 2), draftDigest: DRAFT_2, now: LATER }),
    (release) =>
      decideConfirmationReminders(release, {
        ...{ now: LATE, letterId: () => 'reminder', next: () => undefined },
      }),
  ]
  fc.assert(
    fc.property(fc.array(fc.nat(acts.length - 1), { maxLength: 8 }), (order) => {
      let release = joint()
      for (const index of order) {
        try {
          release = acts[index]!(release).reduce(evolve, release)
        } catch {
          continue // refused: nothing changed
        }
        const [present] = presentConfirmations(release)
        expect(release.cleared !== undefined).toBe(present?.answer?.accurate === true)
        if (release.cleared !== undefined) expect(present?.status).toBe('confirmed')
      }
    }),
  )
})
