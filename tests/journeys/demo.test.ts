// The demo as people run it: a process of its own that starts a house, tells its story, and another in a
// house of its own, and ends with nothing left behind; and another story where the policy pack is another.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extension } from '../../services/launcher/demo/play-notice.js'
import type { Scene, SceneOf } from '../../services/launcher/demo/scene.js'
import { tell } from '../../services/launcher/demo/tell.js'
import { instrument } from '../../shared/working-days/official-calendar.fixture.js'
import { packFile } from '../office/pack-file.js'

const MAIN = fileURLToPath(new URL('../../services/launcher/demo/main.ts', import.meta.url))
const room = mkdtempSync(join(tmpdir(), 'huiqian-demo-test-'))
afterAll(() => rmSync(room, { recursive: true, force: true }))

type Ran = {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** What lies in its temporary folder afterwards. */
  readonly left: readonly string[]
  /** Processes that still speak of that folder. */
  readonly running: readonly string[]
  /** The same two, looked at while it ran: they would be seen. */
  readonly meanwhile: { readonly left: number; readonly running: number }
}

let runs = 0
async function demo(...args: string[]): Promise<Ran> {
  return demoUntil(undefined, 'signal', ...args)
}

/** Runs it; where `interrupt` is a text, a signal is sent (or the pipe closed) when it was said. */
async function demoUntil(
  interrupt: string | undefined,
  how: 'signal' | 'pipe',
  ...args: string[]
): Promise<Ran> {
  const tmp = mkdtempSync(join(room, `run-${runs++}-`))
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    env: { ...process.env, TMPDIR: tmp },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  let meanwhile = { left: 0, running: 0 }
  child.stdout.on('data', (bytes: Buffer) => {
    out.push(bytes)
    if (interrupt !== undefined && Buffer.concat(out).includes(interrupt)) {
      if (how === 'signal') child.kill('SIGINT')
      else child.stdout.destroy()
    }
    if (out.length === 1)
      meanwhile = { left: lyingIn(tmp).length, running: processesSpeakingOf(tmp).length }
  })
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    code,
    out: Buffer.concat(out).toString(),
    err: Buffer.concat(err).toString(),
    left: lyingIn(tmp),
    running: processesSpeakingOf(tmp),
    meanwhile,
  }
}

// The loader's cache is not the demo's.
const lyingIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => !name.startsWith('tsx-'))

function processesSpeakingOf(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return line.includes(text) ? [line] : []
      } catch {
        return [] // it has ended meanwhile
      }
    })
}

const scenesIn = ({ out }: Ran): Scene[] => (JSON.parse(out) as { scenes: Scene[] }).scenes

function of<K extends Scene['scene']>(scenes: readonly Scene[], kind: K): SceneOf<K>[] {
  return scenes.filter((scene): scene is SceneOf<K> => scene.scene === kind)
}

describe('the demo', { timeout: 300_000 }, () => {
  test('tells in Chinese how silence became consent, a "no" was ruled on, and a deadline moved; and leaves nothing', async () => {
    const ran = await demo()
    expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
    const ownServer = ran.out.includes('nats-server') ? 1 : 0
    expect(ran.meanwhile).toEqual({ left: 1, running: ownServer })
    for (const words of [
      '最后一日 2026-10-10 周六',
      '2026-10-01 周四 – 2026-10-07 周三  放假（国庆节），不计入，国办发明电〔2025〕7号',
      '第5个工作日，调休上班（国庆节），国办发明电〔2025〕7号',
      '清远市卫生健康局在期限内没有答复：自 2026-10-11T00:00:00+08:00 起视为同意',
      '在5个工作日内不予回复的视为同意发布。',
      '无违反情形',
      '报请上一级行政机关：清远市人民政府',
      '监察部门：清远市监察委员会（当事一方，只陈述立场）',
      '清远市监察委员会依处理意见发布，并非其同意',
      '等待联合制作机关清远市政务服务和数据管理局的沟通确认；没有期限，沉默不构成确认',
      '国办发明电〔2020〕1号：国务院办公厅关于延长2020年春节假期的通知（2020-01-27 公布）',
      '已告知清远市人力资源和社会保障局：更正通知',
    ])
      expect(ran.out).toContain(words)
  })

  describe('in JSON', () => {
    let scenes: Scene[]
    beforeAll(async () => {
      const ran = await demo('--json')
      expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
      scenes = scenesIn(ran)
    }, 300_000)

    test('tells of silence that became consent', () => {
      const [received] = of(scenes, 'received')
      expect(received).toMatchObject({
        at: '2026-09-28T10:00:00+08:00',
        period: {
          ...{ lastDay: '2026-10-10', deadline: '2026-10-11T00:00:00+08:00', provisional: false },
        },
      })
      const counted = received?.period.days.filter(({ ordinal }) => ordinal > 0)
      expect(counted?.map(({ date }) => date.slice(5))).toEqual([
        ...['09-29', '09-30', '10-08', '10-09', '10-10'],
      ])
      expect(of(scenes, 'reminder').map(({ at }) => at)).toEqual([
        '2026-10-08T09:00:00+08:00',
        '2026-10-09T09:00:00+08:00',
      ])
      expect(of(scenes, 'silence')).toMatchObject([
        { outcome: 'deemed', effectiveAt: '2026-10-11T00:00:00+08:00' },
      ])
      const cleared = of(scenes, 'clearance').find((one) => one.release === 1)
      const [submitted] = of(scenes, 'submitted')
      const [published] = of(scenes, 'published')
      expect(cleared).toMatchObject({ cleared: true, digest: submitted?.digest })
      expect(published).toMatchObject({ digest: submitted?.digest, breaches: [] })
    })

    test('tells of the objection that was negotiated, escalated, heard, ruled on, and carried out', () => {
      expect(of(scenes, 'round')).toMatchObject([
        {
          release: 2,
          positions: [{ name: '清远市人民政府办公室' }, { name: '清远市监察委员会' }],
          instruction: { to: 'superior-organ', afterWorkingDays: 10, byDefault: true },
        },
      ])
      const [dispute] = of(scenes, 'dispute')
      expect(dispute).toMatchObject({
        ...{ to: 'superior-organ', coordinator: { name: '清远市人民政府' }, rounds: 1 },
        ...{ onStandingInstruction: false, article: '协调/6.3' },
      })
      expect(dispute?.candidates.map(({ kind }) => kind)).toEqual([
        ...['superior-organ', 'competent-authority'],
      ])
      const views = of(scenes, 'view')
      expect(views.map(({ role, party }) => [role, party])).toEqual([
        ...[
          ['legal', false],
          ['secrecy', false],
          ['supervision', true], // it objects: what it gives is a position
          ['other', false],
        ],
      ])
      const [ruling] = of(scenes, 'ruling')
      expect(ruling).toMatchObject({
        disposition: 'release-with-changes',
        told: [{ name: '清远市人民政府办公室' }, { name: '清远市监察委员会' }],
      })
      const [revised] = of(scenes, 'revised')
      expect(revised).toMatchObject({
        ...{ version: 2, digest: ruling?.digest, byRulingOf: dispute?.disputeId },
      })
      expect(revised?.changes.map(({ kind }) => kind)).toEqual([
        ...['removed', 'added', 'removed', 'added'],
      ])
      const gates = of(scenes, 'clearance').filter((one) => one.release === 2)
      expect(gates.map(({ cleared, state }) => [cleared, state])).toEqual([
        ...[
          [false, 'negotiation'],
          [false, 'ruled'],
          [true, 'cleared'],
        ],
      ])
      expect(gates[1]?.gates.flatMap(({ obstacles }) => obstacles)).toMatchObject([
        { reason: 'ruled-with-changes' },
      ])
      expect(gates[2]?.digest).toBe(ruling?.digest)
    })

    test('tells of the joint release that waited for its confirmation', () => {
      expect(of(scenes, 'confirmation')).toMatchObject([
        { state: 'awaited', remindedAt: [] },
        { state: 'awaited', remindedAt: ['2026-10-27T09:00:00+08:00'] },
        { state: 'confirmed' },
      ])
      const gates = of(scenes, 'clearance').filter((one) => one.release === 3)
      expect(gates.map(({ cleared }) => cleared)).toEqual([false, true])
    })

    test('tells in a house of its own of the notice of January 2020', () => {
      expect(of(scenes, 'house').map(({ calendar }) => calendar.publishedBy)).toEqual([
        ...['2026-09-30', '2020-01-20'],
      ])
      const received = of(scenes, 'received').find((one) => one.release === 4)
      expect(received?.period).toMatchObject({ lastDay: '2020-02-01' })
      const [notice] = of(scenes, 'notice')
      expect(notice).toMatchObject({
        ...{ at: '2020-01-27T15:00:00+08:00', proposedBy: 'operator/admin' },
        moves: [
          {
            agency: { name: '清远市人力资源和社会保障局' },
            ...{ from: '2020-02-02T00:00:00+08:00', to: '2020-02-05T00:00:00+08:00' },
            ...{ lastDay: '2020-02-04', reversesDeeming: false },
          },
        ],
      })
      const [recomputed] = of(scenes, 'recomputed')
      expect(recomputed).toMatchObject({
        ...{ confirmedBy: 'operator/second', moved: 1, reversed: 0 },
        period: { lastDay: '2020-02-04' },
      })
      const told = recomputed?.told ?? []
      expect(told.map(({ name }) => name)).toEqual([
        ...['清远市人力资源和社会保障局', '清远市人民政府办公室'],
      ])
      for (const { body } of told) expect(body).toContain('2020-02-04')
    })

    test('tells how all of them ended', () => {
      const [autumn, january] = of(scenes, 'end')
      expect(autumn?.releases).toMatchObject([
        {
          state: 'published',
          consents: [{ how: 'consent' }, { how: 'not-concerned' }, { how: 'deemed' }],
        },
        { state: 'cleared', ruling: 'release-with-changes', consents: [] },
        { state: 'cleared', consents: [{ how: 'confirmed' }] },
      ])
      expect(january?.releases).toMatchObject([
        { state: 'consulting', consents: [{ how: 'awaits' }] },
      ])
    })

    test('tells what reads in English, too', () => {
      const out = scenes.flatMap((scene) => tell(scene, 'en')).join('\n')
      for (const words of [
        'the last day is 2026-10-10 Sat',
        'deemed to consent since 2026-10-11T00:00:00+08:00',
        'to the superior organ: 清远市人民政府',
        'secrecy body: 清远市国家保密局',
        'release with changes',
        'version 2, by the ruling',
        'confirmation awaited',
        'the deadline of 清远市人力资源和社会保障局 2020-02-02T00:00 → 2020-02-05T00:00',
      ])
        expect(out).toContain(words)
      expect(out).not.toMatch(/undefined|\[object/)
    })
  })

  test('moves the deadline by the notice as the calendar of the house has it', () => {
    const official = instrument('国办发明电〔2020〕1号')
    const { number, publishedOn, days } = extension()
    expect({ number, publishedOn }).toEqual({
      ...{ number: official.number, publishedOn: official.publishedOn },
    })
    expect(days.map(({ date }) => date)).toEqual(official.operations.map(({ date }) => date))
  })

  test('tells another story under another pack, without a change of code', async () => {
    const file = join(room, 'pack.json')
    writeFileSync(file, packFile({ within: 7, silence: 'none', article: '12' }))
    const ran = await demo('--json', '--pack', file)
    expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
    const scenes = scenesIn(ran)
    const [received] = of(scenes, 'received')
    expect(received?.period).toMatchObject({ lastDay: '2026-10-13', article: '试点/12' })
    expect(received?.letter.quoted).toContain('第十二条')
    expect(of(scenes, 'reminder').map(({ at }) => at.slice(5, 10))).toEqual(['10-10', '10-12'])
    expect(of(scenes, 'silence')).toMatchObject([{ outcome: 'expired', certificate: '' }])
    expect(of(scenes, 'published')).toEqual([])
    const [autumn] = of(scenes, 'end')
    expect(autumn?.releases).toMatchObject([
      { state: 'consulting' },
      { state: 'cleared' },
      { state: 'cleared' },
    ])
    expect(of(scenes, 'recomputed')[0]?.period.lastDay).toBe('2020-02-06')
  })

  test('tells in the words of the service that a pack is not made for such releases', async () => {
    const packs = new URL('../../services/coordination/pack/packs/', import.meta.url)
    const text = readFileSync(new URL('ordinance-2019-34.json', packs), 'utf8')
    const file = join(room, 'ordinance.json')
    writeFileSync(file, text.replace('"ordinance-2019-34"', '"ordinance-elsewhere"'))
    const ran = await demo('--lang', 'en', '--pack', file)
    expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
    expect(ran.out).toMatch(/\[release 1\] refused\n.*PACK_NOT_APPLICABLE/)
  })

  test('ends on a signal in the middle of its story, and leaves nothing', async () => {
    const ran = await demoUntil('书面意见', 'signal')
    expect(ran).toMatchObject({ code: 130, err: '', left: [], running: [] })
    expect(ran.out).not.toContain('结果')
  })

  test('ends when nobody reads any more, and leaves nothing', async () => {
    const ran = await demoUntil('函件送达', 'pipe')
    expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
    expect(ran.meanwhile.left).toBe(1)
  })

  test('says how it is used, and starts nothing', async () => {
    const ran = await demo('--help')
    expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
    expect(ran.out).toMatch(/--lang zh\|en.*语言/)
  })

  test('says what it does not understand, and starts nothing', async () => {
    const ran = await demo('--lang', 'fr')
    expect(ran).toMatchObject({ code: 1, out: '', left: [], running: [] })
    expect(ran.err).toContain('npm run demo')
  })
})
