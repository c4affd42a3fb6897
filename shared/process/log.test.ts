import { describe, expect, test } from 'vitest'
import { openLog, type Level, type Log } from './log.js'

const CANARY = '关于水库水位的草稿'

function written(write: (log: Log) => void, level: Level = 'debug'): Record<string, unknown>[] {
  const lines: string[] = []
  write(openLog(level, { write: (line) => void lines.push(line) }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('a line', () => {
  test('holds its event, its fields, the standing fields and the time; no host, no pid', () => {
    const [line] = written((log) => log.with({ service: 'directory' }).info('commit', { count: 3 }))
    expect(line).toEqual({
      level: 30,
      time: expect.any(String),
      service: 'directory',
      count: 3,
      msg: 'commit',
    })
  })
  test('below the level is not written', () => {
    expect(written((log) => log.info('started'), 'warn')).toEqual([])
  })
})

describe('content', () => {
  // Each of these gets round the types on purpose.
  const leaks: [string, (log: Log) => void][] = [
    ['in a field that is not on the list', (log) => log.info('x', { draft: CANARY } as never)],
    ['in a field that is on the list', (log) => log.info('x', { release: CANARY })],
    ['as a number', (log) => log.info('x', { count: CANARY as never })],
    ['as an object', (log) => log.info('x', { release: { text: CANARY } as never })],
    ['as the event', (log) => log.info(CANARY)],
    ['in the message of an error', (log) => log.error('x', {}, new Error(CANARY))],
    [
      'in a message that looks like a stack',
      (log) => log.error('x', {}, new Error(`a\n    at ${CANARY} (/${CANARY}.ts:1:1)`)),
    ],
    ['in a cause', (log) => log.error('x', {}, new Error('a', { cause: new Error(CANARY) }))],
    [
      'in an aggregate',
      (log) => log.error('x', {}, new AggregateError([new Error(CANARY)], CANARY)),
    ],
    [
      'in the name of an error',
      (log) => log.error('x', {}, Object.assign(new Error('a'), { name: CANARY })),
    ],
    [
      'in the code of an error',
      (log) => log.error('x', {}, Object.assign(new Error('a'), { code: CANARY })),
    ],
    ['in something thrown that is no error', (log) => log.error('x', {}, CANARY)],
    [
      'quoted by a parser',
      (log) => {
        try {
          JSON.parse(CANARY)
        } catch (error) {
          log.error('x', {}, error)
        }
      },
    ],
  ]
  test.each(leaks)('%s is withheld', (_, leak) => {
    const lines = written(leak)
    expect(lines).toHaveLength(1)
    const text = JSON.stringify(lines)
    for (const part of [CANARY, CANARY.slice(0, 4), CANARY.slice(-4)])
      expect(text).not.toContain(part)
  })
  test('is what this test would find: an id in its place is written', () => {
    expect(JSON.stringify(written((log) => log.info('x', { release: 'CANARY-1' })))).toContain(
      'CANARY-1',
    )
  })
})

describe('an error', () => {
  test('is told by name, code and place, cause by cause', () => {
    class Overtaken extends Error {
      override name = 'Overtaken'
    }
    const inner = Object.assign(new Error('secret'), { code: 'SQLITE_BUSY' })
    const [line] = written((log) =>
      log.error('commit failed', {}, new Overtaken('secret', { cause: inner })),
    )
    expect(line?.['error']).toMatchObject([
      { name: 'Overtaken' },
      { name: 'Error', code: 'SQLITE_BUSY' },
    ])
    expect(JSON.stringify(line)).toContain('shared/process/log.test.ts')
  })
  test('that is its own cause ends', () => {
    const error: Error = new Error('a')
    error.cause = error
    expect(written((log) => log.error('x', {}, error))).toHaveLength(1)
  })
})
