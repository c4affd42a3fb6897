import { describe, expect, onTestFinished, test } from 'vitest'
import { turnedClock } from '../clock/turned-clock.js'
import type { TurnedClock } from '../clock/turned-clock.js'
import type { Instant } from '../identity/identity.js'
import type { Duties, Duty } from './duties.js'
import { duties } from './duties.js'

/** A record of things that become due, and a duty that does them, some at a time. */
class Record implements Duty {
  due: Instant[] = []
  done: Instant[] = []
  rounds = 0
  asked = 0
  fault: Error | undefined
  hold: Promise<void> = Promise.resolve()

  constructor(
    private readonly clock: TurnedClock,
    readonly name = 'do-what-is-due',
    private readonly batch = 2,
  ) {}

  nextAt(): Promise<Instant | undefined> {
    this.asked += 1
    return Promise.resolve(this.due.length === 0 ? undefined : Math.min(...this.due))
  }

  async round(): Promise<number> {
    this.rounds += 1
    await this.hold
    if (this.fault !== undefined) throw this.fault
    const now = this.clock.now()
    const some = this.due.filter((at) => at <= now).slice(0, this.batch)
    this.due = this.due.filter((at) => !some.includes(at))
    this.done.push(...some)
    return some.length
  }
}

function running(list: Duty[], clock: TurnedClock, errors: string[] = [], stopMs?: number): Duties {
  const onError = (duty: string, error: unknown): void =>
    void errors.push(`${duty}: ${error instanceof Error ? error.message : String(error)}`)
  const made = duties(list, { clock, onError, ...(stopMs !== undefined && { stopMs }) })
  onTestFinished(() => made.stop())
  made.start()
  return made
}

async function until(holds: () => boolean): Promise<void> {
  const ends = performance.now() + 10_000
  while (!holds()) {
    if (performance.now() > ends) throw new Error('it did not come about')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a duty', () => {
  test('is done when the clock reaches its instant, not before', async () => {
    const clock = turnedClock(0)
    const record = new Record(clock)
    record.due = [1_000, 2_000]
    running([record], clock)
    await until(() => clock.nextWake() === 1_000)
    clock.turnTo(999)
    expect(record.rounds).toBe(0)
    clock.turnTo(1_000)
    await until(() => clock.nextWake() === 2_000)
    expect(record.done).toEqual([1_000])
    clock.turnTo(5_000)
    await until(() => record.done.length === 2)
  })

  test('with a backlog is done batch after batch, letting others in between', async () => {
    const clock = turnedClock(10_000)
    const record = new Record(clock)
    record.due = Array.from({ length: 9 }, (_, index) => index)
    let turns = 0
    const count = (): void => {
      turns += 1
      if (record.due.length > 0) setImmediate(count)
    }
    count()
    running([record], clock)
    await until(() => record.done.length === 9)
    expect(record.rounds).toBe(5)
    expect(turns).toBeGreaterThanOrEqual(4)
  })

  test('that became due earlier is armed anew by a nudge', async () => {
    const clock = turnedClock(0)
    const record = new Record(clock)
    record.due = [9_000]
    const service = running([record], clock)
    await until(() => clock.nextWake() === 9_000)
    record.due.push(500)
    service.nudge()
    await until(() => clock.nextWake() === 500)
    clock.turnTo(500)
    await until(() => record.done.includes(500))
  })

  test('asks few times about many nudges, and misses none that comes during a round', async () => {
    const clock = turnedClock(0)
    const record = new Record(clock)
    const service = running([record], clock)
    await until(() => record.asked > 0)
    const before = record.asked
    for (let nudge = 0; nudge < 1_000; nudge++) service.nudge()
    record.due = [0]
    let release = (): void => undefined
    record.hold = new Promise((resolve) => (release = resolve))
    await until(() => record.rounds === 1) // at work
    record.due.push(700)
    service.nudge()
    release()
    await until(() => clock.nextWake() === 700)
    expect(record.asked - before).toBeLessThan(10)
  })

  test('has one round at a time, whoever asks for it', async () => {
    const clock = turnedClock(10_000)
    let [at, most] = [0, 0]
    let left = 20
    const duty: Duty = {
      name: 'count',
      nextAt: () => Promise.resolve(left > 0 ? 0 : undefined),
      async round() {
        most = Math.max(most, ++at)
        await new Promise((resolve) => setImmediate(resolve))
        at -= 1
        left -= 1
        return 1
      },
    }
    const service = running([duty], clock)
    await Promise.all([service.settle(), service.settle(), service.settle()])
    expect([left, most]).toEqual([0, 1])
  })

  test('that holds back although something is due is not spun', async () => {
    const clock = turnedClock(10_000)
    let rounds = 0
    const held: Duty = {
      name: 'held',
      nextAt: () => Promise.resolve(1),
      round: () => Promise.resolve(++rounds && 0),
    }
    const service = running([held], clock)
    await service.settle()
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(rounds).toBeLessThanOrEqual(2)
  })
})

describe('a duty that fails', () => {
  test('is reported, tried again by itself, and well afterwards', async () => {
    const clock = turnedClock(10_000)
    const record = new Record(clock)
    const errors: string[] = []
    record.due = [1]
    record.fault = new RangeError('the database is away')
    const service = running([record], clock, errors)
    await until(() => errors.length > 0)
    expect(service.report()).toEqual([
      { name: 'do-what-is-due', failures: 1, lastError: 'RangeError' },
    ])
    expect(errors).toEqual(['do-what-is-due: the database is away'])
    record.fault = undefined
    await until(() => record.done.length === 1)
    await until(() => service.report()[0]?.failures === 0)
    expect(service.report()).toEqual([{ name: 'do-what-is-due', failures: 0, lastSuccess: 10_000 }])
  })

  test('does not keep the others from theirs', async () => {
    const clock = turnedClock(10_000)
    const [bad, good] = [new Record(clock, 'bad'), new Record(clock, 'good')]
    bad.due = [1]
    good.due = [1]
    bad.fault = new Error('no')
    running([bad, good], clock)
    await until(() => good.done.length === 1)
    expect(bad.done).toEqual([])
  })

  test('makes settling reject', async () => {
    const clock = turnedClock(10_000)
    const record = new Record(clock)
    record.due = [1]
    record.fault = new Error('the database is away')
    const service = running([record], clock)
    await expect(service.settle()).rejects.toThrow('the database is away')
  })
})

describe('settling', () => {
  test('does what is due at the present instant, also what one duty makes due for another', async () => {
    const clock = turnedClock(10_000)
    const [first, second] = [new Record(clock, 'first'), new Record(clock, 'second')]
    second.due = [1, 2, 3, 20_000]
    const chained: Duty = {
      name: 'second',
      nextAt: () => second.nextAt(),
      async round() {
        const done = await second.round()
        first.due.push(...second.done.slice(-done))
        return done
      },
    }
    const service = duties([first, chained], { clock, onError: () => undefined })
    onTestFinished(() => service.stop())
    expect(await service.settle()).toBe(6)
    expect([first.done, second.done, second.due]).toEqual([[1, 2, 3], [1, 2, 3], [20_000]])
    expect(await service.settle()).toBe(0)
  })

  test('counts what a wake did meanwhile, and does what that made due for another', async () => {
    const clock = turnedClock(0)
    const [first, second] = [new Record(clock, 'first'), new Record(clock, 'second')]
    second.due = [1_000]
    const chained: Duty = {
      name: 'second',
      nextAt: () => second.nextAt(),
      async round() {
        const done = await second.round()
        first.due.push(...second.done.slice(-done))
        return done
      },
    }
    const service = running([first, chained], clock)
    await until(() => clock.nextWake() === 1_000)
    let release = (): void => undefined
    second.hold = new Promise((resolve) => (release = resolve))
    clock.turnTo(1_000)
    await until(() => second.rounds === 1) // the wake is at work when the settling begins
    const settled = service.settle()
    setImmediate(release)
    expect(await settled).toBe(2)
    expect(first.done).toEqual([1_000])
  })
})

describe('stopping', () => {
  test('waits for the round at work, and nothing begins after it', async () => {
    const clock = turnedClock(10_000)
    const record = new Record(clock)
    record.due = [1, 2, 3, 4, 5]
    let release = (): void => undefined
    record.hold = new Promise((resolve) => (release = resolve))
    const service = running([record], clock)
    await until(() => record.rounds === 1)
    const stopped = service.stop()
    release()
    await stopped
    expect(record.done).toEqual([1, 2])
    service.nudge()
    clock.turnTo(20_000)
    expect(await service.settle()).toBe(0)
    expect(record.rounds).toBe(1)
    expect(clock.nextWake()).toBeUndefined()
  })

  test('of many duties gives no warning', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error): void => void warnings.push(warning)
    process.on('warning', onWarning)
    onTestFinished(() => void process.off('warning', onWarning))
    const clock = turnedClock(10_000)
    const many = [...Array(30).keys()].map((n) => ({
      name: `duty-${n}`,
      nextAt: () => Promise.resolve(undefined),
      round: () => Promise.resolve(0),
    }))
    const service = running(many, clock)
    await service.settle()
    await service.stop()
    await new Promise((resolve) => setImmediate(resolve)) // node warns in its own time
    expect(warnings).toEqual([])
  })

  test('is bounded: a round that never ends is reported and left', async () => {
    const clock = turnedClock(10_000)
    const record = new Record(clock)
    const errors: string[] = []
    record.due = [1]
    record.hold = new Promise(() => undefined)
    const service = running([record], clock, errors, 20)
    await until(() => record.rounds === 1)
    await service.stop()
    expect(errors).toEqual(['do-what-is-due: its round did not end in time'])
  })
})
