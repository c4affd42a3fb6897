// Broken messages: read as the door reads them, and sent to the launched house. `HUIQIAN_FUZZ` is how many (npm run
// security -- --long: 5,000,000), `HUIQIAN_FUZZ_SEED` which.
import { Client, credentials, Metadata, status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { readingSafely } from '../../shared/rpc/unreadable.js'
import { openOffice } from '../office/office.js'
import { CALLS } from './calls.js'
import { broken, chance, fuzz, SEEDLINGS } from './fuzz.js'

const MESSAGES = Number(process.env['HUIQIAN_FUZZ'] ?? 200_000)
const SEED = Number(process.env['HUIQIAN_FUZZ_SEED'] ?? 20_261_126)
const ON_THE_WIRE = 1_200
const PATIENCE_MS = 3_600_000

describe('broken messages', { timeout: PATIENCE_MS }, () => {
  test('are read in one way or not at all: none throws, none hangs', () => {
    const { messages, read, unreadable, wrong, slow } = fuzz(MESSAGES, SEED)
    console.log(`fuzz: ${messages} messages, seed ${SEED}: ${read} read, ${unreadable} unreadable`)
    expect(wrong).toEqual([])
    expect(slow).toEqual([])
    // Neither kind is rare, or the messages would be too broken or not broken enough.
    expect(Math.min(read, unreadable) / messages).toBeGreaterThan(0.05)
  })

  test('would be seen to throw and to hang', () => {
    const [seedling] = SEEDLINGS
    const { requestDeserialize: plain } = seedling!.definition
    const definition = seedling!.definition as { requestDeserialize: typeof plain }
    try {
      definition.requestDeserialize = (bytes) => {
        for (const until = performance.now() + 3; performance.now() < until;);
        return plain(bytes)
      }
      expect(fuzz(2_000, SEED, 1).slow).not.toEqual([])
    } finally {
      definition.requestDeserialize = plain
    }
    // The reading that catches nothing lets through what the door must never see.
    const throwing = readingSafely(plain, () => Buffer.alloc(0))
    expect(() => throwing(Buffer.from([0xff]))).not.toThrow()
    expect(() => plain(Buffer.from([0xff]))).toThrow()
  })

  test('are answered by the launched house, each with a status of its own words, and it works on', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
    const water = office.as('市水利局')
    const { ca, cert, key } = await office.premises.certificateOf({
      ...{ kind: 'agency', code: water.code },
    })
    const identity = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert))
    const client = new Client(office.premises.addressOf('coordination'), identity, {
      'grpc.ssl_target_name_override': 'localhost',
    })
    const unary = new Set(
      CALLS.filter(({ definition }) => !definition.responseStream).map(({ name }) => name),
    )
    const below = chance(SEED)
    const answered = new Map<string, number>()
    const send = (path: string, bytes: Buffer) =>
      new Promise<void>((resolve) => {
        const plain = (value: Buffer) => value
        const options = { deadline: Date.now() + 20_000 }
        client.makeUnaryRequest(path, plain, plain, bytes, new Metadata(), options, (error) => {
          const code = status[error?.code ?? 0] ?? 'none'
          answered.set(code, (answered.get(code) ?? 0) + 1)
          resolve()
        })
      })
    for (let sent = 0; sent < ON_THE_WIRE;) {
      const batch = Array.from({ length: 20 }, () => broken(below)).filter(({ name }) =>
        unary.has(name),
      )
      await Promise.all(batch.map(({ definition, bytes }) => send(definition.path, bytes)))
      sent += batch.length
    }
    client.close()
    console.log(`fuzz on the wire: ${JSON.stringify(Object.fromEntries(answered))}`)
    for (const never of ['UNKNOWN', 'INTERNAL', 'UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED'])
      expect([never, answered.get(never) ?? 0]).toEqual([never, 0])
    const release = await water.submitsRelease('水位', { affects: ['市公安局'] })
    await office.settles()
    expect((await water.sees(release)).consultations).toHaveLength(1)
  })
})
