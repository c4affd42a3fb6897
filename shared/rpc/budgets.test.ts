// Budgets: what is spent, what comes back with time, and that nobody spends another's.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgets } from './budgets.js'

describe('a budget', () => {
  test('is spent at once, and comes back with time', () => {
    const { take } = budgets({ perSecond: 10, burst: 3 })
    expect([take('a', 0), take('a', 0), take('a', 0)]).toEqual([0, 0, 0])
    expect(take('a', 0)).toBe(100)
    expect(take('a', 99)).toBe(1)
    expect(take('a', 100)).toBe(0)
    expect(take('a', 100)).toBe(100)
    expect([take('a', 10_000), take('a', 10_000), take('a', 10_000)]).toEqual([0, 0, 0])
    expect(take('a', 10_000)).toBe(100)
  })
  test('is each one’s own', () => {
    const { take } = budgets({ perSecond: 1, burst: 1 })
    expect([take('a', 0), take('a', 0) > 0, take('b', 0)]).toEqual([0, true, 0])
  })
  test('does not come back by a clock that goes backwards', () => {
    const { take } = budgets({ perSecond: 1, burst: 1 })
    expect(take('a', 1_000)).toBe(0)
    expect(take('a', 0)).toBeGreaterThan(0)
    expect(take('a', 1_500)).toBeGreaterThan(0)
    expect(take('a', 2_000)).toBe(0)
  })
  test('without a limit is never spent', () => {
    const { take } = budgets({ perSecond: 0, burst: 0 })
    for (let made = 0; made < 100; made++) expect(take('a', 0)).toBe(0)
  })
  test('remembers only those who spend', () => {
    const { take, size } = budgets({ perSecond: 1_000, burst: 1 })
    for (let who = 0; who < 30_000; who++) take(String(who), who * 10)
    expect(size()).toBeLessThanOrEqual(10_001)
  })
  test('lets through, in any stretch, no more than its burst and what came back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (pauses) => {
        const limits = { perSecond: 10, burst: 5 }
        const { take } = budgets(limits)
        let now = 0
        let passed = 0
        for (const pause of pauses) if (take('a', (now += pause)) === 0) passed++
        expect(passed).toBeLessThanOrEqual(limits.burst + (now / 1_000) * limits.perSecond)
      }),
    )
  })
})
