// The negative control of the search: a fault, planted in a law that is otherwise the real one, is found by the one
// invariant that speaks of it, without the help of the others.
import { describe, expect, test } from 'vitest'
import type { Consultation } from '../consultation/consultation.js'
import type { ReleaseEvent } from './events.js'
import { invariants } from './invariants.fixture.js'
import { search, type Invariants } from './search.fixture.js'
import { theLaw, type Law } from './search-moves.fixture.js'
import type { Release } from './state.js'
import { worlds } from './worlds.fixture.js'

export const without =
  (type: ReleaseEvent['type']) =>
  (events: readonly ReleaseEvent[]): readonly ReleaseEvent[] =>
    events.filter((event) => event.type !== type)

export const seeing = (release: Release, change: (one: Consultation) => Consultation): Release => ({
  ...release,
  consultations: Object.fromEntries(
    Object.entries(release.consultations).map(([id, one]) => [id, change(one)]),
  ),
})

/** As if its agency had consented. */
export const agreeing = (one: Consultation): Consultation => ({
  ...one,
  status: 'answered',
  opinion: {
    ...{ kind: 'consent', digest: 'made-up', hasReasons: false, claims: [] },
    ...{ admittedAt: 0, givenBy: 'nobody' },
  },
})
/** As if its present version had been cleared before anything else. */
export const cleared = (release: Release): Release => ({
  ...release,
  cleared: { version: release.version, digest: release.draftDigest, at: 0, basis: [] },
})

export type Fault = readonly [fault: string, world: string, invariant: string, law: Partial<Law>]

/** The law whose fold makes something else of an event. */
export const folding = <Type extends ReleaseEvent['type']>(
  type: Type,
  change: (
    after: Release,
    before: Release,
    event: Extract<ReleaseEvent, { type: Type }>,
  ) => Release,
): Partial<Law> => ({
  evolve: (before, event) => {
    const after = theLaw.evolve(before, event)
    return event.type === type
      ? change(after, before, event as Extract<ReleaseEvent, { type: Type }>)
      : after
  },
})

const only = (name: string): Invariants => {
  const rules = <Rule>(all: Readonly<Record<string, Rule>>): Record<string, Rule> =>
    name in all ? { [name]: all[name]! } : {}
  return { states: rules(invariants.states), steps: rules(invariants.steps) }
}

const STATES_MAX = 200_000 // a fault may let a world go on for ever

/** Runs each fault in its world, with its invariant alone. */
export function findsEach(faults: readonly Fault[]): void {
  describe('the search finds', () => {
    test.each(faults)('%s', (_, name, invariant, change) => {
      const world = worlds.find((one) => one.name === name)
      if (world === undefined) throw new Error(`no world is called ${name}`)
      const { violation } = search(
        world,
        only(invariant),
        { ...theLaw, ...change },
        { statesMax: STATES_MAX },
      )
      expect(violation).toMatchObject({ invariant })
      expect(violation?.way.length).toBeGreaterThan(0)
    })
  })
}
