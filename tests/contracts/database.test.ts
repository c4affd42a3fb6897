// What a service may expect of its database, on both of them.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  bytes,
  DatabaseFault,
  int8,
  type Database,
  type Migration,
} from '../../shared/database/database.js'
import { kinds } from './databases.js'

type Tables = {
  seal: { id: number; name: string; at: number; mark: Uint8Array; used: number }
}

const seals: Migration = {
  name: '0001-seals',
  async up(db) {
    await db.schema
      .createTable('seal')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('at', int8(db), (column) => column.notNull())
      .addColumn('mark', bytes(db), (column) => column.notNull())
      .addColumn('used', 'integer', (column) => column.notNull())
      .execute()
  },
}
const more: Migration = {
  name: '0002-more',
  up: (db) => db.schema.alterTable('seal').addColumn('note', 'text').execute(),
}

const AT = 1_790_000_000_123
const insertInto = (database: Database<Tables>) => {
  const insert = database.compileOnce<{ id: number; name: string }>((db, $) =>
    db.insertInto('seal').values({
      id: $('id'),
      at: AT,
      name: $('name'),
      mark: new Uint8Array([0, 1, 255]),
      used: true as never,
    }),
  )
  return (id: number, name = `seal ${id}`) => insert({ id, name })
}
const names = async (database: Database<Tables>): Promise<string[]> =>
  (await database.read.selectFrom('seal').select('name').orderBy('id').execute()).map(
    ({ name }) => name,
  )
const faultOf = (work: Promise<unknown>): Promise<DatabaseFault> =>
  work.then(
    () => expect.unreachable('this had to fail'),
    (error: unknown) => (expect(error).toBeInstanceOf(DatabaseFault), error as DatabaseFault),
  )

for (const kind of kinds)
  describe.skipIf(!kind.here)(`a database on ${kind.dialect}`, () => {
    const opened = async () => {
      const database = await kind.place().open<Tables>({ migrations: [seals] })
      return { database, insert: insertInto(database) }
    }

    describe('a write', () => {
      test('is committed whole, with the rows changed by each statement', async () => {
        const { database, insert } = await opened()
        const none = database.compileOnce<{ id: number }>((db, $) =>
          db.updateTable('seal').set({ used: 0 }).where('id', '=', $('id')),
        )
        const changed = await database.write((transaction) =>
          transaction.run([insert(1), none({ id: 1 }), none({ id: 2 })]),
        )
        expect(changed).toEqual([1, 1, 0])
        expect(await names(database)).toEqual(['seal 1'])
      })

      test('that throws is rolled back whole', async () => {
        const { database, insert } = await opened()
        const written = database.write(async (transaction) => {
          await transaction.run([insert(1)])
          throw new Error('changed my mind')
        })
        await expect(written).rejects.toThrow('changed my mind')
        expect(await names(database)).toEqual([])
      })

      test('with a statement that fails says which one, and leaves nothing', async () => {
        const { database, insert } = await opened()
        const written = database.write((transaction) =>
          transaction.run([insert(1, 'same'), insert(2), insert(3, 'same'), insert(4)]),
        )
        expect(await faultOf(written)).toMatchObject({ kind: 'statement', index: 2 })
        expect(await names(database)).toEqual([])
        await database.write((transaction) => transaction.run([insert(1)]))
        expect(await names(database)).toEqual(['seal 1'])
      })

      test('is one at a time: what it reads is what it changes', async () => {
        const { database, insert } = await opened()
        const next = { sql: 'select count(*) + 1 as next from seal', parameters: [] }
        await Promise.all(
          Array.from({ length: 20 }, () =>
            database.write(async (transaction) => {
              const [row] = await transaction.rows(next)
              await transaction.run([insert(row!['next'] as number)])
            }),
          ),
        )
        expect(await names(database)).toHaveLength(20)
      })

      test('sees its own rows, which others do not before the commit', async () => {
        const { database, insert } = await opened()
        const count = { sql: 'select count(*) as count from seal', parameters: [] }
        let elsewhere: Promise<unknown> = Promise.resolve()
        const outside = database.read
        let ask: () => void = () => undefined
        const asked = new Promise<void>((resolve) => (ask = resolve)).then(
          () => (elsewhere = outside.selectFrom('seal').selectAll().execute()),
        )
        await database.write(async (transaction) => {
          await transaction.run([insert(1)])
          ask()
          await new Promise(setImmediate)
          expect(await transaction.rows(count)).toEqual([{ count: 1 }])
        })
        await asked
        expect(await elsewhere).toEqual([])
      })

      test('gives a transaction that ends with it', async () => {
        const { database, insert } = await opened()
        const kept = await database.write(async (transaction) => transaction)
        await expect(kept.run([insert(1)])).rejects.toThrow('has ended')
      })
    })

    describe('the database inside its own write', () => {
      const tries: [string, (database: Database<Tables>) => Promise<unknown>][] = [
        ['write', (database) => database.write(async () => 1)],
        ['query', (database) => database.query({ sql: 'select 1', parameters: [] })],
        ['Kysely', (database) => database.read.selectFrom('seal').selectAll().execute()],
      ]
      test.each(tries)('is refused, not hung: %s', async (_, use) => {
        const { database } = await opened()
        await expect(database.write(() => use(database))).rejects.toThrow('inside its own write')
        await use(database) // the same outside is fine, also after it was refused
      })

      test('is free again for who waited for the write to end', async () => {
        const { database } = await opened()
        await database.write(async () => undefined)
        expect(await database.write(async () => 'second')).toBe('second')
      })
    })

    describe('values', () => {
      test('come back as they went: numbers beyond 32 bits, bytes, flags as 0 and 1', async () => {
        const { database, insert } = await opened()
        await database.write((transaction) => transaction.run([insert(1)]))
        const [row] = await database.query({ sql: 'select * from seal', parameters: [] })
        expect(row).toMatchObject({ id: 1, at: AT, used: 1 })
        expect([...(row!['mark'] as Uint8Array)]).toEqual([0, 1, 255])
        const sums = 'select count(*) as n, sum(at) as s, max(id) as m, 1 = 1 as yes from seal'
        expect(await database.query({ sql: sums, parameters: [] })).toEqual([
          { n: 1, s: AT, m: 1, yes: 1 },
        ])
      })

      test('that were forgotten are an error, not a null', async () => {
        const { database, insert } = await opened()
        expect(() => insert(1, undefined as never)).not.toThrow() // the default of `insert` itself
        const find = database.compileOnce<{ id: number }>((db, $) =>
          db.selectFrom('seal').selectAll().where('id', '=', $('id')),
        )
        expect(() => find({} as never)).toThrow("value 'id' is undefined")
        const bare = { ...find({ id: 1 }), parameters: [undefined] }
        await expect(database.query(bare)).rejects.toThrow('parameter 1 is undefined')
        await expect(database.write((transaction) => transaction.run([bare]))).rejects.toThrow(
          'parameter 1 is undefined',
        )
      })

      test('are bound by name into a query compiled once, as often as they are named', async () => {
        const { database, insert } = await opened()
        await database.write((transaction) => transaction.run([insert(1), insert(2), insert(3)]))
        const find = database.compileOnce<{ low: number; not: string }>((db, $) =>
          db
            .selectFrom('seal')
            .select('id')
            .where('used', '=', 1)
            .where('name', '!=', $('not'))
            .where('id', '>=', $('low'))
            .where(({ eb }) => eb('id', '<=', 3).or('name', '=', $('not')))
            .orderBy('id'),
        )
        expect(await database.query(find({ low: 1, not: 'seal 2' }))).toEqual([
          { id: 1 },
          { id: 3 },
        ])
        expect(await database.query(find({ low: 3, not: 'seal 2' }))).toEqual([{ id: 3 }])
        const both = [find({ low: 1, not: 'x' }), find({ low: 4, not: 'x' })]
        expect((await database.queryEach(both)).map((rows) => rows.length)).toEqual([3, 0])
      })
    })

    describe('migrations', () => {
      // Of its own schema: others work in the same server.
      const picture = async (database: Database<unknown>) => {
        const own =
          database.dialect === 'postgres'
            ? sql<{ name: string }>`select current_schema() as name`.execute(database.read)
            : undefined
        const schema = (await own)?.rows[0]?.name
        return (await database.read.introspection.getTables())
          .filter((table) => table.schema === schema)
          .map(({ name, columns }) => [name, columns.map((column) => column.name).sort()])
          .sort()
      }

      test('run twice make the same picture', async () => {
        const place = kind.place()
        const first = await picture(await place.open({ migrations: [seals, more] }))
        expect(await picture(await place.open({ migrations: [seals, more] }))).toEqual(first)
        expect(first).toContainEqual(['seal', ['at', 'id', 'mark', 'name', 'note', 'used']])
      })

      test('go on from where they were', async () => {
        const place = kind.place()
        await place.open({ migrations: [seals] })
        const later = await picture(await place.open({ migrations: [seals, more] }))
        expect(later).toContainEqual(['seal', expect.arrayContaining(['note'])])
      })

      test('of a newer version are refused by an older one, by name', async () => {
        const place = kind.place()
        await place.open({ migrations: [seals, more] })
        await expect(place.open({ migrations: [seals] })).rejects.toThrow(/newer.*0002-more/)
        await place.open({ migrations: [seals, more] })
      })

      test('started ten times at once are applied once', async () => {
        const place = kind.place()
        let ran = 0
        const counted = { ...seals, up: (db: never) => (ran++, seals.up(db, kind.dialect)) }
        await Promise.all(
          Array.from({ length: 10 }, () => place.open({ migrations: [counted, more] })),
        )
        expect(ran).toBe(1)
      })

      test('that fail leave the schema as it was', async () => {
        const place = kind.place()
        const failing: Migration = {
          name: '0003-fails',
          async up(db) {
            await db.schema.createTable('half').addColumn('id', 'integer').execute()
            throw new Error('power cut')
          },
        }
        await place.open({ migrations: [seals] })
        await expect(place.open({ migrations: [seals, more, failing] })).rejects.toThrow(
          'power cut',
        )
        const now = await picture(await place.open({ migrations: [seals] }))
        expect(now.map(([name]) => name)).not.toContain('half')
        expect(now).toContainEqual(['seal', expect.not.arrayContaining(['note'])])
      })

      test('with one name for two steps are a mistake', async () => {
        const twice = kind.place().open({ migrations: [seals, { ...more, name: seals.name }] })
        await expect(twice).rejects.toThrow('same name')
      })
    })

    test('answers a check until it is closed', async () => {
      const { database } = await opened()
      await database.check()
      await database.close()
      await expect(database.check()).rejects.toThrow()
    })
  })
