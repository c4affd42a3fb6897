// Marked texts in every field that agencies send, through whole cases and every call; then everything that the house
// left on disk is read byte by byte: databases and their logs, the broker's store, its own log, its metrics.
import {
  closeSync,
  createWriteStream,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { HouseConfig } from '../../services/launcher/house-config.js'
import { openLog } from '../../shared/process/log.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { openOffice, type Office, type Shape } from '../office/office.js'
import { freePort } from '../servers/free-port.js'
import { sharedPostgres } from '../servers/shared.js'
import { CALLS, type About } from './calls.js'
import { FILE_DIGEST, makeCase, type Case, type State } from './cases.js'
import { MARK, marking } from './marking.js'

const LIVED: readonly State[] = ['consulting', 'negotiation', 'ruled', 'held', 'published']
const CALLERS = ['市水利局', '市卫生健康局', '市生态环境局', '市府办', '市保密局', '市教育局']
const FILE = Buffer.from(`水位监测点位置图 ${MARK} `.repeat(30))

/** As it may lie there: as it was sent, and in base64 at each of its three places. */
const FORMS = [0, 1, 2].map((before) =>
  Buffer.from('x'.repeat(before) + MARK)
    .toString('base64')
    .slice(before === 0 ? 0 : before + 1, -4),
)
const NEEDLES = [MARK, ...FORMS].map((one) => Buffer.from(one))

type Hits = { readonly places: string[]; readonly bytes: number; readonly files: number }

/** Every file below the folders, read in pieces that overlap. */
function hitsBelow(...folders: readonly string[]): Hits {
  const places: string[] = []
  let bytes = 0
  let files = 0
  const look = (path: string): void => {
    const found = statSync(path, { throwIfNoEntry: false }) // a socket, or a file that went meanwhile
    if (found?.isDirectory()) for (const name of readdirSync(path)) look(join(path, name))
    if (found?.isFile() !== true) return
    files++
    bytes += found.size
    const handle = openSync(path, 'r')
    const piece = Buffer.alloc(2 ** 20)
    for (let at = 0; at < found.size; at += piece.length - 64) {
      const read = readSync(handle, piece, 0, piece.length, at)
      if (NEEDLES.some((one) => piece.subarray(0, read).includes(one))) {
        places.push(path)
        break
      }
    }
    closeSync(handle)
  }
  for (const folder of folders) look(folder)
  return { places, bytes, files }
}

async function postgresFolder(): Promise<string[]> {
  const client = new pg.Client({ connectionString: await sharedPostgres() })
  await client.connect()
  try {
    await client.query('checkpoint')
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows.map(({ data_directory }) => data_directory)
  } finally {
    await client.end()
  }
}

let requests = 0

/** Each call that agencies make, by each of them, about the case: answered or refused, its texts were sent. */
async function everybodyAsks(office: Office, one: Case): Promise<number> {
  let made = 0
  for (const name of CALLERS) {
    const own = await office.premises.certificateOf({ kind: 'agency', code: office.codeOf(name) })
    for (const call of CALLS) {
      if (!(call.row.callers as readonly string[]).includes('agency')) continue
      if (call.definition.requestStream || call.definition.responseStream) continue
      const about: About = {
        ...one,
        ...{ now: office.now(), requestId: `canary-${++requests}`, codeOf: office.codeOf },
        secrecyReview: office.as(name).submission('').secrecyReview ?? {},
      }
      const empty = call.definition.requestDeserialize(Buffer.alloc(0))
      const request = Object.assign(empty, call.request(about))
      const calls = connect(call.client as never, office.premises.addressOf(call.at), own)
      try {
        await (calls[call.method as never] as (of: object) => Promise<unknown>)(request)
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        expect(`${error.reason} ${error.message}`.length).toBeLessThan(2_000)
      } finally {
        ;(calls as { close(): void }).close()
      }
      made++
    }
  }
  return made
}

async function liveAndLook(shape: Shape, config: Partial<HouseConfig> = {}) {
  const marks = marking()
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-canaries-'))
  const logFile = createWriteStream(join(folder, 'house.log'))
  const metrics = `127.0.0.1:${await freePort()}`
  const one = shape === 'one process'
  const office = await openOffice({
    ...{ today: '2026-09-07', shape },
    ...(one && { log: openLog('debug', logFile) }),
    config: { ...(one && { bus: { kind: 'own' as const }, metrics }), ...config },
  })
  try {
    const water = office.as('市水利局')
    const digest = await water.uploads(`图${MARK}.png`, FILE)
    let made = 0
    for (const state of LIVED)
      made += await everybodyAsks(office, await makeCase(office, state, digest))
    await office.livesUntil('2026-09-16T00:00:15+08:00')
    const places = [folder, office.premises.folder, ...(one ? [] : await postgresFolder())]
    const told = one ? await (await fetch(`http://${metrics}/metrics`)).text() : ''
    const logged = readFileSync(join(folder, 'house.log'), 'utf8')
    return {
      made,
      planted: marks.count(),
      fields: marks.fields,
      ...hitsBelow(...places),
      told,
      logged,
    }
  } finally {
    marks.stop()
    await office[Symbol.asyncDispose]()
  }
}

await inEachShape('marked texts', (shape) => {
  test('are in no file that the house leaves', async () => {
    const { planted, made, fields, files, bytes, places, told, logged } = await liveAndLook(shape)
    console.log(
      `canaries: ${planted} texts in ${fields.size} fields of ${made} calls; ` +
        `${files} files of ${Math.round(bytes / 2 ** 20)} MiB read, ${places.length} hits`,
    )
    expect(fields.size).toBeGreaterThan(40)
    expect(planted).toBeGreaterThan(500)
    expect(files).toBeGreaterThan(10)
    expect(places).toEqual([])
    if (shape === 'one process') {
      expect(told).toContain('huiqian_')
      expect(logged).toContain('refused')
    }
    expect(told).not.toContain(MARK)
  })
})

describe('marked texts', { timeout: PATIENCE_MS }, () => {
  test('would be found: a house that keeps them in clear is seen through', async () => {
    const { places } = await liveAndLook('one process', { cipher: 'none' })
    const names = places.map((path) => path.split('/').at(-1))
    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringContaining('coordination.sqlite'),
        expect.stringContaining('delivery.sqlite'),
        expect.stringContaining('escalation.sqlite'),
      ]),
    )
  })

  test('are looked for in each form in which they may lie', () => {
    expect(FILE_DIGEST).toHaveLength(64)
    for (const before of ['', 'a', 'ab', 'abc'])
      expect(
        NEEDLES.some((one) =>
          Buffer.from(Buffer.from(`${before}${MARK} and more`).toString('base64')).includes(one),
        ),
        before,
      ).toBe(true)
  })
})
