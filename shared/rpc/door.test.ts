// The door by itself: what is decided before any handler runs.
import { Metadata, status } from '@grpc/grpc-js'
import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../clock/system-clock.js'
import { answerUnary } from './answer-unary.js'
import { budgets } from './budgets.js'
import { connections } from './connections.js'
import type { Door } from './door.js'
import { LIMITS } from './server.js'

const door = (more: Partial<Door>): Door => ({
  clock: systemClock,
  realNow: systemClock.now,
  callers: {
    certificateOf: () => ({ fingerprint: '', identity: { fault: 'unreadable' } }),
    callerOf: () => ({ kind: 'operator', name: 'a' }),
  },
  connections: connections(0),
  officers: undefined,
  budgets: { replies: budgets(LIMITS.agencyCalls), others: budgets(LIMITS.agencyCalls) },
  limits: LIMITS,
  fault: ({ error }) => expect.unreachable(String(error)),
  onCall: undefined,
  onRefused: undefined,
  streams: new Set(),
  calls: new Set(),
  stopping: false,
  ...more,
})

const route = {
  method: 'a.B/C',
  row: { callers: ['operator'], on: 'anyone' } as const,
  serialize: () => Buffer.alloc(3),
}

/** Makes a call through a door; gives its status and whether the handler ran. */
function through(one: Door): Promise<{ code: status; ran: boolean }> {
  let ran = false
  const handle = () => Promise.resolve(void (ran = true))
  const call = Object.assign(new EventEmitter(), {
    ...{ request: {}, metadata: new Metadata() },
    getDeadline: () => Infinity,
  })
  return new Promise((resolve) =>
    answerUnary(
      one,
      route,
      handle,
    )(call as never, (error) =>
      resolve({ code: (error && 'code' in error ? error.code : undefined) ?? status.OK, ran }),
    ),
  )
}

describe('a call through the door', () => {
  test('is handled, and refused without its handler once the server is stopping', async () => {
    expect(await through(door({}))).toEqual({ code: status.OK, ran: true })
    expect(await through(door({ stopping: true }))).toEqual({
      code: status.UNAVAILABLE,
      ran: false,
    })
  })
  test('leaves nothing behind', async () => {
    const one = door({})
    await through(one)
    expect(one.calls.size + one.streams.size).toBe(0)
  })
  test('is answered even where a hook is broken, which is told', async () => {
    const faults: unknown[] = []
    const broken = door({
      fault: ({ error }) => faults.push(error),
      onCall: () => {
        throw new Error('broken hook')
      },
    })
    expect(await through(broken)).toEqual({ code: status.OK, ran: true })
    expect(faults).toHaveLength(1)
  })
  test('is answered and told once, though its handler goes on after the deadline', async () => {
    const told: unknown[] = []
    const answers: unknown[] = []
    let finish = (): void => {}
    const one = door({
      limits: { ...LIMITS, unaryMs: 5 },
      onCall: ({ status: each }) => told.push(each),
    })
    const slow = answerUnary(one, route, () => new Promise<void>((resolve) => (finish = resolve)))
    const call = Object.assign(new EventEmitter(), {
      ...{ request: {}, metadata: new Metadata() },
      getDeadline: () => Infinity,
    })
    await new Promise<void>((resolve) =>
      slow(call as never, (error) => {
        answers.push(error && 'code' in error ? error.code : status.OK)
        resolve()
      }),
    )
    finish()
    call.emit('cancelled')
    await new Promise((resolve) => setImmediate(resolve))
    expect([answers, told]).toEqual([[status.DEADLINE_EXCEEDED], ['DEADLINE_EXCEEDED']])
  })
  test('that a check fails to decide is not let in', async () => {
    const failing = door({
      fault: () => {},
      callers: {
        certificateOf: () => ({ fingerprint: '', identity: { fault: 'unreadable' } }),
        callerOf: () => {
          throw new Error('the list of revoked certificates is gone')
        },
      },
    })
    expect(await through(failing)).toEqual({ code: status.INTERNAL, ran: false })
  })
})
