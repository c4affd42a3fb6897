import { describe, expect, test } from 'vitest'
import { LETTER_KINDS } from '../letter/letter-kind.js'
import * as hooks from './hooks.js'
import { KIND_NAMES, mailOf, webhookBody, type Told } from './message.js'
import { ATTEMPTS_MAX, decide, delayAfter, evolve, unended } from './notification.js'

const NOW = Date.parse('2026-09-28T10:00:00+08:00')

describe('the hooks of an agency', () => {
  const set = (hookId: string) =>
    ({ type: 'SetHook', hookId, kind: 'webhook', target: 'd1', now: NOW }) as const
  const given = (...ids: string[]) =>
    ids.flatMap((id) => hooks.decide(hooks.noHooks, set(id))).reduce(hooks.evolve, hooks.noHooks)

  test('are ten at most', () => {
    const ids = Array.from({ length: hooks.HOOKS_MAX }, (_, index) => `h${index}`)
    expect(hooks.decide(given(...ids.slice(1)), set('h'))).toHaveLength(1)
    expect(() => hooks.decide(given(...ids), set('h'))).toThrow('NOTIFICATION_HOOKS_TOO_MANY')
  })

  test('are removed once; one that is not there does not exist', () => {
    const remove = { type: 'RemoveHook', hookId: 'h1', now: NOW } as const
    const removed = hooks.decide(given('h1'), remove)
    expect(removed).toEqual([{ type: 'NotificationHookRemoved', hookId: 'h1', removedAt: NOW }])
    const after = removed.reduce(hooks.evolve, given('h1', 'h2'))
    expect(after.hooks.map(({ hookId }) => hookId)).toEqual(['h2'])
    expect(() => hooks.decide(after, remove)).toThrow('NOT_FOUND')
  })
})

describe('a notification', () => {
  const outcome = {
    ...{ letterId: 'l', hookId: 'h', delivered: false, attempts: 8, failure: 'timeout', now: NOW },
  }
  test('ends once, with the word of its last failure', () => {
    const { now: _, ...facts } = outcome
    const events = decide(unended, outcome)
    expect(events).toEqual([{ type: 'NotificationEnded', ...facts, endedAt: NOW }])
    expect(decide(events.reduce(evolve, unended), { ...outcome, delivered: true })).toEqual([])
  })

  test('is tried again after longer and longer times, and then no more', () => {
    const delays = Array.from({ length: ATTEMPTS_MAX }, (_, index) => delayAfter(index + 1))
    expect(delays.at(-1)).toBeUndefined()
    const waits = delays.slice(0, -1) as number[]
    waits.forEach((wait, index) => expect(wait).toBeGreaterThan(waits[index - 1] ?? 0))
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(24 * 3_600_000)
  })
})

describe('what is told', () => {
  const told: Told = {
    ...{ notificationId: 'n', letterId: 'l', kind: 'ruling', number: 3 },
    ...{ documentNumber: '清府办〔2026〕15号', receivedAt: NOW },
  }
  test('is that a letter came, and nothing of what it says', () => {
    expect(Object.keys(JSON.parse(webhookBody(told)) as object).sort()).toEqual([
      ...['documentNumber', 'kind', 'letterId', 'notificationId', 'number', 'receivedAt'],
    ])
  })

  test('has a name for every kind', () => {
    expect(Object.keys(KIND_NAMES).sort()).toEqual([...LETTER_KINDS].sort())
    const { subject, text } = mailOf(told, '2026-09-28 10:00:00')
    expect(subject).toContain('处理意见书（清府办〔2026〕15号）')
    expect(text).toContain('收文编号 3')
  })
})
