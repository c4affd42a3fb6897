import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { asked, asks, DEEMED, DRAFT_1, DRAFT_2, given, HEALTH, IN_TIME } from './law.fixture.js'
import { askedAgain, LATE, names, opinion, POLICE, qingyuan, running, said } from './law.fixture.js'
import { says, silence } from './law.fixture.js'
import { decideLateRemark, destroyContent, recordPublication, withdraw } from './conclude.js'
import { evolve } from './evolve.js'
import { holdingRemarks, statusOf, type Release } from './state.js'

const HOUR = 3_600_000
const REMARK = `remark-${HEALTH}-${LATE}`
const secret = says(HEALTH, opinion('objection', LATE, { claims: ['secrecy'] }))
const illegal = says(HEALTH, opinion('objection', LATE, { claims: ['illegality'] }))
const decides =
  (
    decision: 'release_stands' | 'taken_up',
    { now = LATE + HOUR, view = false, remarkId = REMARK } = {},
  ) =>
  (release: Release) =>
    decideLateRemark(release, qingyuan, {
      remarkId,
      decision,
      decisionDigest: 'decision',
      secrecyBodyView: view,
      now,
    })
const withdraws = (now: number) => (release: Release) =>
  withdraw(release, qingyuan, { now, reasonDigest: 'reason' })
const publishes =
  (publishedAt: number, { now = publishedAt, digest = DRAFT_1, whereDigest = 'where' } = {}) =>
  (release: Release) =>
    recordPublication(release, { publishedAt, now, digest, whereDigest })
const breaches = (release: Release, publishing: ReturnType<typeof publishes>) =>
  publishing(release).flatMap((event) => ('breaches' in event ? event.breaches : []))
const clear = given(...running).after(silence(DEEMED))
const clearAnd = (...more: ((release: Release) => ReturnType<typeof secret>)[]) =>
  given(...running).after(silence(DEEMED), ...more)

describe('a remark that holds the release', () => {
  test('holds it after the clearance, without undoing it', () => {
    const held = clearAnd(illegal)
    expect(statusOf(held)).toBe('held')
    expect(held.cleared).toEqual(clear.cleared)
  })
  test('lets it go when the releasing agency decides that the release stands', () => {
    expect(decides('release_stands')(clearAnd(illegal))).toEqual([
      {
        type: 'LateRemarkDecided',
        remarkId: REMARK,
        decision: 'release_stands',
        decisionDigest: 'decision',
        decidedAt: LATE + HOUR,
      },
    ])
    expect(statusOf(clearAnd(illegal, decides('release_stands')))).toBe('cleared')
  })
  test('on secrecy lets it go only with the view of the secrecy body', () => {
    const held = clearAnd(secret)
    const refused = refusalOf(() => decides('release_stands')(held))
    expect(refused).toMatchObject({
      kind: 'malformed',
      reason: 'FIELD_MISSING',
      rule: 'house',
      field: 'secrecy_body_view',
    })
    expect(refused.text('zh')).toContain('保密部门')
    expect(refused.text('en')).not.toMatch(/\p{Script=Han}/u)
    expect(names(decides('release_stands', { view: true })(held))).toEqual(['LateRemarkDecided'])
  })
  test('may be taken up without a view, and holds on', () => {
    expect(statusOf(clearAnd(secret, decides('taken_up')))).toBe('held')
  })
  test('that was taken up lets the next version go', () => {
    const next = clearAnd(secret, decides('taken_up'), () => [...askedAgain])
    expect(holdingRemarks(next)).toEqual([])
  })
  test('that nobody decided on holds the next version too', () => {
    const next = clearAnd(secret, () => [...askedAgain])
    expect(holdingRemarks(next)).toHaveLength(1)
  })
  test('before the clearance, its decision may be the last thing that was missing', () => {
    const held = given(...running).after(secret, silence(LATE))
    expect(statusOf(held)).toBe('consulting')
    expect(names(decides('release_stands', { view: true })(held))).toEqual([
      'LateRemarkDecided',
      'ReleaseCleared',
    ])
  })
  test('is decided on by its id: another is as if there were none', () => {
    const act = () => decides('release_stands', { remarkId: 'remark-of-another' })(clearAnd(secret))
    expect(refusalOf(act)).toMatchObject({ kind: 'not-found', reason: 'NOT_FOUND' })
  })
})

describe('a withdrawal', () => {
  test('ends every consultation of the version', () => {
    const after = given(...running, said(HEALTH, 'consent')).after(withdraws(IN_TIME))
    expect(statusOf(after)).toBe('withdrawn')
    expect(after.consultations).toMatchObject({
      [asks(HEALTH)]: { status: 'withdrawn', opinion: { kind: 'consent' } },
      [asks(POLICE)]: { status: 'withdrawn' },
    })
    expect(silence(LATE)(after)).toEqual([])
  })
  test('leaves superseded consultations what they were', () => {
    const after = given(...running, ...askedAgain).after(withdraws(IN_TIME))
    expect(after.consultations).toMatchObject({
      [asks(HEALTH)]: { status: 'superseded' },
      [asks(HEALTH, 2)]: { status: 'withdrawn' },
    })
  })
  test('is possible from the submission to the publication', () => {
    for (const state of [given(...asked).release, given(...running).release, clear])
      expect(names(withdraws(LATE)(state))).toEqual(['ReleaseWithdrawn'])
  })
  test('lets its content be destroyed: once, and not while its letters are on their way', () => {
    const destroys = (lettersWaiting: boolean) => (state: Release) =>
      destroyContent(state, { now: LATE, lettersWaiting })
    const withdrawn = given(...running).after(withdraws(IN_TIME))
    expect(refusalOf(() => destroys(false)(given(...running).release)).reason).toBe(
      'CONTENT_IN_USE',
    )
    expect(refusalOf(() => destroys(false)(clear)).reason).toBe('CONTENT_IN_USE')
    expect(refusalOf(() => destroys(true)(withdrawn)).reason).toBe('LETTERS_ON_THE_WAY')
    const destroyed = destroys(false)(withdrawn)
    expect(names(destroyed)).toEqual(['ContentDestroyed'])
    expect(destroys(false)(destroyed.reduce(evolve, withdrawn))).toEqual([])
  })
  test('is refused the second time, and after the publication', () => {
    const again = refusalOf(() => withdraws(LATE)(clearAnd(withdraws(LATE))))
    expect(again.text('en')).toBe('The release is withdrawn; it can no longer be withdrawn.')
    const late = refusalOf(() => withdraws(LATE)(clearAnd(publishes(LATE))))
    expect(late.text('zh')).toBe('该事项已发布，不能再撤回。')
  })
})

describe('a publication (art. 8)', () => {
  test('of what was cleared is recorded without a breach', () => {
    expect(publishes(LATE)(clear)).toEqual([
      {
        type: 'ReleasePublished',
        publishedAt: LATE,
        recordedAt: LATE,
        digest: DRAFT_1,
        whereDigest: 'where',
      },
    ])
  })
  test('is never refused: it is recorded with the breach that it shows', () => {
    const early = given(...running).after(publishes(IN_TIME))
    expect(statusOf(early)).toBe('published')
    expect(early.published?.breaches).toEqual(['not-cleared'])
  })
  test.each([
    ['before the clearance', clear, publishes(IN_TIME, { now: LATE }), ['not-cleared']],
    ['of other content', clear, publishes(LATE, { digest: DRAFT_2 }), ['other-content']],
    ['of a held release', clearAnd(secret), publishes(LATE + 1), ['held']],
    ['of a withdrawn release', clearAnd(withdraws(LATE)), publishes(LATE), ['withdrawn']],
    [
      'of another text that nobody cleared',
      given(...running).release,
      publishes(IN_TIME, { digest: DRAFT_2 }),
      ['not-cleared', 'other-content'],
    ],
    [
      'of the version before, after a revision',
      clearAnd(() => [...askedAgain]),
      publishes(LATE),
      ['not-cleared', 'other-content'],
    ],
  ] as const)('%s shows it', (_, state, publishing, expected) => {
    expect(breaches(state, publishing)).toEqual(expected)
  })
  test.each([
    ['a withdrawal', clearAnd(withdraws(LATE + HOUR))],
    ['a remark that holds', clearAnd(secret)],
    ['a reversal', clearAnd(says(HEALTH, opinion('objection', IN_TIME), { now: LATE + HOUR }))],
    ['a new version', clearAnd(() => [{ ...askedAgain[0], revisedAt: LATE + HOUR }])],
  ])('made while it was cleared is no breach by %s that came after it', (_, state) => {
    const before = publishes(LATE - 1, { now: LATE + 2 * HOUR })
    expect(breaches(clear, before)).toEqual([])
    expect(breaches(state, before)).toEqual([])
    expect(breaches(state, publishes(LATE + HOUR))).not.toEqual([])
  })
  test('made while a remark held it is a breach, though the remark was decided on since', () => {
    const freed = clearAnd(secret, decides('release_stands', { view: true }))
    expect(breaches(freed, publishes(LATE + 1, { now: LATE + 2 * HOUR }))).toEqual(['held'])
    expect(breaches(freed, publishes(LATE + HOUR))).toEqual([])
  })
  test('told twice is one', () => {
    expect(publishes(LATE)(clearAnd(publishes(LATE)))).toEqual([])
    const twice = clearAnd(publishes(LATE), publishes(LATE + 1))
    expect(publishes(LATE + 1, { now: LATE + HOUR })(twice)).toEqual([])
  })
  test.each([
    ['with other content', publishes(LATE, { digest: DRAFT_2 }), ['other-content']],
    ['at another place', publishes(LATE, { whereDigest: 'elsewhere' }), []],
    ['at another time', publishes(LATE + HOUR), []],
    ['before it was cleared', publishes(IN_TIME, { now: LATE }), ['not-cleared']],
  ] as const)('again, %s, is another fact with its own breaches', (_, again, expected) => {
    const once = clearAnd(publishes(LATE))
    const after = clearAnd(publishes(LATE), again)
    expect(names(again(once))[0]).toBe('ReleasePublished')
    expect(after.published).toEqual(once.published)
    expect(after.furtherPublications).toMatchObject([{ breaches: expected }])
  })
  test('whose first was a breach keeps it when the second is none', () => {
    const after = given(...running).after(publishes(IN_TIME), publishes(IN_TIME, { digest: 'x' }))
    expect(after.published?.breaches).toEqual(['not-cleared'])
    expect(after.furtherPublications[0]?.breaches).toEqual(['not-cleared', 'other-content'])
  })
})
