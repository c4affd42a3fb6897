// Floods below the calls, as HTTP/2 allows them: streams opened and reset, pings, settings, header blocks without end,
// bytes that are no HTTP/2. The house ends the connection that does it, and answers everybody else.
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Certificates } from '../../shared/rpc/peers.js'
import { openOffice, type Office } from '../office/office.js'

const PATIENCE_MS = 60_000
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const [HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, CONTINUATION] = [1, 3, 4, 6, 7, 9]
const END_HEADERS = 4
const LIST = '/huiqian.coordination.v1.ReleaseService/ListReleases'

let office: Office
let certificates: Certificates
beforeAll(async () => {
  office = await openOffice({ today: '2026-09-28', shape: 'one process' })
  const code = office.codeOf('市财政局')
  certificates = await office.premises.certificateOf({ kind: 'agency', code })
}, PATIENCE_MS)
afterAll(() => office[Symbol.asyncDispose]())

const frame = (type: number, flags: number, stream: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** The header block of a call, in HPACK without tables: each name and value as it is. */
const headersOf = (path: string): Buffer =>
  Buffer.concat(
    Object.entries({
      ...{ ':method': 'POST', ':scheme': 'https', ':path': path, ':authority': 'localhost' },
      ...{ te: 'trailers', 'content-type': 'application/grpc' },
    }).flatMap((texts) => [
      Buffer.from([0]),
      ...texts.flatMap((text) => [Buffer.from([text.length]), Buffer.from(text)]),
    ]),
  )

type Bare = {
  readonly socket: TLSSocket
  readonly isOver: () => boolean
  readonly over: Promise<void>
}

/** A connection of the agency on which anything may be written: over when it is closed, or the house says GOAWAY and works on nothing more. */
async function bare(reads: 'reads' | 'never reads'): Promise<Bare> {
  const [host, port] = office.premises.addressOf('coordination').split(':')
  const own = { ...certificates, servername: 'localhost', ALPNProtocols: ['h2'] }
  const socket = connectTls({ host: host ?? '', port: Number(port), ...own })
  let isOver = false
  const over = new Promise<void>((resolve) => {
    const end = (): void => {
      isOver = true
      resolve()
    }
    socket.once('close', end)
    let rest = Buffer.alloc(0)
    if (reads === 'reads')
      socket.on('data', (bytes: Buffer) => {
        rest = Buffer.concat([rest, bytes])
        for (let size = sizeOf(rest); rest.length >= size; size = sizeOf(rest)) {
          if (rest[3] === GOAWAY) end()
          rest = rest.subarray(size)
        }
      })
  })
  socket.on('error', () => undefined) // that it is cut off is what is waited for
  await new Promise<void>((resolve) => socket.once('secureConnect', () => resolve()))
  return { socket, isOver: () => isOver, over }
}

/** Of the frame at the beginning; more than there is where not even its head is whole. */
const sizeOf = (bytes: Buffer): number => (bytes.length < 9 ? 9 : 9 + bytes.readUIntBE(0, 3))

/** Writes bytes again and again until the house ends the connection; how often. */
async function floodedWith(
  bytes: () => Buffer,
  most: number,
  reads: 'reads' | 'never reads' = 'reads',
): Promise<number> {
  const { socket, isOver } = await bare(reads)
  socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0, Buffer.alloc(0))]))
  let written = 0
  for (; written < most && !isOver(); written++) {
    socket.write(bytes())
    await new Promise((resolve) => setImmediate(resolve))
  }
  socket.destroy()
  return written
}

const isAnswered = async (): Promise<void> => {
  const calls = await office.as('市水利局').releases()
  const { releases } = await calls.listReleases({ state: 0, pageSize: 1, pageToken: '' })
  expect(releases).toEqual([])
}

describe('the house ends a connection', { timeout: PATIENCE_MS }, () => {
  test('that opens streams and resets them without end', async () => {
    let stream = -1
    const opened = () => {
      stream += 2
      const cancel = frame(RST_STREAM, 0, stream, Buffer.from('00000008', 'hex'))
      return Buffer.concat([frame(HEADERS, END_HEADERS, stream, headersOf(LIST)), cancel])
    }
    const many = () => Buffer.concat(Array.from({ length: 100 }, opened))
    expect(await floodedWith(many, 5)).toBe(5) // some are in the nature of calls
    stream = -1
    expect(await floodedWith(many, 2_000)).toBeLessThan(2_000)
    await isAnswered()
  })

  test('that pings without end and reads no answer', async () => {
    const pings = Buffer.concat(
      Array.from({ length: 1_000 }, () => frame(PING, 0, 0, Buffer.alloc(8))),
    )
    expect(await floodedWith(() => pings, 5_000, 'never reads')).toBeLessThan(5_000)
    await isAnswered()
  })

  test('that changes its settings without end and reads no answer', async () => {
    const settings = Buffer.concat(
      Array.from({ length: 1_000 }, () =>
        frame(SETTINGS, 0, 0, Buffer.from('000300000064', 'hex')),
      ),
    )
    expect(await floodedWith(() => settings, 5_000, 'never reads')).toBeLessThan(5_000)
    await isAnswered()
  })

  test('whose header block does not end', async () => {
    const block = Buffer.from('4001610162', 'hex') // a: b, and again
    const first = frame(HEADERS, 0, 1, block)
    const more = frame(CONTINUATION, 0, 1, Buffer.concat(Array<Buffer>(2_000).fill(block)))
    let begun = false
    const next = () => (begun ? more : ((begun = true), first))
    expect(await floodedWith(next, 5_000)).toBeLessThan(5_000)
    await isAnswered()
  })

  test.each([
    ['that is no HTTP/2 at all', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n')],
    [
      'with a frame of a size that nobody agreed to',
      Buffer.concat([PREFACE, frame(0, 0, 1, Buffer.alloc(70_000))]),
    ],
  ])('%s', async (_, bytes) => {
    const { socket, over } = await bare('reads')
    socket.write(bytes)
    await over
    await isAnswered()
  })
})
