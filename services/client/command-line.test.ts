// Words to commands, and failures to words: without any service.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { huiqian } from '../../tests/clients/in-process.js'
import { asked, NotUnderstood, type Command } from './command.js'
import { COMMANDS } from './commands.js'
import { affectsOf, secrecyReviewOf } from './commands/draft.js'
import { spokenOf } from './commands/negotiation.js'
import { approvalNeedOf, instructionOf } from './commands/particulars.js'
import { failureOf } from './failure.js'
import { textOf } from './files.js'
import { firstOf } from './pages.js'
import { watching } from './watching.js'

const NOW = Date.parse('2026-09-28T23:00:00Z') // the 29th in Beijing

const play = (...args: string[]) =>
  huiqian(args, {
    ...{ env: { HUIQIAN_CERTIFICATES: '/nowhere' }, folder: '/', now: () => NOW },
    mint: seededMint('words'),
  })

const command: Command = {
  words: 'thing do',
  takes: ['<thing>'],
  about: { zh: '', en: '' },
  options: {
    title: { takes: '<title>', about: { zh: '', en: '' } },
    file: { takes: '<file>', several: true, about: { zh: '', en: '' } },
    loud: { about: { zh: '', en: '' } },
  },
  run: () => Promise.resolve(),
}
const read = (...args: string[]) => asked(command, args, 'zh')

describe('words', () => {
  test('are read in any order, and may begin with a hyphen after =', () => {
    const words = read('--file', 'a', 'x', '--loud', '--file=-', '--title=--')
    expect(words.argument(0)).toBe('x')
    expect(words.list('file')).toEqual(['a', '-'])
    expect([words.flag('loud'), words.flag('json')]).toEqual([true, false])
    expect([words.text('title'), words.maybe('address')]).toEqual(['--', undefined])
  })
  test.each([[[]], [['x', 'y']], [['x', '--unknown']], [['x', '--title']], [['x', '--loud=yes']]])(
    'are not understood: %j',
    (args) => expect(() => read(...args)).toThrow(NotUnderstood),
  )
  test('may be missing or out of range', () => {
    const words = read('x', '--title', '1e3')
    expect(() => read('x').text('title')).toThrow('--title is missing')
    expect(() => words.number('title', 1)).toThrow('a whole number from 1')
    expect(() => words.oneOf('title', { a: 1 })).toThrow('one of a')
    expect(() => words.oneOf('title', { constructor: 1 })).toThrow(NotUnderstood)
    expect(read('x', '--title', 'toString').maybe('title')).toBe('toString')
    expect(() => read('x', '--title', 'toString').oneOf('title', { a: 1 })).toThrow(NotUnderstood)
    expect([words.number('limit', 7), words.oneOf('lang', {}, 'zh')]).toEqual([7, 'zh'])
  })
})

describe('the parts of a draft', () => {
  test('an affected agency, its trigger, and a reason with colons', () => {
    expect(affectsOf('市水利局:may-affect-work:见: 附件')).toEqual({
      ...{ who: '市水利局', trigger: 2, reason: '见: 附件' },
    })
    for (const wrong of ['市水利局', 'x:toString:y', ':concerns:y', 'x:Concerns:y'])
      expect(() => affectsOf(wrong)).toThrow(NotUnderstood)
  })
  test('a secrecy review, dated today in Beijing if no date is given', () => {
    expect(secrecyReviewOf('张三', NOW)).toMatchObject({ reviewedOn: '2026-09-29' })
    expect(secrecyReviewOf('张三:2026-09-01:保审:3', NOW)).toMatchObject({
      ...{ reviewer: '张三', reviewedOn: '2026-09-01', recordNumber: '保审:3' },
    })
  })
  test('a text as it stands, and nothing that is not UTF-8', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiqian-text-'))
    const place = { folder, io: { stdin: Readable.from([]) } as never }
    try {
      writeFileSync(join(folder, 'a'), ' 第一条\r\n\n')
      writeFileSync(join(folder, 'b'), Buffer.from([0xd0, 0xc2]))
      expect(await textOf(place, 'a')).toBe(' 第一条\r\n\n')
      await expect(textOf(place, 'b')).rejects.toThrow('not text in UTF-8')
      await expect(textOf(place, 'c')).rejects.toThrow('cannot read')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('what is said on one word', () => {
  test('of an agency holds colons, and lacks neither side', () => {
    const position = spokenOf('市水利局:同意: 但须注明', 'position')
    expect(position).toEqual({ who: '市水利局', words: '同意: 但须注明' })
    for (const wrong of ['市水利局', ':同意', '市水利局:', ''])
      expect(() => spokenOf(wrong, 'position')).toThrow('--position is agency:words')
  })
  test('an approval that is needed', () => {
    const need = approvalNeedOf('市政府:条例: 第五条')
    expect(need).toEqual({ organ: '市政府', basis: '条例: 第五条' })
    expect(() => approvalNeedOf('市政府')).toThrow(NotUnderstood)
  })
  test('a standing instruction', () => {
    const instruction = instructionOf('competent-authority:5')
    expect(instruction).toEqual({ to: 2, afterWorkingDays: 5, byDefault: false })
    for (const wrong of ['superior-organ', 'toString:5', 'superior-organ:x', 'superior-organ:1e3'])
      expect(() => instructionOf(wrong)).toThrow(NotUnderstood)
  })
})

describe('the command line', () => {
  test('has help in both languages for every command, with every option', async () => {
    for (const { words, options, takes } of COMMANDS)
      for (const lang of ['zh', 'en']) {
        const { code, out, err } = await play('help', ...words.split(' '), '--lang', lang)
        expect([code, err]).toEqual([0, ''])
        expect(out.startsWith(['huiqian', words, ...takes].join(' '))).toBe(true)
        for (const name of Object.keys(options)) expect(out).toContain(`--${name}`)
        expect(await play(...words.split(' '), '--help', '--lang', lang)).toMatchObject({ out })
      }
  })
  test('has one overview, and one of a group', async () => {
    const { out } = await play('help', '--lang', 'en')
    for (const { words } of COMMANDS) expect(out).toContain(words)
    const group = await play('help', 'mailbox')
    expect(group.out).toContain('mailbox sign')
    expect(group.out).not.toContain('release submit')
  })
  test('names each command once', () => {
    const all = COMMANDS.map(({ words }) => words)
    expect(new Set(all).size).toBe(all.length)
  })
  test.each([[], ['nonsense'], ['release'], ['release', 'nonsense']])(
    '%j is told what there is',
    async (...args) => {
      expect(await play(...args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('release submit') as string,
      })
    },
  )
  test.each([
    [['release', 'list'], '中没有证书。npm start 是否在运行'],
    [['release', 'list', '--as', 'x'], '没有 x 的证书'],
    [['release', 'list', '--as', '../x'], '没有 ../x 的证书'],
    [['release', 'list', '--ca', 'x'], '应一并给出'],
    [['release', 'list', '--lang', 'fr'], '--lang 应为'],
    [['release', 'publish', 'x', '--where', 'y', '--as', 'x'], '请给出 --digest'],
    [['joint', 'confirm', 'x', '--as', 'x'], '请给出 --accurate 或 --not-accurate'],
    [['joint', 'confirm', 'x', '--accurate', '--not-accurate', 'y'], '二者之一'],
    [['notify', 'set', '--as', 'x'], '请给出 --webhook 或 --email'],
    [['notify', 'set', '--webhook', 'https://x'], '缺少 --secret-file'],
    [['dispute', 'review', 'x'], '请给出 --level-bodies 或 --other'],
    [['negotiation', 'instruct', 'x', '--to', 'superior-organ'], '缺少 --after'],
    [['mailbox', 'document', 'x', '--format', 'pdf'], '缺少 --out'],
  ])('%j is not understood', async (args, words) => {
    expect(await play(...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(words) as string,
    })
  })
  test('counts days without a service', async () => {
    const asked = ['--received', '2026-09-28T10:00+08:00', '--working-days', '5']
    expect((await play('calendar', 'deadline', ...asked)).out).toContain('最后一日：2026-10-10')
    expect((await play('calendar', 'deadlines')).code).toBe(0)
  })
})

describe('a file that is not what is asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-words-'))
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const key = { id: 'k-1', secret: Buffer.alloc(32, 1).toString('base64'), made_at: '' }
  const ring = written('ring.json', JSON.stringify({ current: 'k-1', keys: [key] }))
  test.each([
    [['keys', 'list', '--file', join(folder, 'none')], 1, '不能读取（ENOENT）'],
    [['keys', 'rotate', '--file', written('cut.json', '{"current":')], 1, '不完整'],
    [['keys', 'drop', 'k-1', '--file', ring], 1, '正在使用，不能移除'],
    [['credential', 'request', join(folder, 'none'), '--uri', 'x'], 2, '不能读取'],
    [['act', 'verify', join(folder, 'none')], 2, '不能读取'],
    ...['null', '{}', 'no json', '{"form":"huiqian-signed-act-1","suite":"toString"}'].map(
      (text, nth): [string[], number, string] => [
        ['act', 'verify', written(`act-${nth}`, text)],
        ...([2, '不是 huiqian-signed-act-1'] as const),
      ],
    ),
  ])('is told in words: %j', async (words, code, said) => {
    expect(await play(...words)).toMatchObject({
      code,
      out: '',
      err: expect.stringContaining(said),
    })
  })
})

describe('a failure', () => {
  const failed = (code: number, reason: string) =>
    new CallFailed(code, reason, '协调/6.2', '不可以', 'no', 'title', {})
  const form = { language: 'zh', json: false, requestId: 'r-1' } as const
  test('is a refusal: 1', () => {
    expect(failureOf(failed(3, 'FIELD_MISSING'), form)).toEqual({
      code: 1,
      text: '未予受理：FIELD_MISSING (INVALID_ARGUMENT)，字段 title，依据 协调/6.2\n  不可以\n  no',
    })
  })
  test.each([1, 4, 13, 14])('of status %i is an unknown outcome: 3', (code) => {
    const { code: exit, text } = failureOf(failed(code, ''), form)
    expect([exit, text]).toEqual([3, expect.stringContaining('--request-id r-1')])
    const reading = failureOf(failed(code, ''), { ...form, requestId: undefined })
    expect(reading.text).not.toContain('--request-id')
  })
  test.each([
    [
      14,
      'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1',
      '连接不上服务',
      'cannot be reached',
    ],
    [
      14,
      'Last error: self-signed certificate in certificate chain',
      '证书不是同一个机构所发',
      'not of the same authority',
    ],
    [4, 'Deadline exceeded after 10s', '没有在规定时间内答复', 'did not answer in time'],
    [12, '', '状态 UNIMPLEMENTED', 'the status UNIMPLEMENTED'],
  ])('of the transport (%i %s) is told in our words, its own after them', (status, raw, zh, en) => {
    const error = new CallFailed(status, '', '', raw, raw, undefined, {})
    for (const json of [false, true]) {
      const { text } = failureOf(error, { ...form, json })
      for (const words of [zh, en, raw]) expect(text).toContain(words)
    }
  })
  test('is JSON where JSON is wanted', () => {
    const { text } = failureOf(failed(14, 'IN_DOUBT'), { ...form, json: true })
    expect(JSON.parse(text)).toMatchObject({
      ...{ error: 'IN_DOUBT', status: 'UNAVAILABLE', field: 'title', article: '协调/6.2' },
      ...{ unknownOutcome: true, requestId: 'r-1', zh: '不可以', en: 'no' },
    })
  })
})

describe('a list', () => {
  const pages = (asked: { pageSize: number; pageToken: string }) => {
    const from = Number(asked.pageToken || 0)
    const items = [...Array(2_500).keys()].slice(from, from + Math.min(asked.pageSize, 400))
    const end = from + items.length
    return Promise.resolve({ items, nextPageToken: end < 2_500 ? String(end) : '' })
  }
  test.each([
    [1, 1, '1'],
    [400, 400, '400'],
    [1_001, 1_001, '1001'],
    [9_999, 2_500, ''],
  ])('of at most %i has %i, and goes on at %j', async (limit, length, nextPageToken) => {
    const { items, nextPageToken: next } = await firstOf(limit, pages)
    expect([items.length, items.at(-1), next]).toEqual([length, length - 1, nextPageToken])
  })
})

describe('a stream', () => {
  const cut = (code: number) => new CallFailed(code, '', '', '', '', undefined, {})
  /** Yields two a time after the cursor and is cut off then, by each of the statuses in turn. */
  const source = (statuses: number[]) => {
    const opened: number[] = []
    let cursor = 0
    const open = async function* () {
      opened.push(cursor)
      for (const end = cursor + 2; cursor < end;) yield ++cursor
      await Promise.resolve()
      throw cut(statuses[opened.length - 1] ?? 3)
    }
    return { opened, open }
  }
  test('is opened again where it was cut off, until it is refused', async () => {
    const { opened, open } = source([14, 8, 13, 3])
    const seen: number[] = []
    const all = async () => {
      for await (const one of watching(open, () => Promise.resolve())) seen.push(one)
    }
    await expect(all()).rejects.toThrow('INVALID_ARGUMENT')
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(opened).toEqual([0, 2, 4, 6])
  })
  test('that gives nothing is given up in bounded time', async () => {
    let opened = 0
    const waits: number[] = []
    const open = async function* (): AsyncGenerator<number> {
      opened++
      await Promise.resolve()
      throw cut(14)
    }
    const wait = (ms: number) => Promise.resolve(void waits.push(ms))
    await expect(watching(open, wait).next()).rejects.toThrow('UNAVAILABLE')
    expect(opened).toBe(9)
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000)
  })
})
