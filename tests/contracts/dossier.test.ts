// What a service may expect of its record, on both databases.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { vaultInHand } from '../../shared/confidentiality/ring.fixture.js'
import { contentStore } from '../../shared/dossier/content.js'
import { marksOf } from '../../shared/dossier/marks.js'
import { verifyRecord } from '../../shared/dossier/verify.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import { close, NOW, openBallots, request, tallies, vote, type BallotEvent } from './ballots.js'
import { kinds } from './databases.js'

const now = { now: NOW }
const times = <T>(count: number, make: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_, nth) => make(nth))
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => expect.unreachable('this had to be refused'),
    (error: unknown) => (error instanceof Refusal ? error.reason : String(error)),
  )

for (const kind of kinds)
  describe.skipIf(!kind.here)(`a record on ${kind.dialect}`, () => {
    const opened = () => openBallots(kind.place())

    describe('a change', () => {
      test('appends its events and gives the state after them', async () => {
        const { ballots } = await opened()
        const first = await ballots.change('a', now, vote('x'))
        expect(first).toEqual({
          id: 'a',
          state: { id: 'a', votes: ['x'], closed: false },
          version: 1,
          replayed: false,
        })
        const second = await ballots.change('a', { now: NOW + 5 }, () => [
          { type: 'Voted', by: 'y' },
          { type: 'Closed' },
        ])
        expect(second).toMatchObject({ version: 3, state: { votes: ['x', 'y'], closed: true } })
        expect(await ballots.read('a')).toEqual({ state: second.state, version: 3 })
        expect(await ballots.readAt('a', 2)).toMatchObject({ votes: ['x', 'y'], closed: false })
        expect(await ballots.events('a')).toMatchObject([
          {
            sequence: 1,
            stream: 'ballot:a',
            version: 1,
            event: { type: 'Voted', by: 'x' },
            recordedAt: NOW,
          },
          { sequence: 2, version: 2, event: { type: 'Voted', by: 'y' }, recordedAt: NOW + 5 },
          { sequence: 3, version: 3, event: { type: 'Closed' } },
        ])
      })

      test('is there after the record was opened anew', async () => {
        const place = kind.place()
        const before = await openBallots(place)
        await before.ballots.change('a', now, vote('x'))
        const after = await openBallots(place)
        expect(await after.ballots.read('a')).toMatchObject({ version: 1, state: { votes: ['x'] } })
        expect(await after.dossier.head()).toEqual(await before.dossier.head())
        await expect(openBallots(place, { source: 'other' })).rejects.toThrow('record of ballots')
      })

      test('that decides on nothing writes nothing', async () => {
        const { ballots, dossier } = await opened()
        expect(await ballots.change('a', now, () => [])).toMatchObject({ version: 0 })
        expect((await dossier.head()).sequence).toBe(0)
      })

      test('keeps the finger-posts and its own statements in the same commit', async () => {
        const { ballots, database, setTally } = await opened()
        await ballots.change('a', now, (ballot) => ({
          events: vote('x')(ballot),
          statements: [setTally('other', 7)],
        }))
        await ballots.change('b', now, () => ({ events: [], statements: [setTally('b', 9)] }))
        expect(await tallies(database)).toEqual({ a: 1, b: 9, other: 7 })
      })

      test('commits to its canonical bytes with a fresh salt', async () => {
        const { ballots, database } = await opened()
        await ballots.change('a', now, () => [
          { by: '会', type: 'Voted' },
          { type: 'Voted', by: '会' },
        ])
        const rows = await database.query({
          sql: 'select * from event order by sequence',
          parameters: [],
        })
        for (const row of rows as { body: Buffer; salt: Buffer; digest: Buffer }[]) {
          expect(row.body.toString()).toBe('{"by":"会","type":"Voted"}')
          expect(row.salt).toHaveLength(16)
          const digest = createHash('sha256').update(row.salt).update(row.body).digest()
          expect(digest.equals(row.digest)).toBe(true)
        }
        expect(rows[0]!['digest']).not.toEqual(rows[1]!['digest'])
      })

      test('inside a write is refused, not hung', async () => {
        const { ballots, database } = await opened()
        const nested = database.write(() => ballots.change('a', now, vote('x')))
        await expect(nested).rejects.toThrow('inside its own write')
        expect(await ballots.change('a', now, vote('x'))).toMatchObject({ version: 1 })
      })
    })

    describe('changes that wait together', () => {
      test('get gapless versions and sequence numbers, in the order they came', async () => {
        const { ballots, dossier, database } = await opened()
        const changed = await Promise.all(
          times(200, (nth) => ballots.change(`b${nth % 7}`, now, vote(`v${nth}`))),
        )
        expect(changed.map(({ version }) => version)).toEqual(
          times(200, (nth) => Math.floor(nth / 7) + 1),
        )
        expect((await ballots.read('b3')).state.votes).toEqual(
          times(29, (nth) => `v${3 + nth * 7}`).slice(0, 29),
        )
        const { entries, head } = await dossier.tail(0, 1_000)
        expect(entries.map(({ sequence }) => sequence)).toEqual(times(200, (nth) => nth + 1))
        expect(head).toBe(200)
        expect(await verifyRecord(database)).toBe(200)
      })

      test('stack: the second sees what the first decided', async () => {
        const { ballots } = await opened()
        const [voted, closed, late] = await Promise.allSettled([
          ballots.change('a', now, vote('x')),
          ballots.change('a', now, close),
          ballots.change('a', now, vote('y')),
        ])
        expect(voted).toMatchObject({ value: { version: 1 } })
        expect(closed).toMatchObject({
          value: { version: 2, state: { votes: ['x'], closed: true } },
        })
        expect(late).toMatchObject({ reason: { reason: 'RELEASE_ENDED' } })
      })

      test('are not touched by a refusal or a bug among them', async () => {
        const { ballots, dossier } = await opened()
        await ballots.change('closed', now, close)
        const answers = await Promise.allSettled([
          ballots.change('a', now, vote('x')),
          ballots.change('closed', now, vote('x')),
          ballots.change('b', now, () => {
            throw new TypeError('a bug')
          }),
          ballots.change('c', now, () => [{ type: 'Voted', by: new Date(0) as never }]),
          ballots.change('d', now, () => [{ type: 'Closed', remark: 'x'.repeat(1_025) }]),
          ballots.change('a', now, vote('y')),
        ])
        expect(answers.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'rejected',
          'rejected',
          'rejected',
          'fulfilled',
        ])
        expect(
          answers.slice(1, 5).map((answer) => String((answer as PromiseRejectedResult).reason)),
        ).toEqual([
          'Refusal: RELEASE_ENDED',
          'TypeError: a bug',
          'TypeError: a Date has no canonical form',
          'RangeError: Closed is announced in 1025 bytes: too long',
        ])
        expect((await dossier.head()).sequence).toBe(3)
      })

      test('are not touched by a statement that fails; what was decided upon it is decided again', async () => {
        const { ballots, database, setTally } = await opened()
        const answers = await Promise.allSettled([
          ballots.change('a', now, vote('x')),
          ballots.change('b', now, (ballot) => ({
            events: [...vote('bad')(ballot), { type: 'Closed' }],
            statements: [setTally('b', 1_000)],
          })),
          ballots.change('b', now, vote('after')),
          ballots.change('c', now, vote('z')),
        ])
        expect(answers.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'fulfilled',
        ])
        expect(answers[1]).toMatchObject({ reason: { kind: 'statement' } })
        expect(await ballots.read('b')).toMatchObject({
          version: 1,
          state: { votes: ['after'], closed: false },
        })
        expect(await tallies(database)).toEqual({ a: 1, b: 1, c: 1 })
        expect(await verifyRecord(database)).toBe(3)
      })

      test('beyond the size of a batch are taken in several', async () => {
        const { ballots, dossier, database } = await opened()
        const heads: number[] = []
        dossier.onCommit((head) => heads.push(head))
        const many = (nth: number): BallotEvent[] =>
          times(5, (more) => ({ type: 'Voted', by: `${nth}.${more}` }))
        await Promise.all(times(1_100, (nth) => ballots.change(`s${nth}`, now, () => many(nth))))
        expect(heads.length).toBeGreaterThan(2)
        expect(heads.at(-1)).toBe(5_500)
        expect(heads).toEqual([...heads].sort((one, other) => one - other))
        expect(await verifyRecord(database)).toBe(5_500)
      })
    })

    describe('a request id', () => {
      test('asked again gives the first answer again, as it was then', async () => {
        const { ballots, dossier } = await opened()
        const first = await ballots.change('a', { ...now, request: request('r1') }, vote('x'))
        await ballots.change('a', now, vote('y'))
        const again = await ballots.change('a', { ...now, request: request('r1') }, vote('x'))
        expect(again).toEqual({ ...first, replayed: true })
        const elsewhere = await ballots.change(
          'minted-anew',
          { ...now, request: request('r1') },
          vote('x'),
        )
        expect(elsewhere).toEqual({ ...first, replayed: true })
        expect((await dossier.head()).sequence).toBe(2)
      })

      test('used for another command, or another kind, is refused', async () => {
        const { ballots, dossier, kind: ballot } = await opened()
        const others = dossier.of({ ...ballot, name: 'other' })
        await ballots.change('a', { ...now, request: request('r1') }, vote('x'))
        const other = { ...now, request: request('r1', 'another command') }
        expect(await reasonOf(ballots.change('a', other, vote('y')))).toBe('REQUEST_ID_REUSED')
        expect(
          await reasonOf(others.change('a', { ...now, request: request('r1') }, vote('x'))),
        ).toBe('REQUEST_ID_REUSED')
        const caller = { ...now, request: { ...request('r1'), caller: 'agency/b' } }
        expect(await ballots.change('a', caller, vote('y'))).toMatchObject({
          version: 2,
          replayed: false,
        })
      })

      test('asked fifty times at once has one effect, and the mutated ones are all refused', async () => {
        const { ballots } = await opened()
        const answers = await Promise.allSettled(
          times(50, (nth) =>
            ballots.change(
              'a',
              { ...now, request: request('r1', nth % 5 === 4 ? 'mutated' : 'vote') },
              vote('x'),
            ),
          ),
        )
        const done = answers.filter(({ status }) => status === 'fulfilled')
        expect(done).toHaveLength(40)
        for (const answer of done)
          expect(answer).toMatchObject({ value: { version: 1, state: { votes: ['x'] } } })
        expect(await ballots.read('a')).toMatchObject({ version: 1 })
      })

      test('of a refused command may be used again, and of an empty decision is kept', async () => {
        const { ballots } = await opened()
        await ballots.change('a', now, close)
        const keyed = { ...now, request: request('r1') }
        expect(await reasonOf(ballots.change('a', keyed, vote('x')))).toBe('RELEASE_ENDED')
        expect(await ballots.change('b', keyed, () => [])).toMatchObject({
          version: 0,
          replayed: false,
        })
        expect(await ballots.change('b', keyed, vote('x'))).toMatchObject({
          version: 0,
          replayed: true,
        })
      })

      test('of a change of several tells its first stream and version', async () => {
        const { dossier, ballots } = await opened()
        const together = (requestId: string) =>
          dossier.changeTogether(
            [
              { kind: 'ballot', id: 'a' },
              { kind: 'ballot', id: 'b' },
            ],
            { ...now, request: request(requestId) },
            () => ({
              parts: [
                {
                  kind: 'ballot',
                  id: 'b',
                  events: [{ type: 'Voted', by: 'x' }, { type: 'Closed' }],
                },
                { kind: 'ballot', id: 'a', events: [{ type: 'Closed' }] },
              ],
            }),
          )
        expect(await together('r1')).toEqual({})
        expect(await together('r1')).toEqual({ replayed: { stream: 'ballot:b', version: 2 } })
        expect(await ballots.read('a')).toMatchObject({ version: 1 })
      })
    })

    describe('a change of several streams', () => {
      const both = [
        { kind: 'ballot', id: 'a' },
        { kind: 'ballot', id: 'b' },
      ]
      test('sees all of them and commits all or nothing', async () => {
        const { dossier, ballots, kind: ballot, database, setTally } = await opened()
        await ballots.change('a', now, vote('x'))
        const move = (statements: ReturnType<typeof setTally>[]) =>
          dossier.changeTogether(both, now, (several) => {
            const from = several.state(ballot, 'a').state.votes
            return {
              parts: [
                { kind: 'ballot', id: 'b', events: from.map((by) => ({ type: 'Voted', by })) },
                { kind: 'ballot', id: 'a', events: [{ type: 'Closed' }] },
              ],
              statements,
            }
          })
        await expect(move([setTally('c', 5_000)])).rejects.toMatchObject({ kind: 'statement' })
        expect(await tallies(database)).toEqual({ a: 1 })
        await move([setTally('c', 5)])
        expect(await tallies(database)).toEqual({ a: 1, b: 1, c: 5 })
        expect(await ballots.read('b')).toMatchObject({ state: { votes: ['x'] } })
        expect(await verifyRecord(database)).toBe(3)
      })

      test('may touch only what it loaded, and may do without streams', async () => {
        const { dossier, ballots, setTally, database } = await opened()
        const parts = [{ kind: 'ballot', id: 'c', events: [{ type: 'Closed' }] }]
        await expect(dossier.changeTogether(both, now, () => ({ parts }))).rejects.toThrow(
          'not among the streams',
        )
        await expect(
          dossier.changeTogether([{ kind: 'unheard', id: 'c' }], now, () => ({ parts: [] })),
        ).rejects.toThrow('no kind')
        await dossier.changeTogether([], now, () => ({
          parts: [],
          statements: [setTally('only', 3)],
        }))
        expect(await tallies(database)).toEqual({ only: 3 })
        expect(await ballots.read('c')).toMatchObject({ version: 0 })
      })
    })

    describe('two instances on one record', () => {
      test('both succeed on the same streams, without gaps and without lost votes', async () => {
        const place = kind.place()
        const instances = [await openBallots(place), await openBallots(place, { keptStates: 2 })]
        await Promise.all(
          instances.flatMap(({ ballots }, instance) =>
            times(60, async (nth) =>
              ballots.change(`b${nth % 5}`, now, vote(`${instance}.${nth}`)),
            ),
          ),
        )
        const votes = await Promise.all(
          times(5, async (nth) => (await instances[0]!.ballots.read(`b${nth}`)).state.votes),
        )
        expect(votes.flat().sort()).toEqual(
          [0, 1].flatMap((instance) => times(60, (nth) => `${instance}.${nth}`)).sort(),
        )
        for (const { database } of instances) expect(await verifyRecord(database)).toBe(120)
      })

      test('decide on what the other one wrote, never on what they remember', async () => {
        const place = kind.place()
        const [one, other] = [await openBallots(place), await openBallots(place)]
        await one.ballots.change('a', now, vote('x'))
        await other.ballots.change('a', now, close)
        expect(await reasonOf(one.ballots.change('a', now, vote('late')))).toBe('RELEASE_ENDED')
        expect(await one.ballots.read('a')).toMatchObject({ version: 2 })
      })

      test('refuse nothing, and let nothing be, on what they remember', async () => {
        const place = kind.place()
        const [one, other] = [await openBallots(place), await openBallots(place)]
        await one.ballots.change('a', now, vote('x'))
        await other.ballots.change('a', now, close)
        const ifClosed = one.ballots.change('a', now, (ballot) => {
          if (!ballot.closed) throw new Refusal('out-of-order', 'NOT_CLEARED', 'ballot/2')
          return []
        })
        expect(await ifClosed).toMatchObject({ version: 2, state: { closed: true } })
        await one.ballots.change('b', now, vote('x'))
        await other.ballots.change('b', now, vote('y'))
        expect(await one.ballots.change('b', now, () => [])).toMatchObject({ version: 2 })
      })

      test('have one effect of one request between them', async () => {
        const place = kind.place()
        const instances = [await openBallots(place), await openBallots(place)]
        const answers = await Promise.all(
          times(40, (nth) =>
            instances[nth % 2]!.ballots.change(
              `b${nth % 4 < 2 ? 1 : 2}`,
              { ...now, request: request('r1') },
              vote('x'),
            ),
          ),
        )
        expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
        expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
        expect((await instances[0]!.dossier.head()).sequence).toBe(1)
      })

      test('commit a statement that must change a row once, and the other one is told it was overtaken', async () => {
        const place = kind.place()
        const instances = [await openBallots(place), await openBallots(place)]
        const chain = new Uint8Array(32)
        const marks = instances.map(({ database }) => marksOf(database))
        const begin = { source: 's', incarnation: 'i', sequence: 0, chain }
        await instances[0]!.dossier.changeTogether([], now, () => ({
          parts: [],
          statements: [marks[0]!.beginCursor(begin)],
        }))
        const moved = await Promise.allSettled(
          instances.map(({ dossier }, nth) =>
            dossier.changeTogether([{ kind: 'ballot', id: 'a' }], now, () => ({
              parts: [
                { kind: 'ballot', id: 'a', events: [{ type: 'Voted', by: `listener ${nth}` }] },
              ],
              statements: [marks[nth]!.moveCursor({ ...begin, from: 0, sequence: 5 })],
            })),
          ),
        )
        expect(moved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
        expect(moved.find(({ status }) => status === 'rejected')).toMatchObject({
          reason: { reason: 'OVERTAKEN' },
        })
        expect(await instances[1]!.ballots.read('a')).toMatchObject({ version: 1 })
        expect(await marks[0]!.cursor('s')).toMatchObject({ sequence: 5 })
      })
    })

    describe('the feed', () => {
      test('chains each entry to the one before, as anybody can compute', async () => {
        const { ballots, dossier } = await opened()
        for (const by of ['x', 'y', 'z']) await ballots.change('a', now, vote(by))
        const { entries, incarnation, head } = await dossier.tail(0, 2)
        const rest = await dossier.tail(2, 10)
        expect([incarnation, head, rest.entries.length]).toEqual([rest.incarnation, 3, 1])
        let chain: Uint8Array = new Uint8Array(32)
        for (const { sequence, announcement, chain: next } of [...entries, ...rest.entries]) {
          const number = Buffer.alloc(8)
          number.writeBigUInt64BE(BigInt(sequence))
          chain = createHash('sha256').update(chain).update(number).update(announcement).digest()
          expect(Buffer.compare(chain, next)).toBe(0)
        }
        expect(Buffer.from(entries[0]!.announcement).toString()).toBe('a 1')
      })

      test('is told of after each commit, until it is called off', async () => {
        const { ballots, dossier } = await opened()
        const heads: number[] = []
        const stop = dossier.onCommit((head) => heads.push(head))
        await ballots.change('a', now, vote('x'))
        await ballots.change('a', now, () => [])
        await ballots.change('a', now, vote('y'))
        stop()
        await ballots.change('a', now, vote('z'))
        await dossier.idle()
        expect(heads).toEqual([1, 2])
      })

      test('altered by one byte, or short of one event, does not verify', async () => {
        const { ballots, database, dossier } = await opened()
        await Promise.all(times(10, (nth) => ballots.change('a', now, vote(`${nth}`))))
        expect(await verifyRecord(database)).toBe(10)
        expect((await dossier.allEvents(7, 10)).map(({ event }) => event)).toEqual(
          times(3, (nth) => ({ type: 'Voted', by: `${7 + nth}` })),
        )
        const tamper = (sql: string) =>
          database.write((transaction) => transaction.run([{ sql, parameters: [] }]))
        const voted =
          kind.dialect === 'sqlite'
            ? `cast(replace(cast(body as text), '"5"', '"6"') as blob)`
            : `convert_to(replace(convert_from(body, 'UTF8'), '"5"', '"6"'), 'UTF8')`
        await tamper(`update event set body = ${voted} where sequence = 6`)
        await expect(verifyRecord(database)).rejects.toThrow(
          'event 6 (ballot:a, version 6) does not match',
        )
        await tamper('delete from event where sequence = 4')
        await expect(verifyRecord(database)).rejects.toThrow('event 5 (ballot:a, version 5)')
      })
    })

    describe('snapshots', () => {
      test('stand for the events before them, and change no answer', async () => {
        const place = kind.place()
        const growing = await openBallots(place, { snapshotEvery: 10 })
        for (let nth = 0; nth < 25; nth++) await growing.ballots.change('a', now, vote(`${nth}`))
        const { database, ballots } = await openBallots(place, { snapshotEvery: 10 })
        expect(
          await database.query({ sql: 'select stream, version from snapshot', parameters: [] }),
        ).toEqual([{ stream: 'ballot:a', version: 20 }])
        expect(await ballots.read('a')).toMatchObject({
          version: 25,
          state: { votes: times(25, String) },
        })
        expect(await ballots.readAt('a', 13)).toMatchObject({ votes: times(13, String) })
        const without = await openBallots(place)
        expect(await without.ballots.read('a')).toEqual(await ballots.read('a'))
        await database.write((transaction) =>
          transaction.run([{ sql: `delete from snapshot`, parameters: [] }]),
        )
        expect(await (await openBallots(place, { snapshotEvery: 10 })).ballots.read('a')).toEqual(
          await ballots.read('a'),
        )
      })

      test('of an earlier version lack what the state has learned since: there it is as it begins', async () => {
        const place = kind.place()
        const { database, ballots } = await openBallots(place, { snapshotEvery: 10 })
        for (let nth = 0; nth < 12; nth++) await ballots.change('a', now, vote(`${nth}`))
        const fewer =
          kind.dialect === 'sqlite'
            ? `cast(replace(cast(body as text), '"closed":false,', '') as blob)`
            : `convert_to(replace(convert_from(body, 'UTF8'), '"closed":false,', ''), 'UTF8')`
        await database.write((transaction) =>
          transaction.run([{ sql: `update snapshot set body = ${fewer}`, parameters: [] }]),
        )
        const [{ length = 0 } = {}] = (await database.query({
          sql: `select length(body) as length from snapshot`,
          parameters: [],
        })) as { length: number }[]
        const later = await openBallots(place, { snapshotEvery: 10 })
        expect(await later.ballots.read('a')).toEqual(await ballots.read('a'))
        expect(length).toBe('{"id":"a","votes":["0","1","2","3","4","5","6","7","8","9"]}'.length)
      })
    })

    describe('what is kept beside the events', () => {
      test('content is put in the commit of its events, got by digest, and destroyed', async () => {
        const { ballots, database } = await opened()
        const content = contentStore(database, await vaultInHand('dossier')(database))
        const draft = { release: 'a', digest: 'd1', part: 'text', bytes: Buffer.from('草案') }
        const put = (statements: (typeof draft)[]) =>
          ballots.change('a', now, () => ({
            events: [{ type: 'Voted', by: 'x' }],
            statements: statements.map(content.put),
          }))
        await put([draft, { ...draft, digest: 'd2' }])
        await put([draft])
        expect(await content.get('a', 'd1')).toMatchObject({ part: 'text', release: 'a' })
        expect(Buffer.from((await content.get('a', 'd1'))!.bytes).toString()).toBe('草案')
        expect(await content.get('b', 'd1')).toBeUndefined()
        await ballots.change('a', now, () => ({
          events: [],
          statements: [content.remove({ release: 'a', digest: 'd1' })],
        }))
        expect(await content.get('a', 'd1')).toBeUndefined()
        expect(await content.get('a', 'd2')).toBeDefined()
      })

      test('marks only go forward', async () => {
        const { dossier, database } = await opened()
        const marks = marksOf(database)
        const write = (...statements: ReturnType<typeof marks.moveClockMark>[]) =>
          dossier.changeTogether([], now, () => ({ parts: [], statements }))
        expect(await marks.clockMark('wall')).toBeUndefined()
        await write(
          marks.moveClockMark({ id: 'wall', wall: NOW }),
          marks.moveRelayMark({ target: 'bus', sequence: 8 }),
        )
        await write(
          marks.moveClockMark({ id: 'wall', wall: NOW - 1 }),
          marks.moveRelayMark({ target: 'bus', sequence: 7 }),
        )
        expect([await marks.clockMark('wall'), await marks.relayMark('bus')]).toEqual([NOW, 8])
        await write(marks.putAside({ source: 's', sequence: 3, error: 'TypeError', at: NOW }))
        await write(marks.putAside({ source: 's', sequence: 3, error: 'TypeError', at: NOW }))
        expect(await marks.asides('s')).toEqual([
          { source: 's', sequence: 3, error: 'TypeError', at: NOW },
        ])
      })
    })
  })
