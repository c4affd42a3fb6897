import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { gatesOf } from '../release/gates.js'
import { asks, at, DEADLINE, given, HEALTH, IN_TIME, LATE } from '../release/law.fixture.js'
import { names, opinion, packWith, POLICE, qingyuan, RECEIVED } from '../release/law.fixture.js'
import { running, said, says, SUBMITTED, WATER } from '../release/law.fixture.js'
import { withdraw } from '../release/conclude.js'
import { statusOf, type Release } from '../release/state.js'
import { declines, files, HELD, negotiates } from './law.fixture.js'
import { countingRounds } from './negotiation.js'
import { requestEscalation, setStandingInstruction, standingOf } from './negotiate.js'

const opened = {
  type: 'NegotiationOpened',
  version: 1,
  consultationId: asks(HEALTH),
  openedAt: IN_TIME,
} as const
const objected = [...running, said(HEALTH, 'objection'), opened] as const
const wantsChanges = [...running, said(HEALTH, 'consent_with_changes')] as const
const reasons = (release: Release): string[] =>
  gatesOf(release, qingyuan).flatMap(({ obstacles }) => obstacles.map(({ reason }) => reason))
const asksFor =
  (agency = HEALTH, now = HELD) =>
  (release: Release) =>
    requestEscalation(release, qingyuan, {
      consultationId: asks(agency),
      now,
      reasonDigest: 'why-escalate',
    })
const instructs =
  (to: 'superior_organ' | 'competent_authority' | 'common_superior', afterWorkingDays: number) =>
  (release: Release) =>
    setStandingInstruction(release, qingyuan, {
      instruction: { to, afterWorkingDays },
      now: HELD,
    })

describe('a round of negotiation (art. 6 para 3)', () => {
  test('is on record with its participants, its kind and its order', () => {
    expect(given(...objected).when(negotiates())).toEqual([
      {
        type: 'NegotiationRecorded',
        roundId: 'round-1',
        version: 1,
        ordinal: 1,
        kind: 'meeting',
        heldAt: HELD,
        recordedAt: HELD,
        participants: [WATER, HEALTH],
        roundDigest: 'round-words',
      },
    ])
    const after = given(...objected).after(negotiates(), negotiates({ kind: 'written_answer' }))
    expect(after.negotiation.rounds.map(({ ordinal }) => ordinal)).toEqual([1, 2])
  })
  test('may be joined by others who are consulted', () => {
    const three = { participants: [WATER, POLICE, HEALTH] }
    expect(given(...objected).when(negotiates(three))).toHaveLength(1)
  })
  test('of a version that was superseded is left with it', () => {
    const revised = { ...running[0], type: 'DraftRevised', version: 2, revisedAt: LATE } as const
    const { negotiation } = given(...objected, ...given(...objected).when(negotiates()), {
      ...revised,
      draftDigest: 'draft-2',
    }).release
    expect(negotiation).toEqual({ rounds: [], past: 0, requests: [] })
  })
  test.each([
    ['while nobody disagrees', running, {}, 'NOTHING_IN_DISPUTE', 'out-of-order'],
    [
      'without the releasing agency',
      objected,
      { participants: [HEALTH, POLICE] },
      'POSITION_MISSING',
      'malformed',
    ],
    [
      'without anybody who disagrees',
      objected,
      { participants: [WATER, POLICE] },
      'POSITION_MISSING',
      'malformed',
    ],
    [
      'with a stranger',
      objected,
      { participants: [WATER, HEALTH, 'tax-bureau'] },
      'POSITION_OF_STRANGER',
      'malformed',
    ],
    [
      'with one agency twice',
      objected,
      { participants: [WATER, HEALTH, HEALTH] },
      'AGENCY_REPEATED',
      'malformed',
    ],
    ['before its version', objected, { heldAt: SUBMITTED - 1 }, 'FIELD_VALUE', 'malformed'],
  ] as const)('is refused %s', (_, before, more, reason, kind) => {
    const refused = refusalOf(() => given(...before).when(negotiates(more)))
    expect(refused).toMatchObject({ reason, kind, rule: '协调/6.3' })
  })
  test('is refused once the release was withdrawn', () => {
    const withdrawn = (release: Release) =>
      withdraw(release, qingyuan, { now: LATE, reasonDigest: 'why' })
    const ended = given(...objected).after(withdrawn)
    expect(refusalOf(() => negotiates()(ended)).reason).toBe('RELEASE_ENDED')
  })
})

describe('changes that a consent asks for', () => {
  test('are no disagreement until they are declined', () => {
    const { release } = given(...wantsChanges)
    expect(statusOf(release)).toBe('consulting')
    expect(reasons(release)).toContain('changes-asked')
  })
  test('are negotiated like an objection once they are', () => {
    expect(names(given(...wantsChanges).when(declines()))).toEqual([
      'ChangesDeclined',
      'NegotiationOpened',
    ])
    const after = given(...wantsChanges).after(declines())
    expect(statusOf(after)).toBe('negotiation')
    expect(reasons(after)).toContain('changes-declined')
  })
  test('that were not named are declined all the same: a known "not like this"', () => {
    const unnamed = opinion('consent_with_changes', IN_TIME, { hasReasons: false })
    const after = given(...running).after(says(HEALTH, unnamed), declines())
    expect(statusOf(after)).toBe('negotiation')
  })
  test('leave nothing in dispute when the agency drops the condition, even late', () => {
    const after = given(...wantsChanges).after(declines(), says(HEALTH, opinion('consent', LATE)))
    expect(after.negotiating).toBe(false)
    expect(after.consultations[asks(HEALTH)]).not.toHaveProperty('changesDeclined')
  })
  test('that are asked for anew are not declined yet', () => {
    const anew = opinion('consent_with_changes', IN_TIME + 1)
    const after = given(...wantsChanges).after(declines(HEALTH, IN_TIME), says(HEALTH, anew))
    expect(after.negotiating).toBe(false)
    expect(reasons(after)).toContain('changes-asked')
  })
  test.each([
    ['of an agency that objects', given(...objected).release],
    ['of an agency that is silent', given(...running).release],
    ['twice', given(...wantsChanges).after(declines())],
  ])('cannot be declined %s', (_, release) => {
    expect(refusalOf(() => declines()(release))).toMatchObject({
      reason: 'NO_CHANGES_ASKED',
      rule: '协调/6.3',
      field: 'consultation_id',
    })
  })
})

describe('the standing instruction', () => {
  test('is the pack’s until the agency gives one, and says so', () => {
    const { release } = given(...running)
    expect(standingOf(release, qingyuan)).toEqual({
      to: 'superior_organ',
      afterWorkingDays: 10,
      byDefault: true,
    })
    const after = given(...running).after(instructs('competent_authority', 3))
    expect(standingOf(after, qingyuan)).toEqual({
      to: 'competent_authority',
      afterWorkingDays: 3,
      byDefault: false,
    })
  })
  test('given as it stands changes nothing; the default given expressly is the agency’s own', () => {
    const after = given(...running).after(instructs('superior_organ', 10))
    expect(standingOf(after, qingyuan).byDefault).toBe(false)
    expect(instructs('superior_organ', 10)(after)).toEqual([])
  })
  test.each([0, 61, 1.5, Number.NaN])('of %s working days is refused', (days) => {
    expect(
      refusalOf(() => given(...running).when(instructs('superior_organ', days))),
    ).toMatchObject({
      reason: 'PERIOD_LENGTH',
      field: 'standing_instruction.after_working_days',
    })
  })
  test('to whom the pack does not send disputes is refused, with whom it does', () => {
    const refused = refusalOf(() => given(...running).when(instructs('common_superior', 5)))
    expect(refused).toMatchObject({ reason: 'ADDRESSEE_NOT_ALLOWED', rule: '协调/6.3' })
    expect(refused.text('en')).toContain('superior_organ, competent_authority')
    const elsewhere = packWith(({ escalation, standingInstruction }) => {
      escalation!['to'] = ['common_superior']
      standingInstruction!['to'] = 'common_superior'
    })
    const command = {
      instruction: { to: 'common_superior', afterWorkingDays: 5 },
      now: HELD,
    } as const
    expect(
      given(...running).when((release) => setStandingInstruction(release, elsewhere, command)),
    ).toHaveLength(1)
  })
})

describe('a request for escalation', () => {
  test('of an objector is on record', () => {
    expect(given(...objected).when(asksFor())).toEqual([
      {
        type: 'EscalationRequested',
        consultationId: asks(HEALTH),
        agency: HEALTH,
        requestedAt: HELD,
        reasonDigest: 'why-escalate',
      },
    ])
  })
  test('stays what it is when it is made again', () => {
    expect(asksFor(HEALTH, LATE)(given(...objected).after(asksFor()))).toEqual([])
  })
  test('of an agency that does not disagree is refused', () => {
    expect(refusalOf(() => given(...objected).when(asksFor(POLICE)))).toMatchObject({
      reason: 'NOTHING_IN_DISPUTE',
      rule: '协调/6.3',
    })
  })
  test('is refused once the dispute is filed', () => {
    const filed = given(...objected).after(negotiates(), files())
    expect(refusalOf(() => asksFor()(filed)).reason).toBe('DISPUTE_FILED_ALREADY')
  })
})

describe('negotiation', () => {
  test('ends when the last objection is withdrawn, and opens anew with the next', () => {
    const consents = says(HEALTH, opinion('consent', LATE))
    const ended = given(...objected).after(negotiates(), consents)
    expect(ended.negotiating).toBe(false)
    const again = says(POLICE, opinion('objection', DEADLINE - 1))
    const { negotiation, negotiating } = given(...objected).after(negotiates(), consents, again)
    expect(negotiating).toBe(true)
    expect(countingRounds(negotiation)).toEqual([]) // with this one nobody has talked yet
  })
  test('counts from the opinion that opened it', () => {
    const { negotiation } = given(...running).after(says(HEALTH, opinion('objection', IN_TIME)))
    expect(negotiation).toMatchObject({ openedAt: IN_TIME, since: IN_TIME })
    expect(at('2026-09-28T10:00+08:00')).toBe(RECEIVED)
  })
})
