// Files in pieces over both databases: whatever comes is counted and hashed, names are the newest whole
// upload's, and two uploads of one file leave one whole file.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { vaultInHand } from '../../../shared/confidentiality/ring.fixture.js'
import { kinds } from '../../../tests/contracts/databases.js'
import { migrations } from './migrations.js'
import type { Schema } from './schema.js'
import { KEPT_MS, uploadsOf } from './uploads.js'

const WATER = '11441800QY0000054W'
const NOW = 1_000_000
const FILE = Buffer.from('0123456789'.repeat(50))
const digest = createHash('sha256').update(FILE).digest('hex')
const declared = { digest, name: '一.pdf', size: FILE.length }

async function* piecesOf(bytes: Buffer, size = 100, before = () => Promise.resolve()) {
  for (let from = 0; from < bytes.length; from += size) {
    await before()
    yield bytes.subarray(from, from + size)
  }
}

describe.each(kinds)('uploads on $dialect', ({ here, place }) => {
  describe.skipIf(!here)('', () => {
    let sessions = 0
    const open = async () => {
      const database = await place().open<Schema>({ migrations })
      const uploads = uploadsOf(database, await vaultInHand('uploads')(database))
      const take = (facts = declared, pieces = piecesOf(FILE), now = NOW) =>
        uploads.take(WATER, facts, pieces, now, `session-${++sessions}`)
      const whole = async () => {
        const pieces: Uint8Array[] = []
        for await (const piece of uploads.pieces(WATER, digest)) pieces.push(piece)
        return Buffer.concat(pieces)
      }
      const rows = async () =>
        (await database.read.selectFrom('attachment').selectAll().execute()).length
      return { database, uploads, take, whole, rows }
    }

    test('of a known file are counted and hashed all the same', async () => {
      const { uploads, take, whole, rows } = await open()
      await take()
      const other = Buffer.alloc(700, 7)
      await expect(take(declared, piecesOf(other))).rejects.toThrow('ATTACHMENT_TOO_LARGE')
      const same = Buffer.alloc(500, 7)
      await expect(take(declared, piecesOf(same))).rejects.toThrow('DIGEST_MISMATCH')
      const wrong = { ...declared, size: 600 }
      await expect(take(wrong)).rejects.toThrow('DIGEST_MISMATCH')
      expect(await whole()).toEqual(FILE)
      expect(await uploads.complete(WATER, [digest])).toEqual([declared])
      expect(await rows()).toBe(1)
    })

    test('take the name of the newest whole upload, never of one that broke off', async () => {
      const { uploads, take, whole, rows } = await open()
      const breaksOff = () => Promise.reject(new Error('the line is gone'))
      const first = { ...declared, name: '断.pdf', size: 9_999 }
      await expect(take(first, piecesOf(FILE, 100, breaksOff))).rejects.toThrow('gone')
      await expect(uploads.complete(WATER, [digest])).rejects.toThrow('ATTACHMENT_UNKNOWN')
      await take()
      const again = { ...declared, name: '断.pdf' }
      await expect(take(again, piecesOf(FILE, 100, breaksOff))).rejects.toThrow('gone')
      expect(await uploads.complete(WATER, [digest])).toEqual([declared])
      const renamed = { ...declared, name: '二.pdf' }
      expect(await take(renamed, piecesOf(FILE, 7), NOW + 5)).toBe(NOW + 5 + KEPT_MS)
      expect(await uploads.complete(WATER, [digest])).toEqual([renamed])
      expect(await whole()).toEqual(FILE)
      expect(await rows()).toBe(1)
    })

    test('of one file at once leave one whole file, whichever ends first', async () => {
      const { uploads, take, whole, rows } = await open()
      let begun = 0
      let release = (): void => undefined
      const both = new Promise<void>((resolve) => (release = resolve))
      const together = async () => {
        if (++begun === 2) release()
        await both
      }
      await Promise.all([
        take(declared, piecesOf(FILE, 100, together)),
        take({ ...declared, name: '二.pdf' }, piecesOf(FILE, 60, together)),
      ])
      expect(await whole()).toEqual(FILE)
      const [file] = await uploads.complete(WATER, [digest])
      expect(['一.pdf', '二.pdf']).toContain(file?.name)
      // One that breaks off takes nothing of the other with it.
      await expect(
        take(
          declared,
          piecesOf(FILE, 100, () => Promise.reject(new Error('gone'))),
        ),
      ).rejects.toThrow('gone')
      expect(await whole()).toEqual(FILE)
      expect(await rows()).toBe(1)
    })

    test('are kept once a release names them, uploaded again or not', async () => {
      const { database, uploads, take, whole } = await open()
      await take()
      await database.write((transaction) =>
        transaction.run(uploads.bind({ digest, uploader: WATER, release: 'r' })),
      )
      await take()
      expect(await uploads.expire(NOW + 2 * KEPT_MS)).toBe(0)
      expect(await whole()).toEqual(FILE)
    })

    test('that a version before sealing left in clear are read, and sealed', async () => {
      const { database, uploads, whole } = await open()
      const key = { digest, uploader: WATER }
      const insert = [
        database.read
          .insertInto('attachment')
          .values({
            ...{ ...key, name: '旧.pdf', size: FILE.length, complete: 1, expires_at: null },
            ...{ owner: null, name_key: null },
          })
          .compile(),
        database.read
          .insertInto('attachment_chunk')
          .values({ ...key, ordinal: 0, bytes: FILE, owner: null, key_id: null })
          .compile(),
      ]
      await database.write((transaction) => transaction.run(insert))
      const clear = { digest, name: '旧.pdf', size: FILE.length }
      expect([await whole(), await uploads.complete(WATER, [digest])]).toEqual([FILE, [clear]])
      expect(await uploads.sealClear(10)).toBe(2)
      expect(await uploads.sealClear(10)).toBe(0)
      const kept = await database.read.selectFrom('attachment_chunk').selectAll().execute()
      expect(Buffer.from(kept[0]!.bytes).includes(FILE.subarray(0, 20))).toBe(false)
      expect([await whole(), await uploads.complete(WATER, [digest])]).toEqual([FILE, [clear]])
    })

    test('go with the last release that names them', async () => {
      const { database, uploads, take, whole, rows } = await open()
      await take()
      for (const release of ['r-1', 'r-2'])
        await database.write((transaction) =>
          transaction.run(uploads.bind({ digest, uploader: WATER, release })),
        )
      await uploads.destroyOf('r-1', NOW)
      expect([await whole(), await rows()]).toEqual([FILE, 1])
      await uploads.destroyOf('r-2', NOW)
      expect([await whole(), await rows()]).toEqual([Buffer.alloc(0), 0])
      await take() // the same file, new: with keys of its own
      expect(await whole()).toEqual(FILE)
    })

    test('that nobody named go, with their pieces', async () => {
      const { uploads, take, whole, rows } = await open()
      await take()
      expect(await uploads.expire(NOW + KEPT_MS)).toBe(1)
      expect(await whole()).toEqual(Buffer.alloc(0))
      expect(await rows()).toBe(0)
    })
  })
})
