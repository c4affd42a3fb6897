// The broker keeps strangers out and each service in its place; and a probe that would not see an open
// broker is worth nothing, so it is shown one.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AckPolicy, DeliverPolicy, connect, nkeyAuthenticator } from 'nats'
import type { NatsConnection } from 'nats'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { jetStreamBus } from '../../shared/bus/jetstream-bus.js'
import { differencesOf, streamConfig, streamOptions } from '../../shared/bus/jetstream-stream.js'
import { natsConfig } from '../../shared/bus/nats-config.js'
import { newNatsKey, readNatsKey } from '../../shared/bus/nats-keys.js'
import { findNatsServer, startNatsServer } from '../../shared/bus/nats-server.js'
import { mustBeClosed, probeBroker } from '../../shared/bus/probe.js'
import type { TestNats } from '../servers/nats.js'
import { natsForTests, natsIsHere } from '../servers/nats.js'
import { MemoryFeed, until } from './feeds.js'

const isHere = await natsIsHere()

describe.skipIf(!isHere)('the broker', () => {
  let nats: TestNats
  beforeAll(async () => {
    nats = await natsForTests([
      { name: 'alpha', source: 'alpha', hears: [] },
      { name: 'beta', source: 'beta', hears: ['alpha'] },
      { name: 'gamma', source: 'gamma', hears: [] },
    ])
  })
  afterAll(() => nats.stop())

  const probe = (name: string) => ({
    servers: [nats.url],
    name,
    nkeySeed: nats.key(name).seed,
    foreignSource: 'gamma',
  })

  const raw = async (name: string): Promise<NatsConnection> => {
    const nc = await connect({
      servers: nats.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(nats.key(name).seed)),
      inboxPrefix: `_INBOX_${name}`,
    })
    onTestFinished(() => nc.close())
    return nc
  }

  test.each(['alpha', 'beta'])('refuses strangers, and %s beyond its rights', async (name) => {
    const findings = await probeBroker(probe(name))
    expect(findings.filter(({ refused }) => !refused)).toEqual([])
    expect(findings.length).toBeGreaterThan(20)
    await mustBeClosed(probe(name))
  })

  test('lets a service do what it must (control: it is not refused everything)', async () => {
    const open = async (name: string) => {
      const bus = await jetStreamBus({
        servers: [nats.url],
        name,
        nkeySeed: nats.key(name).seed,
      })
      onTestFinished(() => bus.close())
      return bus
    }
    const [announcer, hearer] = [await open('alpha'), await open('beta')]
    const feed = new MemoryFeed('inc')
    feed.record('one')
    const heard: number[] = []
    await hearer.hear('alpha', (frame) => heard.push(frame.entries[0]!.sequence))
    await announcer.announce([feed.frame('alpha', 1, 1)])
    await until('heard', () => heard.length > 0)
    await expect(announcer.announce([feed.frame('gamma', 1, 1)])).rejects.toThrow(/permission/i)
  })

  test('does not let a service read another source through its own consumer', async () => {
    await (
      await jetStreamBus({ servers: [nats.url], name: 'beta', nkeySeed: nats.key('beta').seed })
    ).close()
    const nc = await raw('beta')
    const body = {
      stream_name: 'EVT',
      config: {
        name: 'beta-alpha-0',
        filter_subject: 'evt.v1.gamma.>',
        deliver_policy: DeliverPolicy.All,
        ack_policy: AckPolicy.None,
      },
    }
    const ask = async (subject: string): Promise<{ error?: { err_code: number } }> => {
      const answer = await nc.request(subject, JSON.stringify(body), { timeout: 2_000 })
      return answer.json()
    }
    const wrong = await ask('$JS.API.CONSUMER.CREATE.EVT.beta-alpha-0.evt.v1.alpha.>')
    expect(wrong.error?.err_code).toBe(10131) // the filter asked for is not the one in the subject
    body.config.filter_subject = 'evt.v1.alpha.>'
    const right = await ask('$JS.API.CONSUMER.CREATE.EVT.beta-alpha-0.evt.v1.alpha.>')
    expect(right.error).toBeUndefined() // control: it is the filter that was refused
  })

  test('refuses a bus whose key it does not know: that service does not start', async () => {
    const options = { servers: [nats.url], name: 'alpha', nkeySeed: newNatsKey().seed }
    await expect(jetStreamBus(options)).rejects.toThrow(/authorization/i)
  })

  test('with another stream under our name keeps the service from starting', async () => {
    const first = await jetStreamBus({ ...probe('alpha') })
    await first.close()
    const stream = { maxBytes: 1_048_576 }
    await expect(jetStreamBus({ ...probe('alpha'), stream })).rejects.toThrow(
      /max_bytes: 268435456 instead of 1048576/,
    )
  })

  test('cannot be probed where it is not: nothing is proved', async () => {
    await expect(
      mustBeClosed({ ...probe('alpha'), servers: ['nats://127.0.0.1:1'] }),
    ).rejects.toThrow()
  })
})

describe.skipIf(!isHere)('the probe, before a broker that is too open', () => {
  const key = newNatsKey()
  const listen = (config: string): Promise<string> => openBroker(config)

  test('sees that anybody may come in and do everything', async () => {
    const url = await listen('')
    const findings = await probeBroker({
      servers: [url],
      name: 'alpha',
      nkeySeed: key.seed,
      foreignSource: 'gamma',
    })
    expect(findings.filter(({ refused }) => refused)).toEqual([])
  })

  test('sees a default user, and rights on all of $JS.API', async () => {
    const url = await listen(`
      no_auth_user: guest
      accounts { A { jetstream: enabled, users: [
        { user: guest, password: guest },
        { nkey: ${key.publicKey}, permissions {
          publish { allow: ["evt.v1.alpha.>", "$JS.API.>"] }, subscribe { allow: ["_INBOX_alpha.>"] } } }
      ] } }`)
    const options = {
      servers: [url],
      name: 'alpha',
      nkeySeed: key.seed,
      foreignSource: 'gamma',
    }
    const open = (await probeBroker(options)).filter(({ refused }) => !refused)
    expect(open.map(({ attempt }) => attempt)).toEqual(
      expect.arrayContaining([
        'connect without a key',
        'publish to $JS.API.STREAM.DELETE.EVT',
        'publish to $JS.API.STREAM.MSG.GET.EVT',
      ]),
    )
    await expect(mustBeClosed(options)).rejects.toThrow(/connect without a key/)
  })
})

describe('what is written for the broker', () => {
  const users = [{ name: 'alpha', publicKey: newNatsKey().publicKey, source: 'alpha', hears: [] }]

  test('has no way in but keys on the loopback', () => {
    const text = natsConfig({ port: 4222, users, storeDir: '/somewhere/store' })
    expect(text).toContain('listen: "127.0.0.1:4222"')
    for (const word of ['authorization', 'no_auth_user', 'http', 'mqtt', 'websocket', 'leafnodes'])
      expect(text).not.toMatch(new RegExp(`\\b${word}`))
    expect(text).not.toContain('$JS.API.>')
  })

  test.each(['alpha.beta', 'alpha >', '*', '', 'Alpha'])('refuses a service named "%s"', (name) => {
    const odd = [{ name, publicKey: 'U', hears: [] }]
    expect(() => natsConfig({ port: 1, users: odd, storeDir: '/x' })).toThrow(/subject/)
  })

  test('refuses a key that others can read', () => {
    const dir = mkdtempSync(join(tmpdir(), 'huiqian-key-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const file = join(dir, 'alpha.nkey')
    const key = newNatsKey()
    writeFileSync(file, key.seed, { mode: 0o600 })
    expect(readNatsKey(file)).toEqual(key)
    writeFileSync(join(dir, 'open.nkey'), key.seed, { mode: 0o644 })
    expect(() => readNatsKey(join(dir, 'open.nkey'))).toThrow(/others/)
  })

  test.skipIf(!isHere)('lies in files that only their owner can read', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'huiqian-nats-'))
    const server = await startNatsServer({ dir, users })
    onTestFinished(async () => {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    })
    expect(statSync(join(dir, 'nats.conf')).mode & 0o777).toBe(0o600)
    expect(statSync(server.storeDir).mode & 0o777).toBe(0o700)
  })
})

describe('a stream that was read back', () => {
  const wanted = streamConfig(streamOptions)
  test.each([
    ['as wanted', {}, 0],
    ['with a limit dropped', { max_msg_size: undefined }, 1],
    ['kept in memory', { storage: 'memory' }, 1],
    ['fed from elsewhere', { sources: [{ name: 'OTHER' }] }, 1],
    ['told elsewhere', { republish: { src: '>', dest: 'x.>' } }, 1],
  ])('%s', (_, change, count) => {
    expect(differencesOf(wanted, { ...wanted, ...change } as never)).toHaveLength(count)
  })
})

/** A nats-server with a configuration that we would never write. */
async function openBroker(config: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-open-'))
  const text = `listen: "127.0.0.1:-1"\nports_file_dir: "${dir}"\njetstream { store_dir: "${dir}" }\n${config}\n`
  writeFileSync(join(dir, 'nats.conf'), text)
  const { binary } = (await findNatsServer())!
  const child = spawn(binary, ['-c', join(dir, 'nats.conf')], { stdio: 'ignore' })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await gone
    rmSync(dir, { recursive: true, force: true })
  })
  const ports = join(dir, `nats-server_${child.pid}.ports`)
  let url: string | undefined
  await until('the open broker is up', () => {
    try {
      url = /nats:\/\/[^"]*:\d+/.exec(readFileSync(ports, 'utf8'))?.[0]
    } catch {
      url = undefined // not written yet
    }
    return url !== undefined
  })
  return url!
}
