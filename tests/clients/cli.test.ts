// The command line client in a process of its own against the launched house: the main job, what is
// refused, what is unknown, and what is watched.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ConsultationState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { startChild } from './child.js'
import { holdingProxy } from './holding-proxy.js'
import { HUIQIAN, openShell, type Shell } from './shell.js'

const WATER = '市水利局'
const HEALTH = '市卫生健康局'
const TEXT = '第一条 各水库每日八时公布水位。\n'

let shell: Shell
beforeAll(async () => (shell = await openShell('2026-09-28', [WATER, HEALTH])))
afterAll(() => shell[Symbol.asyncDispose]())

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(shell.folder, name)
  writeFileSync(path, content)
  return path
}
const drafted = (...more: string[]): string[] => [
  ...['release', 'submit', '--title', '水库水位', '--text-file', file('draft.txt', TEXT)],
  ...['--affects', `${HEALTH}:concerns:涉及其职责`, '--origin', 'made', '--attribute', 'active'],
  ...['--secrecy-review', '审查员:2026-09-27', ...more],
]
type Told = { releaseId: string; draftDigest: string; consultations: { consultationId: string }[] }

/** A release on its way: its ids, and that of the one consultation. */
async function submitted(...more: string[]) {
  const release = (await shell.json(WATER, ...drafted(...more))) as Told
  await shell.office.settles()
  return { ...release, consultationId: release.consultations[0]?.consultationId ?? '' }
}

describe('the main job', () => {
  test('goes from the draft to its publication', async () => {
    const attachment = file('表.bin', Buffer.alloc(600_000, 7))
    const { releaseId, consultationId, draftDigest } = await submitted('--attachment', attachment)

    const inbox = await shell.run(HEALTH, 'mailbox', 'list')
    expect(inbox.out).toMatch(/征求意见函 {2}清远市水利局（\w{18}）/)
    const [, letter = ''] = /([0-9a-f-]{36})$/m.exec(inbox.out) ?? []
    const shown = await shell.run(HEALTH, 'mailbox', 'show', letter)
    expect(shown.out).toContain(TEXT.trim())
    expect(shown.out).toContain(draftDigest)
    expect(shown.out).toContain('表.bin  600000')
    const signed = await shell.run(HEALTH, 'mailbox', 'sign', letter, '--by', '收发室')
    expect(signed.out).toContain('已签收（收发室）')

    const explained = await shell.run(HEALTH, 'consultation', 'explain', consultationId)
    expect(explained.out).toContain('2026-10-10 24:00（北京时间）')
    expect(explained.out).toMatch(
      /2026-10-10 {2}周六 {2}第5日 .*调休上班（.*国办发明电〔2025〕7号）/,
    )
    expect(explained.out).toContain('第六条第二款')

    const before = await shell.run(WATER, 'release', 'explain', releaseId)
    expect(before.out).toMatch(/^尚不可以发布[^]*［闭］ 征求意见[^]*opinion-awaited/)
    const given = await shell.run(HEALTH, 'opinion', 'give', consultationId, '--kind', 'consent')
    expect(given.out).toMatch(/^同意：按期收到\n/)
    expect(given.out).toContain(`所答复的稿件：${draftDigest}`)
    await shell.office.settles()
    const after = await shell.run(WATER, 'release', 'explain', releaseId, '--lang', 'en')
    expect(after.out).toContain(`Cleared: the draft ${draftDigest}`)

    const published = await shell.run(
      WATER,
      ...['release', 'publish', releaseId, '--where', '门户网站', '--as-cleared'],
      ...['--at', '2026-09-28T10:00+08:00'],
    )
    expect(published).toMatchObject({ code: 0, err: '' })
    expect(published.out).toMatch(/发布：2026-09-28 10:00:00 {2}门户网站$/m)
    expect(published.out).not.toContain('不符')
  }, 120_000)

  test('lists, shows and withdraws', async () => {
    const { releaseId } = await submitted()
    const list = await shell.json(WATER, 'release', 'list', '--state', 'consulting')
    expect(list).toMatchObject({
      releases: expect.arrayContaining([expect.objectContaining({ releaseId })]) as unknown,
    })
    expect((await shell.run(WATER, 'release', 'show', releaseId, '--full')).out).toContain(
      TEXT.trim(),
    )
    const gone = await shell.run(WATER, 'release', 'withdraw', releaseId, '--reason', '数据有误')
    expect(gone.out).toContain('状态：已撤回')
  }, 120_000)
})

describe('the directory', () => {
  test('is listed in pages, by name, and says who coordinates', async () => {
    const all = (await shell.json('admin', 'agency', 'list', '--limit', '1000')) as {
      agencies: { creditCode: string }[]
    }
    expect(new Set(all.agencies.map(({ creditCode }) => creditCode)).size).toBeGreaterThan(90)
    const some = await shell.run(
      'admin',
      'agency',
      'list',
      '--name',
      '水利',
      '--level',
      'prefecture',
    )
    expect(some.out).toMatch(/^\w{18} {2}清远市水利局 {2}地级市/)
    const who = await shell.run('admin', 'agency', 'coordinators', WATER, '--party', HEALTH)
    expect(who.out).toMatch(/^上一级行政机关 {2}清远市人民政府/)
  }, 120_000)

  test('is imported from a file, first as a preview', async () => {
    const all = (await shell.json('admin', 'agency', 'list', '--name', '水利')) as {
      agencies: { name: string; version?: number }[]
    }
    const changed = all.agencies.map(({ version: _, ...agency }, index) =>
      index === 0 ? { ...agency, documentPrefix: '新' } : agency,
    )
    const path = file('agencies.json', JSON.stringify(changed))
    const preview = await shell.run('admin', 'agency', 'import', path, '--preview')
    expect(preview.out).toContain('预览')
    expect(preview.out).toMatch(/^更改 1$/m)
    expect((await shell.run('admin', 'agency', 'import', path)).out).toMatch(/^更改 1$/m)
    expect((await shell.run('admin', 'agency', 'import', path)).out).toMatch(/^更改 0$/m)
  }, 120_000)

  test('is not imported by an agency', async () => {
    const path = file('none.json', '[]')
    const { code, err } = await shell.run(WATER, 'agency', 'import', path)
    expect([code, err]).toEqual([1, expect.stringContaining('CALL_NOT_PERMITTED')])
  })
})

describe('what is not answered', () => {
  test('is refused with its reason, field and article in both languages: 1', async () => {
    const { code, out, err } = await shell.run(
      WATER,
      ...drafted('--draft-digest', 'x').slice(0, -2),
      '--affects',
      `${WATER}:concerns:自己`,
    )
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^未予受理：CONSULTING_ONESELF \(INVALID_ARGUMENT\)，字段 affected\[1\]/)
    expect(err).toMatch(/不能向拟发布机关自己征求意见[^]*does not consult itself/)
  })
  test('is told as JSON, too', async () => {
    const unknown = '01999b2a-1c00-7000-8000-000000000001'
    const { code, err } = await shell.run(HEALTH, 'consultation', 'show', unknown, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(err)).toMatchObject({ error: 'NOT_FOUND', article: 'house/relation' })
  })
  test('is not understood: 2, with how it is used', async () => {
    const { code, err } = await shell.run(HEALTH, 'opinion', 'give', 'x', '--kind', 'maybe')
    expect(code).toBe(2)
    expect(err).toMatch(/^--kind 应为 consent\|[^]*huiqian opinion give <consultation>/)
    const nobody = await shell.run('nobody', 'release', 'list', '--lang', 'en')
    expect(nobody).toMatchObject({ code: 2, out: '' })
    expect(nobody.err).toMatch(/^there is no certificate of nobody/)
  })
  test('has nobody to answer it: 3, with the id to ask again with', async () => {
    const words = ['release', 'withdraw', 'x', '--reason', 'y', '--request-id', 'once-more']
    const code = shell.office.codeOf(WATER)
    const ran = await shell.run(code, ...words, '--address', '127.0.0.1:1')
    expect(ran).toMatchObject({ code: 3, out: '' })
    expect(ran.err).toContain('--request-id once-more')
  }, 120_000)
})

test('an answer that is lost is asked for again by itself, and the opinion is given once', async () => {
  const { consultationId, draftDigest, releaseId } = await submitted()
  await using wire = await holdingProxy(shell.office.premises.addressOf('coordination'))
  const reasons = `涉及防汛调度。${'详'.repeat(10_000)}` // so long that the wire knows it when it sees it
  const path = file('reasons.txt', reasons)
  wire.hold(20_000)
  const code = shell.office.codeOf(HEALTH)
  await using child = shell.start(
    ...[code, 'opinion', 'give', consultationId, '--kind', 'objection', '--reasons-file', path],
    ...['--draft-digest', draftDigest, '--json', '--address', wire.address],
  )
  const seen = () => shell.office.as(HEALTH).consultationOn({ releaseId })
  await expect
    .poll(async () => (await seen()).state, { timeout: 20_000 })
    .toBe(ConsultationState.ANSWERED)
  const { dossierVersion } = await shell.office.as(WATER).sees({ releaseId })
  wire.cut()
  expect(await child.ended).toEqual({ code: 0, stderr: '' })
  expect(wire.connections()).toBe(2)
  expect((await shell.office.as(WATER).sees({ releaseId })).dossierVersion).toBe(dossierVersion)
}, 120_000)

test('a mailbox that is watched goes on where its connection was cut', async () => {
  await using wire = await holdingProxy(shell.office.premises.addressOf('delivery'))
  const entries = await shell.office.as(HEALTH).entries()
  const last = String(entries.at(-1)?.number ?? 0)
  const code = shell.office.codeOf(HEALTH)
  const words = ['mailbox', 'watch', '--after', last, '--count', '2', '--json']
  await using child = shell.start(code, ...words, '--address', wire.address)
  const first = await submitted()
  const told = async () => JSON.parse((await child.line()) ?? '{}') as unknown
  expect(await told()).toMatchObject({ releaseId: first.releaseId, number: Number(last) + 1 })
  wire.cut()
  const second = await submitted()
  expect(await told()).toMatchObject({ releaseId: second.releaseId, number: Number(last) + 2 })
  expect(await child.ended).toEqual({ code: 0, stderr: '' })
  expect(wire.connections()).toBe(2)
}, 120_000)

test('a release that is watched is told as it stands and as it changes', async () => {
  const { releaseId, consultationId } = await submitted()
  await using child = shell.start(WATER, 'release', 'watch', releaseId, '--count', '2', '--json')
  const told = async () => JSON.parse((await child.line()) ?? '{}') as unknown
  expect(await told()).toMatchObject({ releaseId, state: 'RELEASE_STATE_CONSULTING' })
  await shell.run(HEALTH, 'opinion', 'give', consultationId, '--kind', 'not-concerned')
  expect(await told()).toMatchObject({ releaseId, state: 'RELEASE_STATE_CLEARED' })
  expect((await child.ended).code).toBe(0)
}, 120_000)

test('a reader who has seen enough is no error', async () => {
  const own = ['agency', 'list', '--limit', '1000', '--json', '--as', 'admin', ...shell.where]
  const line = [...HUIQIAN, ...own].map((word) => `'${word}'`).join(' ')
  // The reader is gone before anything is written.
  await using child = startChild('bash', ['-c', `set -o pipefail; ${line} | true`])
  expect(await child.ended).toEqual({ code: 0, stderr: '' })
})

test('the clock is looked at and confirmed by two operators', async () => {
  const { office } = shell
  expect((await shell.run('admin', 'clock', 'show')).out).toMatch(/没有疑问$/)
  await office.premises.slip(3_600_000)
  await office.settles()
  expect((await shell.run('admin', 'clock', 'show')).out).toContain('存疑：')
  const confirm = ['clock', 'confirm', '--reason', '已与授时中心核对']
  expect((await shell.run('admin', ...confirm)).out).toContain('待另一名运行人员')
  expect((await shell.run('admin', 'clock', 'show')).out).toContain('存疑：')
  const confirmed = await shell.run('second', ...confirm)
  expect(confirmed.out).toContain('已解除：')
  expect((await shell.run('admin', 'clock', 'show')).out).toMatch(/没有疑问$/)
}, 120_000)

test('the policy packs are those of the vectors', async () => {
  const vectors = new URL('../../proto/digest-vectors.json', import.meta.url)
  const { packs } = JSON.parse(readFileSync(vectors, 'utf8')) as {
    packs: { pack: string; sha256: string }[]
  }
  expect(await shell.json(WATER, 'pack', 'list')).toMatchObject({
    defaultPack: 'qingyuan-2011@1',
    packs: packs.map(({ pack, sha256 }) => ({ packId: pack.split('@')[0], digest: sha256 })),
  })
})

test('two packs are compared on one case', async () => {
  const asked = ['pack', 'compare', 'qingyuan-2011', 'common-superior'] as const
  const { out } = await shell.run(WATER, ...asked, '--received', '2026-09-28T10:00+08:00')
  expect(out).toContain('qingyuan-2011@1  ↔  common-superior@1')
  expect(out).toContain('2026-10-10')
  expect(out).toContain('2026-10-23')
  expect(out).toContain('共同上一级行政机关或同级政府信息公开工作主管部门')
  expect(out).not.toContain('视为同意') // in this they do not differ
  const unknown = await shell.run(WATER, 'pack', 'compare', 'qingyuan-2011', 'nowhere')
  expect(unknown.err).toContain('PACK_UNKNOWN')
})
