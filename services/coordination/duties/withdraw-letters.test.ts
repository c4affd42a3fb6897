import { describe, expect, test } from 'vitest'
import { turnedClock } from '../../../shared/clock/turned-clock.js'
import { CallFailed } from '../../../shared/rpc/call-failed.js'
import type { WithdrawalRow } from '../store/withdrawals.js'
import { withdrawLetters } from './withdraw-letters.js'

const START = 1_000_000
const MINUTE = 60_000

/** The duty over a queue in memory, and a delivery that answers as told. */
function duty(answer: () => Promise<unknown>) {
  const clock = turnedClock(START)
  const queue = new Map<string, WithdrawalRow>([
    ['one', { letter_id: 'one', not_before: 0, queued_at: START }],
  ])
  const asked: unknown[] = []
  const does: (() => void)[] = []
  const statement = (act: () => void) => does.push(act)
  const { round } = withdrawLetters(
    {
      clock,
      dossier: {
        changeTogether: (_: unknown, __: unknown, decide: () => unknown) => {
          decide()
          for (const act of does.splice(0)) act()
          return Promise.resolve({})
        },
      },
      withdrawals: {
        due: (now: number) =>
          Promise.resolve([...queue.values()].filter(({ not_before }) => not_before <= now)),
        earliest: () => Promise.resolve(undefined),
        drop: ({ letter_id }: WithdrawalRow) => statement(() => queue.delete(letter_id)),
        postpone: (row: WithdrawalRow) =>
          statement(() => queue.set(row.letter_id, { ...queue.get(row.letter_id)!, ...row })),
      },
    } as unknown as Parameters<typeof withdrawLetters>[0],
    () => ({
      withdrawLetter: (request) => {
        asked.push(request)
        return answer() as never
      },
    }),
  )
  return { clock, queue, asked, round }
}
const notFound = () =>
  Promise.reject(new CallFailed(5, 'NOT_FOUND', 'house/relation', '', '', undefined, {}))

describe('a letter to be withdrawn', () => {
  test('is withdrawn under an id of its own, and then forgotten', async () => {
    const { round, asked, queue } = duty(() => Promise.resolve({}))
    expect(await round()).toBe(1)
    expect(asked).toEqual([{ letterId: 'one', requestId: 'withdraw-one' }])
    expect(queue.size).toBe(0)
  })
  test('that delivery does not have is asked for once more, for it may be on its way', async () => {
    const { round, asked, queue, clock } = duty(notFound)
    await round()
    expect(await round()).toBe(0)
    expect(queue.size).toBe(1)
    clock.turnTo(START + 2 * MINUTE)
    await round()
    expect(asked).toHaveLength(2)
    expect(queue.size).toBe(0)
  })
  test('stays due while delivery does not answer', async () => {
    const { round, queue } = duty(() => Promise.reject(new Error('unavailable')))
    await expect(round()).rejects.toThrow('unavailable')
    expect(queue.size).toBe(1)
  })
})
