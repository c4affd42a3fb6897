// Any interleaving of changes, on one or two instances, against a model of a few arrays: same
// answers, same refusals, nothing lost, nothing twice, numbers without gaps.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyRecord } from '../../shared/dossier/verify.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import { close, NOW, openBallots, request, tallies, vote, type BallotEvent } from './ballots.js'
import { kinds } from './databases.js'

const RUNS = 25

type Act = {
  readonly id: string
  readonly does: 'vote' | 'close' | 'nothing' | 'bug' | 'bad statement'
  readonly requestId: string | undefined
  readonly instance: number
  /** Waits for all before it. */
  readonly alone: boolean
}

const acts = fc.array(
  fc.record<Act>({
    id: fc.constantFrom('a', 'b', 'c'),
    does: fc.oneof(
      { weight: 12, arbitrary: fc.constant('vote' as const) },
      { weight: 2, arbitrary: fc.constant('bad statement' as const) },
      { weight: 1, arbitrary: fc.constantFrom('close', 'nothing', 'bug') },
    ),
    requestId: fc.option(fc.constantFrom('r1', 'r2', 'r3', 'r4'), { nil: undefined, freq: 3 }),
    instance: fc.nat(1),
    alone: fc.nat(9).map((chance) => chance === 0),
  }),
  { minLength: 1, maxLength: 60 },
)

type Said = { version: number; votes: readonly string[]; replayed: boolean } | string

/** What must come of acts that are taken one after the other. */
function model() {
  const ballots = new Map<string, { votes: string[]; closed: boolean; version: number }>()
  const requests = new Map<string, { does: string; said: Exclude<Said, string> }>()
  return {
    ballots,
    take({ id, does, requestId }: Act, nth: number): Said {
      const earlier = requestId === undefined ? undefined : requests.get(requestId)
      if (earlier && earlier.does !== does) return 'REQUEST_ID_REUSED'
      if (earlier) return { ...earlier.said, replayed: true }
      const ballot = ballots.get(id) ?? { votes: [], closed: false, version: 0 }
      if (does === 'bug') return 'a bug'
      if (does === 'vote' && ballot.closed) return 'RELEASE_ENDED'
      if (does === 'bad statement') return 'statement'
      const grows = does !== 'nothing'
      const after = {
        votes: does === 'vote' ? [...ballot.votes, `${nth}`] : ballot.votes,
        closed: ballot.closed || does === 'close',
        version: ballot.version + (grows ? 1 : 0),
      }
      if (grows) ballots.set(id, after)
      const said = { version: after.version, votes: after.votes, replayed: false }
      if (requestId !== undefined) requests.set(requestId, { does, said })
      return said
    },
  }
}

type Opened = Awaited<ReturnType<typeof openBallots>>

async function take({ ballots, setTally }: Opened, act: Act, nth: number): Promise<Said> {
  const key = act.requestId === undefined ? {} : { request: request(act.requestId, act.does) }
  try {
    const changed = await ballots.change(act.id, { now: NOW, ...key }, (ballot) => {
      if (act.does === 'bug') throw new Error('a bug')
      if (act.does === 'nothing') return []
      if (act.does === 'vote') return vote(`${nth}`)(ballot)
      const events: BallotEvent[] = close()
      return { events, statements: act.does === 'close' ? [] : [setTally('bad', 1_000)] }
    })
    return { version: changed.version, votes: changed.state.votes, replayed: changed.replayed }
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    return 'kind' in (error as object) ? (error as { kind: string }).kind : (error as Error).message
  }
}

for (const kind of kinds)
  describe.skipIf(!kind.here)(`any interleaving on ${kind.dialect}`, () => {
    test('on one instance answers as if each had come alone, in the order they came', async () => {
      const place = kind.place()
      let run = 0
      await fc.assert(
        fc.asyncProperty(acts, async (list) => {
          const opened = await openBallots(place)
          const expected = model()
          const prefixed = prefix(list, run++)
          const answers: Promise<Said>[] = []
          const musts: Said[] = []
          for (const [nth, act] of prefixed.entries()) {
            musts.push(expected.take(act, nth))
            answers.push(take(opened, act, nth))
            if (act.alone) await answers.at(-1)
          }
          expect(await Promise.all(answers)).toEqual(musts)
          const tallied = await tallies(opened.database)
          for (const [id, ballot] of expected.ballots) {
            expect(await opened.ballots.read(id)).toMatchObject({
              version: ballot.version,
              state: { votes: ballot.votes, closed: ballot.closed },
            })
            expect(tallied[id]).toBe(ballot.votes.length)
          }
          await verifyRecord(opened.database)
          await opened.database.close()
        }),
        { numRuns: RUNS },
      )
    })

    test('on two instances loses nothing, doubles nothing and leaves no gap', async () => {
      const place = kind.place()
      let run = 0
      await fc.assert(
        fc.asyncProperty(acts, async (list) => {
          const instances = [await openBallots(place), await openBallots(place)]
          const before = (await instances[0]!.dossier.head()).sequence
          const prefixed = prefix(list, run++)
          const answers = await Promise.all(
            prefixed.map((act, nth) => take(instances[act.instance]!, act, nth)),
          )
          const done = prefixed.flatMap((act, nth) => {
            const said = answers[nth]!
            return typeof said !== 'string' && !said.replayed && act.does === 'vote' ? [nth] : []
          })
          const ids = [...new Set(prefixed.map(({ id }) => id))]
          const states = await Promise.all(ids.map((id) => instances[1]!.ballots.read(id)))
          const votes = states.flatMap(({ state }) => state.votes.map(Number))
          expect(votes.sort((one, other) => one - other)).toEqual(done)
          const keyed = new Map<string, Set<string>>()
          for (const [nth, { requestId, does }] of prefixed.entries())
            if (requestId !== undefined && typeof answers[nth] !== 'string')
              keyed.set(requestId, (keyed.get(requestId) ?? new Set()).add(does))
          for (const commands of keyed.values()) expect(commands.size).toBe(1)
          const grown = states.reduce((sum, { version }) => sum + version, 0)
          const after = await verifyRecord(instances[0]!.database)
          expect(after - before).toBe(grown)
          for (const { database } of instances) await database.close()
        }),
        { numRuns: RUNS },
      )
    })
  })

/** Gives each run streams and request ids of its own, so that one place serves all runs. */
const prefix = (list: readonly Act[], run: number): Act[] =>
  list.map((act) => ({
    ...act,
    id: `${run}${act.id}`,
    requestId: act.requestId === undefined ? undefined : `${run}${act.requestId}`,
  }))
