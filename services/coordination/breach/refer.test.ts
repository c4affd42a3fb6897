import { describe, expect, test } from 'vitest'
import { recordPublication } from '../release/conclude.js'
import { submits } from '../release/gates.fixture.js'
import { DRAFT_1, given, IN_TIME, qingyuan } from '../release/law.fixture.js'
import type { Release } from '../release/state.js'
import { referBreach } from './refer.js'
import type { Referral } from './referral.js'

const SUPERVISION = { agency: 'supervision', name: '监委' }
const referral: Referral = {
  ...{ referralId: 'referral-1', referredBy: 'office', by: 'agency/office/desk' },
  ...{ to: 'supervision', consequenceDigest: 'words', referredAt: IN_TIME },
}
const published = (digest: string): Release =>
  given().after(submits({}), (release) =>
    recordPublication(release, {
      ...{ publishedAt: IN_TIME, now: IN_TIME, digest, whereDigest: 'where' },
    }),
  )
const refers = (release: Release, to = 'supervision') =>
  referBreach(release, qingyuan, { ...referral, to }, [SUPERVISION])

describe('a referral', () => {
  test('puts a breach that is on record to the supervision body, as often as somebody does', () => {
    const breached = published('another text')
    expect(refers(breached)).toMatchObject([{ type: 'BreachReferred', to: 'supervision' }])
    const once = given().after(
      () => [],
      () => refers(breached),
    )
    expect(once.referrals).toHaveLength(1)
  })
  test('of what shows no breach, or is not published, is refused', () => {
    expect(() => refers(published(DRAFT_1))).toThrow('NO_BREACH_ON_RECORD')
    expect(() => refers(given().after(submits({})))).toThrow('NO_BREACH_ON_RECORD')
  })
  test('to anybody else is refused, and those who may be told are named', () => {
    const act = () => refers(published('another text'), 'finance')
    expect(act).toThrow(expect.objectContaining({ reason: 'REFERRAL_ADDRESSEE' }) as Error)
  })
})
