// What one operator may not do alone: proposals, and what undoes them.
import { describe, expect, test } from 'vitest'
import {
  evolveHouseClock,
  noHouseClock,
  proposedByAnother,
  proposing,
  type HouseClock,
  type HouseClockEvent,
  type Proposal,
} from './house-clock.js'

const clock = { act: 'confirm-clock', digest: 'd', by: 'operator/one' } as const
const outage = { act: 'record-outage', digest: 'd', by: 'operator/one' } as const
const given = (...events: readonly HouseClockEvent[]): HouseClock =>
  events.reduce(evolveHouseClock, noHouseClock)
const proposed = (proposal: Proposal): HouseClockEvent => ({
  type: 'ActProposed',
  at: 1,
  ...proposal,
})
const down = { type: 'DowntimeRecorded', from: 1, to: 2, cause: 'recorded' } as const

describe('a proposal', () => {
  test('is for another operator, for the same act in the same words', () => {
    const state = given(proposed(clock))
    const second = { ...clock, by: 'operator/two' }
    expect(proposedByAnother(state, second)).toEqual(clock)
    expect(proposedByAnother(state, clock)).toBeUndefined()
    expect(proposedByAnother(state, { ...second, digest: 'other' })).toBeUndefined()
    expect(proposedByAnother(state, { ...second, act: 'record-outage' })).toBeUndefined()
  })

  test('is on record once for each operator', () => {
    expect(proposing(noHouseClock, clock, 1)).toEqual([proposed(clock)])
    expect(proposing(given(proposed(clock)), clock, 2)).toEqual([])
    expect(proposing(given(proposed(clock)), { ...clock, by: 'operator/two' }, 2)).toHaveLength(1)
  })

  test('to confirm the clock falls with a new doubt, and with the confirmation', () => {
    const doubt = { type: 'ClockDoubted', cause: 'wall-jumped', at: 2, drift: 9 } as const
    expect(given(proposed(clock), proposed(outage), doubt).proposals).toEqual([outage])
    const cleared = ['wall-jumped'] as const
    const confirmed = { type: 'ClockConfirmed', by: 'operator/two', at: 3 } as const
    const words = { reasonDigest: 'd', proposedBy: 'operator/one', cleared }
    expect(given(doubt, proposed(clock), { ...confirmed, ...words })).toMatchObject({
      ...{ proposals: [], doubts: [] },
    })
  })

  test('of an outage falls with that outage, and with no other', () => {
    const other = { ...outage, digest: 'other' }
    const state = given(proposed(clock), proposed(outage), proposed(other))
    expect(evolveHouseClock(state, { ...down, proposal: outage }).proposals).toEqual([clock, other])
    expect(evolveHouseClock(state, down).proposals).toEqual(state.proposals) // what the service saw itself
  })
})
