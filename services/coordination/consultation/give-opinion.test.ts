import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { gatesOf } from '../release/gates.js'
import { asked, askedAgain, asks, at, awaiting, DEADLINE, DEEMED } from '../release/law.fixture.js'
import { deemed, down, DRAFT_2, given, HEALTH, IN_TIME, LATE } from '../release/law.fixture.js'
import { names, opinion, packWith, POLICE, provisional, qingyuan } from '../release/law.fixture.js'
import { received, ROLLED, ROLLED_TWICE, running, said, says } from '../release/law.fixture.js'
import { SETTLING, silence, WATER } from '../release/law.fixture.js'
import type { ReleaseEvent } from '../release/events.js'
import type { Release } from '../release/state.js'
import { giveOpinion } from './give-opinion.js'
import type { OpinionKind } from './opinion.js'

const noEffect = packWith(({ silence: rule }) => Object.assign(rule!, { effect: 'none' }))
const lenient = packWith(({ withoutVerdict }) =>
  Object.assign(withoutVerdict!, { stopsDeeming: false }),
)
const healthOf = (release: Release) => release.consultations[asks(HEALTH)]!
const obstaclesOf = (release: Release) =>
  gatesOf(release, qingyuan).flatMap(({ obstacles }) => obstacles.map(({ reason }) => reason))
const defective = says(HEALTH, opinion('objection', IN_TIME, { hasReasons: false }))

describe('a reply in time (art. 6, second paragraph)', () => {
  test.each([
    ['consent', 'answered', 'opinion-awaited'],
    ['consent_with_changes', 'answered', 'changes-asked'],
    ['objection', 'answered', 'objection'],
    ['not_concerned', 'answered', 'opinion-awaited'],
    ['other_reply', 'no_verdict', 'no-verdict'],
  ] as const)('of the kind %s stands', (kind, status, obstacle) => {
    const events = given(...running).when(says(HEALTH, opinion(kind, IN_TIME)))
    expect(events[0]).toEqual(said(HEALTH, kind))
    const after = given(...running).after(says(HEALTH, opinion(kind, IN_TIME)))
    expect(healthOf(after)).toMatchObject({ status, opinion: { kind } })
    expect(obstaclesOf(after)).toContain(obstacle)
    expect(healthOf(after)).not.toHaveProperty('afterDeadline')
  })
  test('is one that was admitted a millisecond before the deadline', () => {
    const last = opinion('consent', DEADLINE - 1)
    expect(names(given(...running).when(says(HEALTH, last)))).toEqual(['OpinionGiven'])
  })
  test('is one that was admitted before the deadline and processed after it', () => {
    const last = says(HEALTH, opinion('consent', DEADLINE - 1), { now: DEADLINE + SETTLING - 1 })
    expect(given(...running).when(last)).toEqual([said(HEALTH, 'consent', DEADLINE - 1)])
  })
  test('and stored later than the settling time says so, defective ones too', () => {
    const now = IN_TIME + SETTLING + 1
    const late = [opinion('consent', IN_TIME), opinion('objection', IN_TIME, { hasReasons: false })]
    for (const reply of late)
      expect(given(...running).when(says(HEALTH, reply, { now }))[0]).toMatchObject({
        storedLate: true,
      })
  })
  test('replaces what its agency said before', () => {
    const events = given(...running, said(HEALTH, 'consent')).when(
      says(HEALTH, opinion('objection', IN_TIME + 1)),
    )
    expect(events[0]).toMatchObject({ opinion: { kind: 'objection' }, replaces: true })
  })
})

describe('a reply admitted exactly at the deadline', () => {
  test('is late, whether or not silence was looked at', () => {
    const reply = says(HEALTH, opinion('objection', DEADLINE))
    expect(names(given(...running).when(reply))).toEqual(['LateRemarkFiled'])
    expect(names(given(...running, deemed(HEALTH)).when(reply))).toEqual(['LateRemarkFiled'])
  })
  test('changes nothing about the silence', () => {
    const after = given(...running).after(says(HEALTH, opinion('objection', DEADLINE)))
    expect(healthOf(after).status).toBe('running')
    expect(healthOf(given(...running).after(silence(DEEMED))).status).toBe('deemed')
  })
})

describe('a late remark', () => {
  test('is stored whole, and by itself holds nothing', () => {
    const reply = opinion('objection', LATE)
    expect(given(...running, deemed(HEALTH)).when(says(HEALTH, reply))).toEqual([
      {
        type: 'LateRemarkFiled',
        cause: 'late',
        consultationId: asks(HEALTH),
        remarkId: `remark-${HEALTH}-${LATE}`,
        opinion: reply,
        holds: false,
      },
    ])
  })
  test.each(['secrecy', 'illegality', 'special_category'] as const)(
    'that claims %s holds the release',
    (claim) => {
      const reply = says(HEALTH, opinion('other_reply', LATE, { claims: [claim] }))
      expect(given(...running, deemed(HEALTH)).when(reply)).toMatchObject([{ holds: true }])
    },
  )
  test('holds for what the pack names, and for nothing else', () => {
    const pack = packWith(({ lateRemarks }) =>
      Object.assign(lateRemarks!, { holdFor: ['secrecy'] }),
    )
    const reply = says(HEALTH, opinion('objection', LATE, { claims: ['illegality'] }), { pack })
    expect(given(...running, deemed(HEALTH)).when(reply)).toMatchObject([{ holds: false }])
  })
  test('is what a late change of mind becomes: a yes stays a yes', () => {
    for (const kind of ['consent', 'not_concerned'] as const)
      expect(
        names(given(...running, said(HEALTH, kind)).when(says(HEALTH, opinion('objection', LATE)))),
      ).toEqual(['LateRemarkFiled'])
  })
})

describe('while the calendar is in doubt', () => {
  test.each([
    ['provisional', provisional],
    ['awaiting a notice', awaiting],
  ])('(%s) no reply is late', (_, deadline) => {
    const state = given(...asked, received(HEALTH, deadline))
    const reply = says(HEALTH, opinion('objection', at('2026-12-24T00:00+08:00')))
    expect(names(state.when(reply))).toEqual(['OpinionGiven', 'NegotiationOpened'])
  })
})

describe('while the clock is in doubt', () => {
  test('nobody is late', () => {
    const reply = says(HEALTH, opinion('objection', LATE), { clockInDoubt: true })
    expect(names(given(...running).when(reply))).toEqual(['OpinionGiven', 'NegotiationOpened'])
  })
  test('no deadline is rolled', () => {
    const downtimes = [down('10-10T08:00', '10-10T20:00')]
    const reply = says(HEALTH, opinion('consent', LATE), { clockInDoubt: true, downtimes })
    expect(names(given(...running).when(reply))).toEqual(['OpinionGiven'])
  })
  test('what was deemed before stays deemed', () => {
    const reply = says(HEALTH, opinion('objection', LATE), { clockInDoubt: true })
    expect(names(given(...running, deemed(HEALTH)).when(reply))).toEqual(['LateRemarkFiled'])
  })
})

describe('a reply after an outage on the last day', () => {
  const downtimes = [down('10-10T12:00', '10-10T20:00')]
  test('is in time by the deadline as it rolls, though nobody had looked', () => {
    const reply = says(HEALTH, opinion('objection', ROLLED - 1), { downtimes })
    expect(names(given(...running).when(reply))).toEqual([
      'DeadlineMoved',
      'OpinionGiven',
      'NegotiationOpened',
    ])
  })
  test('is late by the deadline as it rolled', () => {
    const reply = says(HEALTH, opinion('objection', ROLLED), { downtimes })
    expect(names(given(...running).when(reply))).toEqual(['DeadlineMoved', 'LateRemarkFiled'])
  })
  test('that struck the rolled day too is in time by the second roll', () => {
    const long = { downtimes: [down('10-10T12:00', '10-12T12:00')] }
    const reply = says(HEALTH, opinion('objection', ROLLED_TWICE - 1), long)
    expect(names(given(...running).when(reply)).slice(0, 3)).toEqual([
      'DeadlineMoved',
      'DeadlineMoved',
      'OpinionGiven',
    ])
  })
  test.each(['consent', 'objection', 'other_reply'] as const)(
    'may still replace %s until the rolled deadline',
    (kind) => {
      const reply = says(HEALTH, opinion('objection', ROLLED - 1), { downtimes })
      expect(names(given(...running, said(HEALTH, kind)).when(reply)).slice(0, 2)).toEqual([
        'DeadlineMoved',
        'OpinionGiven',
      ])
    },
  )
  test('is not late where no calendar says to which day the deadline rolls', () => {
    const lost = { downtimes, nextWorkingDay: () => undefined }
    expect(names(given(...running).when(says(HEALTH, opinion('consent', LATE), lost)))).toEqual([
      'OpinionGiven',
    ])
  })
  test('is late as ever where the outage was tolerable', () => {
    const short = { downtimes: [down('10-10T09:00', '10-10T11:00')] }
    expect(names(given(...running).when(says(HEALTH, opinion('consent', LATE), short)))).toEqual([
      'LateRemarkFiled',
    ])
  })
})

describe('an objection without reasons', () => {
  test('is on record as defective: no yes, and no silence', () => {
    const events = given(...running).when(defective)
    expect(names(events)).toEqual(['DefectiveObjectionFiled', 'NegotiationOpened'])
    const after = given(...running).after(defective, silence(DEEMED))
    expect(healthOf(after).status).toBe('defective')
    expect(obstaclesOf(after)).toEqual(['defective-objection'])
  })
  test.each([
    ['by its reasons', 'objection', 'objection'],
    ['by a yes', 'consent', undefined],
    ['by not being concerned', 'not_concerned', undefined],
    ['by changes that it names', 'consent_with_changes', 'changes-asked'],
  ] as const)('is completed after the deadline %s', (_, kind, obstacle) => {
    const after = given(...running).after(defective, says(HEALTH, opinion(kind, LATE)))
    expect(healthOf(after)).toMatchObject({ status: 'answered', afterDeadline: true })
    if (obstacle !== undefined) expect(obstaclesOf(after)).toContain(obstacle)
  })
  test.each([
    ['another one', opinion('objection', LATE, { hasReasons: false })],
    ['a reply without a verdict', opinion('other_reply', LATE)],
    ['changes that it does not name', opinion('consent_with_changes', LATE, { hasReasons: false })],
  ])('is not completed after the deadline by %s', (_, reply) => {
    const state = given(...running).after(defective)
    expect(names(says(HEALTH, reply)(state))).toEqual(['LateRemarkFiled'])
  })
})

describe('consent with changes', () => {
  test('that names none is no consent either', () => {
    const vague = opinion('consent_with_changes', IN_TIME, { hasReasons: false })
    const after = given(...running, said(POLICE, 'consent')).after(says(HEALTH, vague))
    expect(healthOf(after).status).toBe('defective')
    expect(obstaclesOf(after)).toEqual(['changes-asked'])
    expect(after.negotiating).toBe(false)
  })
  test('becomes consent when its agency drops the condition, after the deadline too', () => {
    const state = given(...running, said(HEALTH, 'consent_with_changes'))
    expect(state.when(says(HEALTH, opinion('consent', LATE)))[0]).toMatchObject({
      type: 'OpinionGiven',
      completes: 'changes',
      replaces: true,
    })
  })
})

describe('a reply without a verdict', () => {
  test('is completed by any verdict after the deadline', () => {
    for (const kind of ['consent', 'objection', 'not_concerned', 'consent_with_changes'] as const)
      expect(
        given(...running, said(HEALTH, 'other_reply')).when(says(HEALTH, opinion(kind, LATE)))[0],
      ).toMatchObject({ type: 'OpinionGiven', completes: 'no_verdict' })
  })
  test('is completed by an objection without reasons to a defective one, never to a silence', () => {
    const no = says(HEALTH, opinion('objection', LATE, { hasReasons: false }))
    const after = given(...running, said(HEALTH, 'other_reply')).after(no, silence(LATE))
    expect(healthOf(after)).toMatchObject({ status: 'defective', afterDeadline: true })
  })
  test('is followed after the deadline by another one as a remark', () => {
    const state = given(...running, said(HEALTH, 'other_reply'))
    expect(names(state.when(says(HEALTH, opinion('other_reply', LATE))))).toEqual([
      'LateRemarkFiled',
    ])
  })
})

describe('a reply without a verdict where the pack takes it for silence', () => {
  const more = { pack: lenient }
  const needsTime = opinion('other_reply', IN_TIME)
  test('is on record and does not stop deeming', () => {
    const after = given(...running).after(says(HEALTH, needsTime, more))
    expect(healthOf(after)).toMatchObject({ status: 'running', opinion: needsTime })
    expect(
      healthOf(given(...running).after(says(HEALTH, needsTime, more), silence(DEEMED))),
    ).toMatchObject({ status: 'deemed', opinion: needsTime })
  })
  test('does not undo a deeming when it is stored late', () => {
    const events = given(...running, deemed(HEALTH)).when(
      says(HEALTH, needsTime, { ...more, now: LATE }),
    )
    expect(events).toMatchObject([{ type: 'OpinionGiven', withoutEffect: true, storedLate: true }])
  })
  test.each(['objection', 'consent', 'consent_with_changes'] as const)(
    'never turns a verdict into silence: %s',
    (kind) => {
      const after = given(...running, said(HEALTH, kind)).after(
        says(HEALTH, needsTime, more),
        silence(DEEMED, more),
      )
      expect(healthOf(after).status).toBe('no_verdict')
    },
  )
})

describe('an objection after the deadline', () => {
  const objecting = given(...running).after(says(HEALTH, opinion('objection', IN_TIME)))
  test.each(['consent', 'not_concerned'] as const)('is withdrawn by naming %s', (kind) => {
    const events = says(HEALTH, opinion(kind, LATE))(objecting)
    expect(events[0]).toMatchObject({ type: 'OpinionGiven', completes: 'objection' })
  })
  test.each(['objection', 'consent_with_changes', 'other_reply'] as const)(
    'is not withdrawn by %s',
    (kind) => {
      expect(names(says(HEALTH, opinion(kind, LATE))(objecting))).toEqual(['LateRemarkFiled'])
    },
  )
})

describe('a verdict after silence that had no effect', () => {
  const more = { pack: noEffect }
  const kinds: OpinionKind[] = ['consent', 'objection', 'not_concerned', 'consent_with_changes']
  test.each(kinds)('is still needed: %s', (kind) => {
    const reply = says(HEALTH, opinion(kind, LATE), more)
    const recorded = given(...running).after(silence(DEEMED, more))
    expect(healthOf(recorded).status).toBe('expired')
    expect(reply(recorded)[0]).toMatchObject({ type: 'OpinionGiven', completes: 'silence' })
  })
  test.each(kinds)('is the same whether or not the silence was recorded before: %s', (kind) => {
    const reply = says(HEALTH, opinion(kind, LATE), more)
    const recorded = given(...running).after(silence(DEEMED, more), reply)
    const unrecorded = given(...running).after(reply)
    const outcome = ({
      status,
      opinion: stands,
      afterDeadline,
    }: Release['consultations'][string]) => [status, stands, afterDeadline]
    expect(outcome(healthOf(unrecorded))).toEqual(outcome(healthOf(recorded)))
  })
  test('is in time where it was admitted in time and stored late', () => {
    const recorded = given(...running).after(silence(DEEMED, more))
    const events = says(HEALTH, opinion('consent', IN_TIME), { ...more, now: LATE })(recorded)
    expect(events[0]).toMatchObject({ type: 'OpinionGiven', storedLate: true })
    expect(events[0]).not.toHaveProperty('completes')
  })
})

describe('an in-time reply stored after the deeming', () => {
  const late = { now: LATE }
  test('reverses it', () => {
    const events = given(...running, deemed(HEALTH)).when(
      says(HEALTH, opinion('objection', DEADLINE - 1), late),
    )
    expect(events).toMatchObject([
      { type: 'DeemedConsentReversed', cause: 'admitted-in-time' },
      { type: 'OpinionGiven', storedLate: true },
      { type: 'NegotiationOpened' },
    ])
  })
  test('leaves no trace of the deeming in force', () => {
    const after = given(...running, deemed(HEALTH)).after(
      says(HEALTH, opinion('objection', DEADLINE - 1), late),
    )
    expect(healthOf(after)).toMatchObject({ status: 'answered' })
    expect(healthOf(after)).not.toHaveProperty('deemedAt')
  })
  test('reverses it though it is an objection without reasons', () => {
    const no = opinion('objection', DEADLINE - 1, { hasReasons: false })
    const after = given(...running, deemed(HEALTH)).after(says(HEALTH, no, late), silence(LATE))
    expect(healthOf(after).status).toBe('defective')
  })
})

describe('what came after the deadline', () => {
  test('is not marked so any more when the deadline moves and an opinion in time replaces it', () => {
    const moved: ReleaseEvent = {
      type: 'DeadlineMoved',
      consultationId: asks(HEALTH),
      cause: 'calendar-revision',
      from: DEADLINE,
      deadline: { ...provisional, provisional: false, at: ROLLED_TWICE },
    }
    const state = given(...running, said(HEALTH, 'objection')).after(
      says(HEALTH, opinion('consent', LATE)),
      () => [moved],
    )
    expect(healthOf(state).afterDeadline).toBe(true)
    const replaced = given(...running, said(HEALTH, 'objection'), moved).after(
      says(HEALTH, opinion('consent', LATE)),
    )
    expect(healthOf(replaced)).not.toHaveProperty('afterDeadline')
  })
})

describe('no opinion is taken', () => {
  test('on another draft than the present one', () => {
    const other = says(HEALTH, opinion('consent', IN_TIME), { draftDigest: DRAFT_2 })
    expect(refusalOf(() => given(...running).when(other))).toMatchObject({
      kind: 'out-of-order',
      reason: 'VERSION_SUPERSEDED',
      rule: '协调/6.1',
      field: 'draft_digest',
    })
  })
  test('on a version that was superseded, by whichever digest', () => {
    const state = given(...running, ...askedAgain)
    for (const draftDigest of ['draft-1', DRAFT_2]) {
      const reply = says(HEALTH, opinion('consent', IN_TIME), { draftDigest })
      expect(refusalOf(() => state.when(reply)).reason).toBe('VERSION_SUPERSEDED')
    }
  })
  test('on a withdrawn release', () => {
    const withdrawn: ReleaseEvent = {
      type: 'ReleaseWithdrawn',
      withdrawnAt: IN_TIME,
      reasonDigest: 'r',
    }
    const refused = refusalOf(() =>
      given(...running, withdrawn).when(says(HEALTH, opinion('consent', IN_TIME))),
    )
    expect(refused).toMatchObject({ kind: 'out-of-order', reason: 'RELEASE_ENDED' })
    expect(refused.text('zh')).toBe('该事项已撤回，不能再答复。')
    expect(refused.text('en')).toBe('The release is withdrawn; it can no longer be replied to.')
  })
  test('on a consultation that there is not: as one has no relation to it', () => {
    const reply = says(WATER, opinion('consent', IN_TIME))
    expect(refusalOf(() => given(...running).when(reply))).toMatchObject({
      kind: 'not-found',
      reason: 'NOT_FOUND',
      rule: 'house/relation',
    })
  })
  test('by a consultation that has ended, whoever asks it', () => {
    const superseded = given(...running, ...askedAgain).release.consultations[asks(HEALTH)]!
    const command = {
      opinion: opinion('consent', IN_TIME),
      now: IN_TIME,
      settling: SETTLING,
      remarkId: 'remark',
      cleared: false,
      clockInDoubt: false,
    }
    expect(refusalOf(() => giveOpinion(superseded, qingyuan, command))).toMatchObject({
      reason: 'NO_OPINION_AWAITED',
      params: { status: 'superseded' },
    })
  })
})

describe('two replies of one agency that are decided in the other order', () => {
  const first = says(HEALTH, opinion('consent', IN_TIME), { now: IN_TIME + 2 })
  const second = says(HEALTH, opinion('objection', IN_TIME + 1))
  test('leave standing what it said last: a no is no yes because it was quicker', () => {
    const after = given(...running).after(second, first)
    expect(healthOf(after).opinion?.kind).toBe('objection')
    expect(after.negotiating).toBe(true)
  })
  test('lose nothing: the one that was overtaken is a remark', () => {
    const events = first(given(...running).after(second))
    expect(events).toMatchObject([{ type: 'LateRemarkFiled', opinion: { kind: 'consent' } }])
  })
  test('stand in the order of their decisions where they entered at one instant', () => {
    const together = says(HEALTH, opinion('consent', IN_TIME + 1))
    expect(healthOf(given(...running).after(second, together)).opinion?.kind).toBe('consent')
  })
})

describe('a reply to a deemed consultation while the clock is in doubt', () => {
  test.each(['objection', 'consent'] as const)(
    'is a remark that holds the release, and turns no deeming over: %s',
    (kind) => {
      const reply = says(HEALTH, opinion(kind, IN_TIME), { clockInDoubt: true })
      const state = given(...running, said(POLICE, 'consent'), deemed(HEALTH))
      expect(state.when(reply)).toMatchObject([
        { type: 'LateRemarkFiled', holds: true, cause: 'clock-in-doubt' },
      ])
      expect(state.after(reply).consultations[asks(HEALTH)]?.status).toBe('deemed')
    },
  )
  test('turns it over by a stamp that nobody doubts', () => {
    const reply = says(HEALTH, opinion('objection', IN_TIME))
    expect(names(given(...running, deemed(HEALTH)).when(reply))).toContain('DeemedConsentReversed')
  })
})

describe('a remark says why it is one', () => {
  test.each([
    ['late', given(...running), opinion('objection', LATE)],
    [
      'overtaken',
      given(...running, said(HEALTH, 'consent', IN_TIME)),
      opinion('objection', IN_TIME - 1),
    ],
  ] as const)('%s', (cause, state, reply) => {
    expect(state.when(says(HEALTH, reply))).toMatchObject([{ type: 'LateRemarkFiled', cause }])
  })
  test('cleared', () => {
    const clearedAt: ReleaseEvent = {
      ...{ type: 'ReleaseCleared', version: 1, digest: 'draft-1', clearedAt: IN_TIME, basis: [] },
    }
    const consents = [said(HEALTH, 'consent', IN_TIME), said(POLICE, 'consent', IN_TIME)]
    const state = given(...running, ...consents, clearedAt)
    expect(state.when(says(HEALTH, opinion('objection', IN_TIME + 1)))).toMatchObject([
      { type: 'LateRemarkFiled', cause: 'cleared' },
    ])
  })
})
