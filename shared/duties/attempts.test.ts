import { describe, expect, test } from 'vitest'
import { tally, TOLD_APART_MAX } from './attempts.js'

const attempt = (caller: string, at: number, reason = 'NOT_FOUND') => ({
  ...{ caller, at, reason },
  method: 'huiqian.delivery.v1.MailboxService/GetLetter',
})

describe('a tally of refused calls', () => {
  test('counts by caller, call and reason, and says from when to when', () => {
    const { count, since, take } = tally()
    count(attempt('agency/a/oa', 5))
    count(attempt('agency/b/oa', 6))
    count(attempt('agency/a/oa', 9))
    count(attempt('agency/a/oa', 7, 'PAGE_TOKEN'))
    expect(since()).toBe(5)
    expect(take(2)).toMatchObject([
      { caller: 'agency/a/oa', reason: 'NOT_FOUND', count: 2, firstAt: 5, lastAt: 9 },
      { caller: 'agency/b/oa', reason: 'NOT_FOUND', count: 1, firstAt: 6, lastAt: 6 },
    ])
    expect(since()).toBe(7)
    expect(take(2)).toMatchObject([{ reason: 'PAGE_TOKEN', count: 1 }])
    expect(since()).toBeUndefined()
    expect(take(2)).toEqual([])
  })

  test('stays small under a flood of callers, and loses none of them from the count', () => {
    const { count, take } = tally()
    for (let caller = 0; caller < 100_000; caller++) count(attempt(`agency/${caller}/oa`, caller))
    const taken = take(10_000)
    expect(taken).toHaveLength(TOLD_APART_MAX + 1)
    expect(taken.at(-1)).toMatchObject({ caller: '', count: 100_000 - TOLD_APART_MAX })
    expect(taken.reduce((sum, each) => sum + each.count, 0)).toBe(100_000)
  })
})
