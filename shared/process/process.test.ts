import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openLog } from './log.js'
import { parts, type Parts } from './process.js'

const silent = openLog('silent')
const fixture = fileURLToPath(new URL('./process.fixture.ts', import.meta.url))

/** Runs the fixture; signals it when it says it has started. */
async function run(misbehaviour: string, ...signals: NodeJS.Signals[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', fixture, misbehaviour])
  const told = { out: '', err: '' }
  child.stderr.on('data', (bytes: Buffer) => (told.err += bytes.toString()))
  child.stdout.on('data', (bytes: Buffer) => {
    told.out += bytes.toString()
    if (told.out.includes('started')) for (const signal of signals.splice(0)) child.kill(signal)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: told.out.trim().split('\n'), err: told.err }
}

describe('parts', () => {
  const started = async (all: Parts, order: string[], ...names: string[]): Promise<void> => {
    for (const name of names)
      await all.start(name, () =>
        Promise.resolve({ part: name, stop: () => void order.push(name) }),
      )
  }
  test('stop in reverse of their start, once', async () => {
    const order: string[] = []
    const all = parts(silent)
    await started(all, order, 'database', 'bus', 'server')
    const [first, second] = [all.stop(), all.stop()]
    expect([await first, await second]).toEqual([[], []])
    expect(order).toEqual(['server', 'bus', 'database'])
  })
  test('that hang or throw do not keep the others from stopping, and are named', async () => {
    const order: string[] = []
    const all = parts(silent, { partMs: 20 })
    await started(all, order, 'database')
    await all.start('hangs', () =>
      Promise.resolve({ part: 0, stop: () => new Promise<void>(() => {}) }),
    )
    await all.start('throws', () =>
      Promise.resolve({ part: 0, stop: () => Promise.reject(new Error('x')) }),
    )
    expect(await all.stop()).toEqual(['throws', 'hangs'])
    expect(order).toEqual(['database'])
  })
  test('are not started any more when the stop has begun', async () => {
    const all = parts(silent)
    await all.stop()
    await expect(started(all, [], 'late')).rejects.toThrow('the process is stopping')
  })
})

describe('a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('stops in order at %s', async (signal) => {
    const { code, said } = await run('', signal)
    expect(said).toEqual(['started', 'stop server', 'stop bus', 'stop database'])
    expect(code).toBe(0)
  })
  test('whose part fails to stop says so and stops the rest', async () => {
    for (const how of ['stop-throws', 'stop-hangs']) {
      const { code, said, err } = await run(how, 'SIGTERM')
      expect(said.at(-1)).toBe('stop database')
      expect(err).toContain('"component":"bus"')
      expect(err).not.toContain('CANARY')
      expect(code).toBe(1)
    }
  })
  test('stops at once at the second signal', async () => {
    const { code, said } = await run('stop-hangs', 'SIGTERM', 'SIGINT')
    expect(code).toBe(1)
    expect(said).not.toContain('stop database')
  })
  test.each(['rejects', 'throws'])(
    'that %s where nobody catches stops with code 1',
    async (how) => {
      const { code, err } = await run(how)
      expect(code).toBe(1)
      expect(err).toContain('stopped by an error that nobody caught')
      expect(err).not.toContain('CANARY')
    },
  )
  test('that cannot start says why to its operator and stops what had started', async () => {
    const { code, said, err } = await run('start-throws')
    expect(code).toBe(1)
    expect(said).toEqual(['stop bus', 'stop database'])
    expect(err).toContain('the port is taken: choose another')
  })
})
