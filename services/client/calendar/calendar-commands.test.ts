// The calendar's two commands, over streams as a shell would give them.
import { Readable, Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { seededMint } from '../../../shared/identity/seeded-mint.js'
import { vectors } from '../../../shared/working-days/official-calendar.fixture.js'
import { run as client } from '../client.js'
import type { Io } from '../io.js'
import { run as deadlines } from './deadlines.js'

/** A writer that holds little, so that whoever writes much has to wait for it. */
class Slow extends Writable {
  text = ''
  constructor() {
    super({ highWaterMark: 64, decodeStrings: false })
  }
  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk
    setImmediate(done)
  }
}

/** The one command as the client runs it. */
const deadline = (args: string[], io: Io): Promise<number> =>
  client(['calendar', 'deadline', ...args], {
    ...{ io, env: {}, folder: '.', now: () => 0, mint: seededMint('calendar') },
  })

async function play(command: typeof deadlines, args: string[], input: Iterable<string> = []) {
  const [stdout, stderr] = [new Slow(), new Slow()]
  const code = await command(args, { stdin: Readable.from(input), stdout, stderr })
  await Promise.all([stdout, stderr].map((out) => new Promise((done) => out.end(() => done(0)))))
  return { code, out: stdout.text, err: stderr.text }
}

const lines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

describe('calendar deadlines', () => {
  test('answers every public vector, line by line, in order', async () => {
    const all = [...vectors.cases, ...vectors.provisionalCases]
    const { code, out } = await play(
      deadlines,
      [],
      all.map((one) => `${JSON.stringify(one)}\r\n`),
    )
    expect(code).toBe(0)
    expect(lines(out)).toEqual(
      all.map(({ id, lastDay, deadline, counted, provisional = false }) => ({
        ...{ id, lastDay, deadline, counted, provisional },
      })),
    )
  })
  test('writes exactly the fields that are promised, in their order', async () => {
    const line = '{"id":7,"receivedAt":"2026-09-30T09:00:00+08:00","workingDays":1}\n'
    const { out } = await play(deadlines, [], [line])
    expect(out).toBe(
      '{"id":7,"lastDay":"2026-10-08","deadline":"2026-10-08T16:00:00Z","counted":["2026-10-08"],"provisional":false}\n',
    )
  })
  test.each([
    ['not json', null, 'MALFORMED_LINE'],
    ['[1]', null, 'MALFORMED_LINE'],
    ['null', null, 'MALFORMED_LINE'],
    ['{"id":"a"', null, 'MALFORMED_LINE'],
    ['{"receivedAt":"2026-06-01T09:30+08:00","workingDays":5}', null, 'FIELD_MISSING'],
    ['{"id":"a","workingDays":5}', 'a', 'FIELD_MISSING'],
    ['{"id":"a","receivedAt":"2026-06-01T09:30+08:00"}', 'a', 'FIELD_MISSING'],
    ['{"id":"a","receivedAt":"2026-06-01T09:30","workingDays":5}', 'a', 'INSTANT_MALFORMED'],
    ['{"id":"a","receivedAt":5,"workingDays":5}', 'a', 'INSTANT_MALFORMED'],
    ['{"id":"a","receivedAt":"2026-06-01T09:30Z","workingDays":0}', 'a', 'PERIOD_LENGTH'],
    ['{"id":"a","receivedAt":"2026-06-01T09:30Z","workingDays":"5"}', 'a', 'PERIOD_LENGTH'],
    ['{"id":"a","receivedAt":"2026-06-01T09:30Z","workingDays":1e9}', 'a', 'PERIOD_LENGTH'],
    ['{"id":"a","receivedAt":"2028-06-01T09:30Z","workingDays":5}', 'a', 'CALENDAR_YEAR_ABSENT'],
    ['{"id":1,"receivedAt":"2026-06-01T09:30Z","workingDays":5,"asOf":"x"}', 1, 'DATE_MALFORMED'],
    ['{"id":1,"receivedAt":"2026-06-01T09:30Z","workingDays":5,"region":"X"}', 1, 'REGION_UNKNOWN'],
    ['{"id":1,"receivedAt":"2026-06-01T09:30Z","workingDays":5,"region":[]}', 1, 'REGION_UNKNOWN'],
  ])('answers %s with a stable code, and goes on', async (line, id, error) => {
    const good = '{"id":"z","receivedAt":"2026-06-01T09:30+08:00","workingDays":5}'
    const { code, out } = await play(deadlines, [], [`${line}\n\n${good}`])
    expect([code, ...lines(out)]).toEqual([
      0,
      { id, error },
      expect.objectContaining({ id: 'z', lastDay: '2026-06-08' }),
    ])
  })
  test('takes lines as they come, cut anywhere', async () => {
    const line = '{"id":"é会签","receivedAt":"2026-06-01T09:30+08:00","workingDays":5}\n'
    const { out } = await play(deadlines, [], [...line.repeat(50)])
    expect(lines(out)).toHaveLength(50)
  })
  test('takes no words', async () => {
    expect((await play(deadlines, ['--fast'])).code).toBe(2)
    expect((await play(deadlines, ['--help'])).code).toBe(0)
  })
})

describe('calendar deadline', () => {
  const asked = ['--received', '2026-09-28T10:00+08:00', '--working-days', '5']
  test('tells it day by day in Chinese', async () => {
    const { code, out } = await play(deadline, asked)
    expect(code).toBe(0)
    expect(out).toContain('收到：2026-09-28 10:00:00（北京时间）')
    expect(out).toContain('2026-10-10 周六  第5日  调休上班（国庆节，国办发明电〔2025〕7号）')
    expect(out).toContain('截止：2026-10-10 24:00（北京时间），即 2026-10-10T16:00:00Z')
    expect(out).not.toMatch(/暂定|待定/)
  })
  test('tells it in English', async () => {
    const { out } = await play(deadline, [...asked, '--lang', 'en'])
    expect(out).toContain('Deadline: 2026-10-10 24:00 (Beijing), which is 2026-10-10T16:00:00Z')
  })
  test('tells it as JSON', async () => {
    const { out } = await play(deadline, [...asked, '--json'])
    expect(JSON.parse(out)).toMatchObject({
      ...{ receivedOn: '2026-09-28', lastDay: '2026-10-10', deadline: '2026-10-10T16:00:00Z' },
      ...{ workingDays: 5, region: 'CN', asOf: null, provisional: false, awaitsNotice: null },
      counted: ['2026-09-29', '2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10'],
      instruments: ['国办发明电〔2025〕7号'],
    })
  })
  test('says what is provisional and what waits for a notice', async () => {
    const { out } = await play(deadline, [
      ...['--received', '2026-12-28T09:00+08:00', '--working-days', '5'],
    ])
    expect(out).toMatch(/暂定：2027 年/)
    expect(out).toMatch(/待定：.*2027 年/)
  })
  test('answers as of a date, and for a region', async () => {
    const spring = ['--received', '2020-01-20T08:00+08:00', '--working-days', '5']
    const known = await play(deadline, [...spring, '--as-of', '2020-01-26'])
    expect(known.out).toContain('最后一日：2020-02-01')
    const region = ['--received', '2017-03-29T08:00+08:00', '--working-days', '3']
    expect((await play(deadline, [...region, '--region', '450100'])).out).toContain('2017-04-07')
  })
  test('refuses with a code and words, in either form', async () => {
    const late = ['--received', '2029-01-20T08:00+08:00', '--working-days', '5']
    const text = await play(deadline, [...late, '--lang', 'en'])
    expect(text).toMatchObject({ code: 1, out: '' })
    expect(text.err).toMatch(/^Refused: CALENDAR_YEAR_ABSENT, field .*, by .*\n.*2029.*\n.*2029/)
    const json = await play(deadline, [...late, '--json'])
    expect(json.out).toBe('')
    expect([json.code, JSON.parse(json.err)]).toMatchObject([
      1,
      {
        error: 'CALENDAR_YEAR_ABSENT',
        article: expect.stringMatching(/./) as string,
        zh: expect.stringContaining('2029') as string,
        en: expect.stringContaining('2029') as string,
      },
    ])
  })
  test.each([
    [[], '缺少 --received'],
    [['--received', '2026-09-28T10:00+08:00'], '缺少 --working-days'],
    [[...asked.slice(0, 3), 'five'], '--working-days 应为不小于 1 的整数'],
    [[...asked, '--lang', 'fr'], '--lang 应为 zh|en'],
    [[...asked, '--what'], '--what'],
    [[...asked, 'now'], '多余的词：now'],
  ])('%j is not understood, says why, and how it is used', async (args, why) => {
    const { code, out, err } = await play(deadline, args)
    expect([code, out]).toEqual([2, ''])
    expect(err.split('\n')[0]).toContain(why)
    expect(err).toContain('huiqian calendar deadline')
  })
})
