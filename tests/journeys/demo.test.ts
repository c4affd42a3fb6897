// The demo as people run it: a process of its own that starts a house, tells its story and ends, with
// nothing left behind; and another story where the policy pack is another.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { Scene, SceneOf } from '../../services/launcher/demo/scene.js'
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

describe('the demo', { timeout: 120_000 }, () => {
  test('tells in Chinese how silence became consent, and leaves nothing', async () => {
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
      '协商中',
    ])
      expect(ran.out).toContain(words)
  })

  test('tells the same in JSON', async () => {
    const ran = await demo('--json')
    expect(ran).toMatchObject({ code: 0, err: '', left: [], running: [] })
    const scenes = scenesIn(ran)
    const [received] = of(scenes, 'received')
    expect(received).toMatchObject({
      at: '2026-09-28T10:00:00+08:00',
      period: { lastDay: '2026-10-10', deadline: '2026-10-11T00:00:00+08:00', provisional: false },
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
    const [, cleared] = of(scenes, 'clearance')
    const [submitted] = of(scenes, 'submitted')
    const [published] = of(scenes, 'published')
    expect(cleared).toMatchObject({ cleared: true, digest: submitted?.digest })
    expect(published).toMatchObject({ digest: submitted?.digest, breaches: [] })
    expect(of(scenes, 'end')[0]?.releases).toMatchObject([
      {
        state: 'published',
        consents: [{ how: 'consent' }, { how: 'not-concerned' }, { how: 'deemed' }],
      },
      { state: 'negotiation', consents: [{ how: 'objection' }] },
    ])
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
    expect(of(scenes, 'end')[0]?.releases[0]).toMatchObject({ state: 'consulting' })
  })

  test('tells in English with --lang en', async () => {
    const { code, out } = await demo('--lang', 'en')
    expect(code).toBe(0)
    expect(out).toContain('the last day is 2026-10-10 Sat')
    expect(out).toContain('deemed to consent since 2026-10-11T00:00:00+08:00')
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
