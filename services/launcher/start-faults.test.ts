// What standard error says when `npm start` cannot start for an ordinary reason: in words, in both
// languages, with the setting to change, before the line of the log.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../shared/clock/system-clock.js'
import { systemMint } from '../../shared/identity/system-mint.js'
import { openLog } from '../../shared/process/log.js'
import { runProcess, type Host, type Parts } from '../../shared/process/process.js'
import { readConfig } from './config.js'
import { openHouse } from './house.js'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const PACK = fileURLToPath(
  new URL('../coordination/pack/packs/qingyuan-2011.json', import.meta.url),
)

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'huiqian-start-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const settings = (env: Record<string, string>) => ({
  ...{ HUIQIAN_DATA: folder(), HUIQIAN_ADDRESS: '127.0.0.1:0', HUIQIAN_METRICS: 'off' },
  ...{ HUIQIAN_BUS: 'in-process', HUIQIAN_LOG: 'silent', ...env },
})

/** What a start that fails writes to standard error: as `npm start` does, but in this process. */
async function saidBy(env: Record<string, string>): Promise<string> {
  const { house, level } = readConfig(settings(env))
  const log = openLog(level)
  const said: string[] = []
  const codes: unknown[] = []
  const host = {
    on: () => host,
    exit: (code: unknown) => void codes.push(code),
    stderr: { write: (text: string) => said.push(text) },
  } as unknown as Host
  const outside = { clock: systemClock, mint: systemMint(), log, onFatal: () => undefined }
  const start = async (parts: Parts): Promise<void> => void (await openHouse(house, outside, parts))
  await runProcess(log, start, { host })
  expect(codes, said.join('')).toEqual([1])
  return said.join('')
}

async function takenPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function packIn(room: string, change: (pack: Record<string, unknown>) => void): string {
  const pack = JSON.parse(readFileSync(PACK, 'utf8')) as Record<string, unknown>
  change(pack)
  const file = join(room, 'pack.json')
  writeFileSync(file, JSON.stringify(pack))
  return file
}

describe('npm start', { timeout: 120_000 }, () => {
  test('that fails writes its words before the line of the log, and ends with 1', async () => {
    const address = await takenPort()
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
      env: {
        PATH: process.env['PATH'],
        ...settings({ HUIQIAN_METRICS: address, HUIQIAN_LOG: 'info' }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const err: Buffer[] = []
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes))
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
    expect(Buffer.concat(err).toString()).toMatch(
      new RegExp(`^不能在 ${address} 监听.*HUIQIAN_METRICS.*\ncannot listen on ${address}.*\n{`),
    )
  })
})

describe('a start that fails says', () => {
  test.each(['HUIQIAN_ADDRESS', 'HUIQIAN_METRICS'])(
    'which address is taken, and that %s names it',
    async (variable) => {
      const address = await takenPort()
      const said = await saidBy({ [variable]: address })
      expect(said).toMatch(new RegExp(`不能在 ${address} 监听：该端口已被占用.*${variable}`))
      expect(said).toMatch(
        new RegExp(`cannot listen on ${address}: the port is in use.*${variable}`),
      )
    },
  )

  test('which PostgreSQL cannot be reached, without its password', async () => {
    const address = await takenPort().then((port) => port.replace(/\d+$/, '1'))
    const said = await saidBy({ HUIQIAN_DATABASE: `postgres://user:geheim@${address}/huiqian` })
    expect(said).toContain(`不能打开 PostgreSQL 数据库 ${address}/huiqian`)
    expect(said).toMatch(/cannot open the PostgreSQL database .*ECONNREFUSED/)
    expect(said).toContain('HUIQIAN_DATABASE')
    expect(said).not.toContain('geheim')
  })

  test('which database file cannot be used', async () => {
    const data = folder()
    writeFileSync(join(data, 'directory.sqlite'), 'this is no database, whatever its name says')
    const said = await saidBy({ HUIQIAN_DATA: data })
    expect(said).toContain(`cannot open the database file ${data}/directory.sqlite`)
    expect(said).toContain('HUIQIAN_DATA')
  })

  test('which file of a policy pack is missing, or is no JSON', async () => {
    expect(await saidBy({ HUIQIAN_PACKS: '/nowhere.json' })).toMatch(
      /HUIQIAN_PACKS：规则包文件 \/nowhere\.json 不能读取（ENOENT）[^]*HUIQIAN_PACKS: the policy pack file \/nowhere\.json cannot be read \(ENOENT\)/,
    )
    const room = folder()
    mkdirSync(join(room, 'packs'))
    writeFileSync(join(room, 'packs', 'bad.json'), '{"id": 保密')
    const said = await saidBy({ HUIQIAN_PACKS: join(room, 'packs', 'bad.json') })
    expect(said).toContain('that it is JSON')
    expect(said).not.toContain('保密')
  })

  test('every fault of a policy pack', async () => {
    const file = packIn(folder(), (pack) => {
      pack['id'] = 'faulty'
      delete pack['version']
      pack['articles'] = []
    })
    const said = await saidBy({ HUIQIAN_PACKS: file })
    expect(said).toContain(`规则包 ${file} 不能使用`)
    expect(said).toContain('version')
    expect(said.split('\n').length).toBeGreaterThan(2)
  })

  test('that a pack which was used may not change', async () => {
    const file = packIn(folder(), (pack) => (pack['title'] = '另一个名称'))
    expect(await saidBy({ HUIQIAN_PACKS: file })).toMatch(/differs from the one on record.*version/)
  })

  test('which default pack is not known, and which are', async () => {
    const said = await saidBy({ HUIQIAN_DEFAULT_PACK: 'nope' })
    expect(said).toMatch(/HUIQIAN_DEFAULT_PACK：没有名为 nope 的规则包.*qingyuan-2011@1/)
    expect(said).toMatch(/HUIQIAN_DEFAULT_PACK: there is no policy pack nope.*HUIQIAN_PACKS/)
  })
})
