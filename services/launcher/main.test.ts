// `npm start` as a process: it greets, can be used by what it printed, and stops on a signal.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const CLIENT = fileURLToPath(new URL('../client/main.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** An agency that somebody registers: no sample. */
const OWN = {
  creditCode: '11440000QY000002XH',
  name: '某省人民政府',
  level: 'LEVEL_PROVINCE',
  region: '440000',
  kind: 'AGENCY_KIND_ORGAN',
  leadership: 'LEADERSHIP_LOCAL',
  mailbox: { address: '11440000QY000002XH', designatedAt: '2026-01-01T00:00:00+08:00' },
}

const folders: string[] = []
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'huiqian-main-'))
  folders.push(made)
  return made
}

type Process = { child: ChildProcess; out(): string; err(): string; ended: Promise<number | null> }

function run(args: string[], env: Record<string, string>): Process {
  const out: Buffer[] = []
  const err: Buffer[] = []
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    out: () => Buffer.concat(out).toString(),
    err: () => Buffer.concat(err).toString(),
    ended,
  }
}

async function start(data: string, env: Record<string, string> = {}): Promise<Process> {
  const running = run([MAIN], {
    ...{ HUIQIAN_DATA: data, HUIQIAN_ADDRESS: '127.0.0.1:0', HUIQIAN_METRICS: '127.0.0.1:0' },
    ...env,
  })
  const ends = performance.now() + 60_000
  while (!running.out().includes('Ctrl-C')) {
    if (running.child.exitCode !== null || performance.now() > ends)
      throw new Error(`it does not stand:\n${running.err()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return running
}

/** The commands that the greeting offers. */
const commandsIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^ {2}npm run -s huiqian -- (.*)$/.exec(line)?.[1] ?? [])

describe('npm start', { timeout: 180_000 }, () => {
  test('greets with three commands that work, stops on SIGTERM and keeps its data', async () => {
    const data = join(folder(), 'data')
    const first = await start(data)
    expect(first.out()).toContain('is running: 127.0.0.1:')
    expect(first.err()).toContain('sample agencies imported')
    const commands = commandsIn(first.out())
    expect(commands).toHaveLength(3)
    const answers: string[] = []
    for (const command of commands) {
      const ran = run([CLIENT, ...command.split(' ')], {})
      expect(await ran.ended, `${command}\n${ran.err()}`).toBe(0)
      answers.push(ran.out())
    }
    expect(answers[0]).toContain('清远市卫生健康局')
    expect(answers[2]).toContain('征求意见函')

    const stopping = performance.now()
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(performance.now() - stopping).toBeLessThan(60_000) // bounded; the bound itself is tested in shared/process
    expect(processesSpeakingOf(data)).toEqual([])

    const again = await start(data)
    expect(again.err()).not.toContain('sample agencies imported')
    const mailbox = run([CLIENT, ...(commandsIn(again.out())[2] ?? '').split(' ')], {})
    expect(await mailbox.ended).toBe(0)
    expect(mailbox.out()).toContain('征求意见函')
    again.child.kill('SIGINT')
    expect(await again.ended).toBe(0)
  })

  test('without agencies greets with how to get some; one that is imported can act at once', async () => {
    const data = join(folder(), 'data')
    const standing = await start(data, { HUIQIAN_SAMPLE: 'off' })
    const commands = commandsIn(standing.out())
    expect(commands.map((command) => command.split(' ').slice(0, 2).join(' '))).toEqual([
      ...['agency import', 'agency list', 'clock show'],
    ])
    const file = join(folder(), 'agencies.json')
    writeFileSync(file, JSON.stringify([OWN]))
    const answers: string[] = []
    for (const command of commands) {
      const words = command.replace('agencies.json', file).split(' ')
      const ran = run([CLIENT, ...words], {})
      expect(await ran.ended, `${command}\n${ran.err()}`).toBe(0)
      answers.push(ran.out())
    }
    expect(answers[1]).toContain(OWN.name)
    const options = commands[1]?.split(' ').slice(2).join(' ') ?? ''
    const as = options.replace('operator-admin', OWN.creditCode).split(' ')
    const mailbox = run([CLIENT, 'mailbox', 'list', ...as], {})
    expect(await mailbox.ended, mailbox.err()).toBe(0)
  })

  test('with a configuration that cannot be used says so in one message and starts nothing', async () => {
    const ran = run([MAIN], { HUIQIAN_DATA: folder(), HUIQIAN_SERVICE: 'directory' })
    expect(await ran.ended).toBe(1)
    expect(ran.err()).toContain('HUIQIAN_SERVICE: there is no such setting')
    expect(ran.err()).not.toContain('    at ')
  })
})

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
