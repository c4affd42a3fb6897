import { EventEmitter } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connections } from './connections.js'
import { failureOf, openTestHouse, until, words, type TestHouse } from './server.fixture.js'

describe('connections', () => {
  test('are counted for each caller, once each, until they close', () => {
    const counted = connections(2)
    const [one, two, three] = [new EventEmitter(), new EventEmitter(), new EventEmitter()]
    expect([one, two, one, three].map((each) => counted.take('a', each))).toEqual([
      ...[true, true, true, false],
    ])
    expect(counted.take('b', three)).toBe(true)
    expect(counted.size()).toEqual({ connections: 3, callers: 2 })
    one.emit('close')
    expect(counted.take('a', three)).toBe(true)
    for (const each of [two, three]) each.emit('close')
    expect(counted.size()).toEqual({ connections: 0, callers: 0 })
  })

  test('without a limit are not counted', () => {
    const counted = connections(0)
    for (let many = 0; many < 1_000; many++)
      expect(counted.take('a', new EventEmitter())).toBe(true)
    expect(counted.size()).toEqual({ connections: 0, callers: 0 })
  })
})

describe('an agency with too many connections', () => {
  let house: TestHouse
  beforeAll(async () => (house = await openTestHouse()))
  afterAll(() => house.close())

  test('is refused on the next one, in words that say so, until it closes one; others and replies are not', async () => {
    const running = await house.serve({}, { limits: { agencyConnections: 2 } })
    const [first, second, third] = [1, 2, 3].map(() => house.call(running))
    await first!.say(words('1'))
    await second!.say(words('2'))
    const failure = await failureOf(third!.say(words('3')))
    expect(failure).toMatchObject({ status: 'RESOURCE_EXHAUSTED', reason: 'TOO_MANY_CONNECTIONS' })
    expect(failure.messageZh).toContain('2')
    await first!.say(words('1'))
    for (let each = 0; each < 4; each++)
      await house.call(running, house.service).say(words('the house itself')) // is not counted
    first!.close()
    let answered = false
    await until(() => {
      third!.say(words('3')).then(
        () => (answered = true),
        () => undefined,
      )
      return answered
    }, 'the third is answered')
    const replies = await house.serve({ reply: true }, { limits: { agencyConnections: 1 } })
    for (let each = 0; each < 3; each++) await house.call(replies).say(words('a reply'))
  })
})
