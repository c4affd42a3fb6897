import { describe, expect, test } from 'vitest'
import { asked, askedAgain, asks, awaiting, cleared, DEADLINE, DEEMED } from './law.fixture.js'
import { deemed, DRAFT_1, given, HEALTH, IN_TIME, LATE, names, opinion } from './law.fixture.js'
import { POLICE, qingyuan, received, running, said, says, silence } from './law.fixture.js'
import { SUBMITTED, submitted } from './law.fixture.js'
import type { ReleaseEvent } from './events.js'
import { gatesOf } from './gates.js'
import { statusOf, type Release } from './state.js'

const shut = (release: Release) =>
  gatesOf(release, qingyuan)
    .filter(({ open }) => !open)
    .map(({ kind, obstacles }) => [kind, ...obstacles.map(({ reason }) => reason)])
const consents = (agency: string) => says(agency, opinion('consent', IN_TIME))

describe('a version is cleared (art. 6)', () => {
  test('when the last agency consents, on the digest that was asked about', () => {
    const events = given(...running, said(HEALTH, 'consent')).when(consents(POLICE))
    expect(events.at(-1)).toEqual({
      type: 'ReleaseCleared',
      version: 1,
      digest: DRAFT_1,
      clearedAt: IN_TIME,
      basis: [
        { consultationId: asks(HEALTH), how: 'express' },
        { consultationId: asks(POLICE), how: 'express' },
      ],
    })
  })
  test('on consent, silence and not being concerned, told apart for ever', () => {
    const events = given(...running, said(HEALTH, 'not_concerned')).when(silence(DEEMED))
    expect(names(events)).toEqual(['ConsentDeemed', 'ReleaseCleared'])
    expect(events.at(-1)).toMatchObject({
      clearedAt: DEEMED,
      basis: [{ how: 'not_concerned' }, { how: 'deemed' }],
    })
  })
  test('on nobody’s consent where all are not concerned, and says so', () => {
    const events = given(...running, said(HEALTH, 'not_concerned')).when(
      says(POLICE, opinion('not_concerned', IN_TIME)),
    )
    expect(events.at(-1)).toMatchObject({
      basis: [{ how: 'not_concerned' }, { how: 'not_concerned' }],
    })
  })
  test('on the silence of all', () => {
    const events = given(...running).when(silence(DEEMED))
    expect(names(events)).toEqual(['ConsentDeemed', 'ConsentDeemed', 'ReleaseCleared'])
  })
  test('when the last objection is withdrawn after the deadline', () => {
    const state = given(...running, deemed(POLICE)).after(
      says(HEALTH, opinion('objection', IN_TIME)),
    )
    expect(names(says(HEALTH, opinion('consent', LATE))(state))).toEqual([
      'OpinionGiven',
      'NegotiationEnded',
      'ReleaseCleared',
    ])
  })
  test('once', () => {
    const after = given(...running).after(silence(DEEMED))
    expect(statusOf(after)).toBe('cleared')
    expect(silence(LATE)(after)).toEqual([])
  })
})

describe('a version is not cleared', () => {
  test('before its secrecy review, whose gate says so', () => {
    expect(shut(given(submitted).release)).toEqual([
      ['secrecy_review', 'secrecy-review-missing'],
      ['consultations', 'letters-not-issued'],
    ])
  })
  test('while letters are on their way, or have no mailbox', () => {
    const nowhere: ReleaseEvent = { type: 'LetterUndelivered', consultationId: asks(HEALTH) }
    expect(shut(given(...asked, nowhere).release)).toEqual([
      ['consultations', 'no-mailbox', 'not-received'],
    ])
  })
  test('while an agency may still reply: the gate says when it opens by itself', () => {
    const gates = gatesOf(given(...running, said(HEALTH, 'consent')).release, qingyuan)
    expect(gates.at(-1)).toMatchObject({
      rule: { article: '6.1' },
      obstacles: [
        { reason: 'opinion-awaited', subject: asks(POLICE), agency: POLICE, opensAt: DEADLINE },
      ],
    })
  })
  test.each([
    ['objection', 'objection'],
    ['consent_with_changes', 'changes-asked'],
    ['other_reply', 'no-verdict'],
  ] as const)('while one stands at %s', (kind, reason) => {
    const after = given(...running, said(POLICE, kind)).after(consents(HEALTH), silence(LATE))
    expect(shut(after)).toEqual([['consultations', reason]])
  })
  test('while a notice is awaited for one of them', () => {
    const after = given(...asked, received(HEALTH), received(POLICE, awaiting)).after(silence(LATE))
    expect(shut(after)).toEqual([['consultations', 'opinion-awaited']])
  })
  test('by consents to the version before', () => {
    const after = given(...running, said(HEALTH, 'consent'), ...askedAgain).after(
      says(POLICE, opinion('consent', IN_TIME), { version: 2 }),
    )
    expect(shut(after)).toEqual([['consultations', 'not-received']])
  })
  test('while a late remark holds it', () => {
    const secret = says(HEALTH, opinion('objection', LATE, { claims: ['secrecy'] }))
    const after = given(...running, deemed(HEALTH)).after(secret, silence(LATE))
    expect(shut(after)).toEqual([['consultations', 'late-remark']])
    expect(statusOf(after)).toBe('consulting')
  })
})

describe('after the clearance', () => {
  const clear = given(
    ...running,
    said(HEALTH, 'consent'),
    said(POLICE, 'consent'),
    cleared(IN_TIME),
  )
  test('a replacement is a remark, though its deadline has not come', () => {
    const events = clear.when(says(HEALTH, opinion('objection', IN_TIME + 1)))
    expect(events).toMatchObject([{ type: 'LateRemarkFiled', holds: false }])
    expect(statusOf(clear.after(() => events))).toBe('cleared')
  })
  test('a remark with a claim holds it', () => {
    const secret = says(HEALTH, opinion('objection', IN_TIME + 1, { claims: ['secrecy'] }))
    expect(statusOf(clear.after(secret))).toBe('held')
  })
})

describe('an in-time reply stored after the clearance', () => {
  const clear = given(...running).after(silence(DEEMED))
  const now = LATE
  test('reverses the deeming and the clearance that rests on it', () => {
    const events = says(HEALTH, opinion('objection', DEADLINE - 1), { now })(clear)
    expect(names(events)).toEqual([
      'DeemedConsentReversed',
      'OpinionGiven',
      'ClearanceReversed',
      'NegotiationOpened',
    ])
    expect(events[2]).toMatchObject({ cause: 'deemed-consent-reversed', reversedAt: now })
  })
  test('that consents is cleared anew, on express consent', () => {
    const events = says(HEALTH, opinion('consent', DEADLINE - 1), { now })(clear)
    expect(names(events).slice(-2)).toEqual(['ClearanceReversed', 'ReleaseCleared'])
    expect(events.at(-1)).toMatchObject({ basis: [{ how: 'express' }, { how: 'deemed' }] })
  })
  test('leaves on record from when to when it was cleared', () => {
    const after = given(...running).after(
      silence(DEEMED),
      says(HEALTH, opinion('objection', DEADLINE - 1), { now }),
    )
    expect(after.cleared).toBeUndefined()
    expect(after.endedClearances).toEqual([
      { version: 1, digest: DRAFT_1, from: DEEMED, until: now },
    ])
  })
})

describe('a replacement that entered before the clearance and was decided after it', () => {
  const entered = IN_TIME - 1
  const clear = given(
    ...running,
    said(HEALTH, 'consent', SUBMITTED),
    said(POLICE, 'consent'),
  ).after(() => [cleared(IN_TIME)])
  const replaces = (kind: 'objection' | 'not_concerned') =>
    says(HEALTH, opinion(kind, entered), { now: IN_TIME + 1 })
  test('takes the place of what was said, and the clearance is reversed', () => {
    const events = replaces('objection')(clear)
    expect(names(events)).toEqual(['OpinionGiven', 'ClearanceReversed', 'NegotiationOpened'])
    expect(events[1]).toMatchObject({ cause: 'opinion-replaced-in-time' })
  })
  test('that leaves nothing missing is cleared anew, on what stands now', () => {
    const events = replaces('not_concerned')(clear)
    expect(names(events)).toEqual(['OpinionGiven', 'ClearanceReversed', 'ReleaseCleared'])
    expect(events.at(-1)).toMatchObject({ basis: [{ how: 'not_concerned' }, { how: 'express' }] })
  })
})

describe('negotiation (art. 6, third paragraph)', () => {
  const objects = says(HEALTH, opinion('objection', IN_TIME))
  test('opens with the first objection, and names it', () => {
    expect(given(...running).when(objects)[1]).toEqual({
      type: 'NegotiationOpened',
      version: 1,
      consultationId: asks(HEALTH),
      openedAt: IN_TIME,
    })
    expect(statusOf(given(...running).after(objects))).toBe('negotiation')
  })
  test('opens with an objection without reasons too', () => {
    const no = says(HEALTH, opinion('objection', IN_TIME, { hasReasons: false }))
    expect(names(given(...running).when(no))).toContain('NegotiationOpened')
  })
  test('opens once', () => {
    const state = given(...running).after(objects)
    expect(names(says(POLICE, opinion('objection', IN_TIME))(state))).toEqual(['OpinionGiven'])
  })
  test('ends with the last objection', () => {
    const both = given(...running).after(objects, says(POLICE, opinion('objection', IN_TIME)))
    const one = given(...running).after(
      () => [said(POLICE, 'objection')],
      objects,
      says(POLICE, opinion('not_concerned', LATE)),
    )
    expect(both.negotiating).toBe(true)
    expect(statusOf(one)).toBe('negotiation')
    expect(names(says(HEALTH, opinion('consent', LATE))(one))).toEqual([
      'OpinionGiven',
      'NegotiationEnded',
      'ReleaseCleared',
    ])
  })
  test('is not opened by changes asked for, nor by a late objection', () => {
    for (const reply of [opinion('consent_with_changes', IN_TIME), opinion('objection', LATE)])
      expect(names(given(...running).when(says(HEALTH, reply)))).not.toContain('NegotiationOpened')
  })
})

describe('after a publication', () => {
  const published: ReleaseEvent = {
    type: 'ReleasePublished',
    publishedAt: IN_TIME,
    recordedAt: IN_TIME,
    digest: DRAFT_1,
    whereDigest: 'w',
  }
  test('silence consents to nothing any more, and nothing is cleared', () => {
    expect(given(...running, published).when(silence(LATE))).toEqual([])
    const last = given(...running, said(HEALTH, 'consent'), published).when(consents(POLICE))
    expect(names(last)).toEqual(['OpinionGiven'])
  })
  test('what agencies say still goes on record', () => {
    const objection = says(HEALTH, opinion('objection', IN_TIME))
    expect(names(given(...running, published).when(objection))).toEqual(['OpinionGiven'])
    const late = says(HEALTH, opinion('objection', LATE))
    expect(names(given(...running, published).when(late))).toEqual(['LateRemarkFiled'])
  })
  test('a deeming is still reversed by a reply that was in time', () => {
    const state = given(...running).after(silence(DEEMED), () => [
      { ...published, publishedAt: LATE, recordedAt: LATE },
    ])
    const reply = says(HEALTH, opinion('objection', DEADLINE - 1), { now: LATE })
    expect(names(reply(state))).toEqual([
      'DeemedConsentReversed',
      'OpinionGiven',
      'ClearanceReversed',
    ])
  })
})
