import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FolderHeld, lockFolder } from './folder-lock.js'
import { thisProcess } from './lock-holder.js'

let folder: string
const children: ChildProcess[] = []
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'huiqian-lock-'))))
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  rmSync(folder, { recursive: true, force: true })
})

const fixture = fileURLToPath(new URL('./folder-lock.fixture.ts', import.meta.url))

function contender(...more: string[]): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', fixture, folder, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const said = once(child.stdout ?? child, 'data').then(([bytes]) => String(bytes).trim())
  return { child, said }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const plant = (holder: object): void =>
  writeFileSync(
    join(folder, 'lock'),
    JSON.stringify({ ...thisProcess(), token: 'planted', ...holder }),
  )

describe('a folder', () => {
  test('is one process’s at a time, and the refusal names its pid', async () => {
    const first = contender()
    expect(await first.said).toBe('held')
    expect(() => lockFolder(folder)).toThrow(FolderHeld)
    expect(() => lockFolder(folder)).toThrow(
      `in use by process ${first.child.pid} on ${hostname()}`,
    )
  })
  test('is free again after a release, and nothing is left', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(FolderHeld)
    lock.release()
    expect(readdirSync(folder)).toEqual([])
    lockFolder(folder).release()
  })
  test('of a killed process is taken over', async () => {
    const first = contender()
    expect(await first.said).toBe('held')
    await kill(first.child)
    expect(existsSync(join(folder, 'lock'))).toBe(true)
    const lock = lockFolder(folder)
    expect(JSON.parse(readFileSync(lock.file, 'utf8'))).toMatchObject({ pid: process.pid })
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  })
  test('left by a dead process is taken over by exactly one of many who come at once', async () => {
    plant({ began: '1' }) // our own pid, but another process's beginning: it is dead
    const go = join(folder, 'go')
    const many = Array.from({ length: 6 }, () => contender(go))
    writeFileSync(go, '')
    const said = await Promise.all(many.map((each) => each.said))
    expect(said.filter((line) => line === 'held')).toHaveLength(1)
    for (const line of said.filter((each) => each !== 'held')) expect(line).toMatch(/^FolderHeld: /)
  })
})

describe('a holder', () => {
  test('with a pid that came round again is dead', () => {
    plant({ began: '1' })
    lockFolder(folder).release()
  })
  test('of an earlier boot of this host is dead', () => {
    plant({ boot: 'earlier' })
    lockFolder(folder).release()
  })
  test('that lives is alive, whoever asks', () => {
    plant({})
    expect(() => lockFolder(folder)).toThrow('stop it first')
  })
  test.each([{ space: 'pid:[1]' }, { boot: 'other', host: 'elsewhere' }])(
    'that cannot be looked at (%j) lives while it touches its lock',
    (elsewhere) => {
      plant(elsewhere)
      expect(() => lockFolder(folder)).toThrow('it cannot be looked at from here')
      const longAgo = thisProcess().now() / 1000 - 61
      utimesSync(join(folder, 'lock'), longAgo, longAgo)
      lockFolder(folder).release()
    },
  )
  test('who died while taking over is taken over in turn', () => {
    plant({ began: '1' })
    const guard = join(folder, 'lock.after-planted')
    writeFileSync(guard, JSON.stringify({ ...thisProcess(), began: '2', token: 'second' }))
    lockFolder(folder).release()
    expect(readdirSync(folder)).toEqual([])
  })
  test('who is taking over and lives is waited for by nobody: the others are refused', () => {
    plant({ began: '1' })
    const guard = join(folder, 'lock.after-planted')
    writeFileSync(guard, JSON.stringify({ ...thisProcess(), token: 'second' }))
    expect(() => lockFolder(folder)).toThrow(FolderHeld)
  })
  test('whose file is not ours is not passed over', () => {
    writeFileSync(join(folder, 'lock'), 'x')
    expect(() => lockFolder(folder)).toThrow('is no lock of ours')
  })
})
