// What is sealed in a database: opened again by whoever has the ring, by nobody without it, and never again
// once its keys are destroyed.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../tests/contracts/databases.js'
import { contentStore } from '../dossier/content.js'
import { dossierMigrations, type DossierTables } from '../dossier/dossier.js'
import { seededMint } from '../identity/seeded-mint.js'
import { addKey, openKeyFile } from './key-file.js'
import { ringInHand } from './ring.fixture.js'
import { openVault } from './vault.js'

const migrations = dossierMigrations
const row = (release: string, text: string, digest = 'd1') => ({
  ...{ release, digest, part: 'draft' },
  bytes: Buffer.from(text),
})
let seed = 0

describe.each(kinds)('a vault on $dialect', ({ here, place }) => {
  describe.skipIf(!here)('', () => {
    const opened = async (ring = ringInHand()) => {
      const database = await place().open<DossierTables>({ migrations })
      const open = async () => {
        const vault = await openVault(database, ring, seededMint(`vault ${seed++}`))
        return { vault, content: contentStore(database, vault) }
      }
      const first = await open()
      const put = (content: typeof first.content, ...rows: ReturnType<typeof row>[]) =>
        database.write((transaction) => transaction.run(rows.flatMap((one) => content.put(one))))
      const text = async (content: typeof first.content, release: string, digest = 'd1') => {
        const found = await content.get(release, digest)
        return found && Buffer.from(found.bytes).toString()
      }
      const stored = () => database.read.selectFrom('content').selectAll().execute()
      const keys = () => database.read.selectFrom('data_key').selectAll().execute()
      return { ...{ database, ring, open, put, text, stored, keys }, ...first }
    }

    test('keeps no word in clear, and gives each back: to this instance, and to the next', async () => {
      const { content, put, text, stored, open } = await opened()
      await put(content, row('a', '甲的草案'), row('b', '乙的草案'), row('a', '甲的意见', 'd2'))
      const bytes = Buffer.concat((await stored()).map((one) => one.bytes))
      for (const word of ['甲', '乙', '草案', '意见']) expect(bytes.includes(word)).toBe(false)
      const later = await open()
      for (const one of [content, later.content]) {
        expect(await text(one, 'a')).toBe('甲的草案')
        expect(await text(one, 'b')).toBe('乙的草案')
        expect(await text(one, 'a', 'd2')).toBe('甲的意见')
      }
      await put(later.content, row('a', '后来的', 'd3'))
      expect(await text(content, 'a', 'd3')).toBe('后来的')
    })

    test('has a key for each release, used for no other', async () => {
      const { content, put, keys, stored } = await opened()
      await put(content, row('a', '一'), row('a', '二', 'd2'), row('b', '三'))
      const owned = (await keys()).filter(({ owner }) => owner !== '')
      expect(owned.map(({ owner }) => owner).sort()).toEqual(['a', 'b'])
      const used = new Map((await stored()).map(({ release, key_id }) => [key_id, release]))
      expect(new Set(used.values()).size).toBe(2)
    })

    test('does not open what was moved to another release or digest', async () => {
      const { database, content, put, text } = await opened()
      await put(content, row('a', '甲'), row('b', '乙'))
      const [mine] = await database.read
        .selectFrom('content')
        .selectAll()
        .where('release', '=', 'a')
        .execute()
      const swap = (set: object) =>
        database.write((transaction) =>
          transaction.run([
            database.read.updateTable('content').set(set).where('release', '=', 'b').compile(),
          ]),
        )
      await swap({ bytes: mine!.bytes })
      await expect(text(content, 'b')).rejects.toThrow('does not open')
      // With the key that sealed it: there is none of that name for this release.
      await swap({ bytes: mine!.bytes, key_id: mine!.key_id })
      expect(await text(content, 'b')).toBeUndefined()
      expect(await text(content, 'a')).toBe('甲')
    })

    test('once destroyed, is noise to all: those who remember the key, and whatever comes later', async () => {
      const { database, vault, content, put, text, open, keys } = await opened()
      await put(content, row('a', '要销毁的'), row('b', '留下的'))
      const [other, writer] = [await open(), await open()]
      await put(writer.content, row('a', '另一实例所写的', 'd2'))
      expect(await text(other.content, 'a')).toBe('要销毁的')
      await database.write((transaction) => transaction.run([vault.destroy('a', 5)]))
      for (const one of [content, other.content]) {
        expect(await text(one, 'a')).toBeUndefined()
        expect(await text(one, 'b')).toBe('留下的')
      }
      const gone = async () => (await keys()).filter(({ owner }) => owner === 'a')
      const nothing = { wrapped: null, destroyed_at: 5, ring_key: '' }
      expect(await gone()).toMatchObject([nothing, nothing])
      // Said of it later here, it gets a key of its own; what was destroyed stays so.
      await put(content, row('a', '后来记载的', 'd8'))
      expect(await text(content, 'a', 'd8')).toBe('后来记载的')
      expect(await gone()).toHaveLength(3)
      // Whoever still remembers the destroyed key cannot put it back.
      await put(writer.content, row('a', '又来的', 'd9'))
      expect(await text(writer.content, 'a', 'd9')).toBeUndefined()
      expect(await text(content, 'a')).toBeUndefined()
    })

    test('seals its keys anew when the ring is turned, without losing a word', async () => {
      const { ring, vault, content, put, text, keys, open } = await opened()
      for (let nth = 0; nth < 7; nth++) await put(content, row(`r${nth}`, `草案${nth}`))
      const old = ring.current().id
      for (let turn = 0; turn < 20; turn++) {
        ring.turn(turn % 2 === 0 ? 'sm4-sm3' : 'aes-256-gcm')
        await put(content, row(`later${turn}`, '其间的'))
        while ((await vault.rewrap(3)) > 0);
        expect(new Set((await keys()).map(({ ring_key }) => ring_key)).size).toBe(1)
      }
      ring.drop(old)
      const later = await open()
      for (const one of [content, later.content])
        for (let nth = 0; nth < 7; nth++) expect(await text(one, `r${nth}`)).toBe(`草案${nth}`)
      expect(await text(later.content, 'later3', 'd1')).toBe('其间的')
    })

    test('reads what another instance sealed anew by a key of the file that this one has not looked for yet', async () => {
      const database = await place().open<DossierTables>({ migrations })
      const path = join(mkdtempSync(join(tmpdir(), 'huiqian-vault-')), 'content.json')
      const given = { mint: seededMint('one file'), now: 0 }
      const instance = () =>
        openVault(database, openKeyFile(path, 'sm4-sm3', given), seededMint(`vault ${seed++}`))
      const [behind, ahead] = [await instance(), await instance()]
      const put = contentStore(database, ahead).put(row('a', '甲的草案'))
      await database.write((transaction) => transaction.run(put))
      addKey(path, given)
      ahead.ringKey()
      while ((await ahead.rewrap(3)) > 0);
      const found = await contentStore(database, behind).get('a', 'd1')
      expect(Buffer.from(found!.bytes).toString()).toBe('甲的草案')
    })

    test('is not opened where the ring lacks a key that is in use, or has another of its name', async () => {
      const { ring, content, put, open, database } = await opened()
      await put(content, row('a', '甲'))
      const old = ring.current().id
      ring.turn()
      ring.drop(old)
      await expect(open()).rejects.toThrow(`lacks keys that are in use: ${old}`)
      const impostor = openVault(database, ringInHand('other ring'), seededMint('impostor'))
      await expect(impostor).rejects.toThrow('does not open')
    })

    test('seals what a version before sealing left in clear', async () => {
      const { database, content, text, stored } = await opened()
      const clear = { ...row('a', '旧版本的草案'), key_id: null }
      await database.write((transaction) =>
        transaction.run([database.read.insertInto('content').values(clear).compile()]),
      )
      expect(await text(content, 'a')).toBe('旧版本的草案')
      expect(await content.sealClear(10)).toBe(1)
      expect(await content.sealClear(10)).toBe(0)
      expect(Buffer.from((await stored())[0]!.bytes).includes('草案')).toBe(false)
      expect(await text(content, 'a')).toBe('旧版本的草案')
    })
  })
})
