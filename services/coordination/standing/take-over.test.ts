// A successor takes over what is open, with its clocks (both names stay on record).
import { describe, expect, test } from 'vitest'
import { lettersOf } from '../letter/follow-up.js'
import type { ReleaseEvent } from '../release/events.js'
import { asked, asks, given, HEALTH, LATE, names, running, said } from '../release/law.fixture.js'
import type { Release } from '../release/state.js'
import { takeOver } from './take-over.js'

const SUCCESSOR = 'health-commission'
const takes =
  (agency = HEALTH, successor = SUCCESSOR) =>
  (release: Release) =>
    takeOver(release, { agency, successor, now: LATE })
const undelivered: ReleaseEvent = { type: 'LetterUndelivered', consultationId: asks(HEALTH) }
const letters = (release: Release, events: readonly ReleaseEvent[]) =>
  lettersOf(release, events).map(({ kind, recipient }) => `${kind} ${recipient}`)

describe('a succession', () => {
  test('is on record in each open matter, with its clock untouched, and the successor is told', () => {
    const state = given(...running)
    const events = state.when(takes())
    expect(events).toEqual([
      {
        ...{ type: 'SuccessorTookOver', agency: HEALTH, successor: SUCCESSOR, tookOverAt: LATE },
        served: [],
      },
    ])
    const after = state.after(takes())
    expect(after.consultations).toEqual(state.release.consultations)
    expect(letters(after, events)).toEqual([`notice ${SUCCESSOR}`])
    expect(takes()(after)).toEqual([])
  })
  test('serves the letters anew that the old agency never received, each once', () => {
    const state = given(...asked, undelivered)
    const after = state.after(takes())
    // Addressed to the old agency: whoever stands for it when the letter leaves receives it.
    expect(letters(after, state.when(takes()))).toEqual([
      `notice ${SUCCESSOR}`,
      `consultation_letter ${HEALTH}`,
    ])
    expect(takes()(after)).toEqual([])
    const late = given(...asked).after(takes(), () => [undelivered])
    expect(takes()(late)).toMatchObject([{ served: [asks(HEALTH)] }])
  })
  test('of the successor in turn is on record, too', () => {
    const after = given(...running).after(takes())
    expect(names(takes(HEALTH, 'health-ministry')(after))).toEqual(['SuccessorTookOver'])
  })
  test('of the releasing agency is on record in its releases', () => {
    expect(names(given(...running).when(takes('water-bureau')))).toEqual(['SuccessorTookOver'])
  })
  test('touches nothing that is settled, ended, or another’s', () => {
    expect(given(...running, said(HEALTH, 'consent')).when(takes())).toEqual([])
    expect(given(...running).when(takes('somebody'))).toEqual([])
    const withdrawn = { type: 'ReleaseWithdrawn', withdrawnAt: LATE, reasonDigest: 'r' } as const
    expect(given(...running, withdrawn).when(takes())).toEqual([])
  })
})
