// Every small world, searched to its end: whatever order things happen in, the invariants hold. Together
// the worlds reach everything that the law can record; a new event that none reaches fails here.
import { afterAll, describe, expect, test } from 'vitest'
import type { ApprovalEvent } from '../approval/approval.js'
import type { BreachEvent } from '../breach/referral.js'
import type { DeclarationEvent } from '../declaration/declaration.js'
import type { JointEvent } from '../joint/joint.js'
import type { PaperEvent } from '../paper/paper.js'
import type { ReleaseEvent } from './events.js'
import { invariants } from './invariants.fixture.js'
import type { TakeOverEvent } from '../standing/take-over.js'
import type { ParticularsEvent } from './particulars.js'
import { search } from './search.fixture.js'
import { worlds } from './worlds.fixture.js'

const STATES_MAX = 200_000 // a world that is larger does not end, or belongs cut in two

/** Events of rooms that these worlds have no moves for; those rooms have tests of their own. */
type Elsewhere =
  | ParticularsEvent['type']
  | TakeOverEvent['type']
  | JointEvent['type']
  | ApprovalEvent['type']
  | DeclarationEvent['type']
  | BreachEvent['type']
  | PaperEvent['type']
  | 'DeemingCorrected' // release/correct.test.ts

/** Every kind of event; the compiler asks for a new one. False: its own tests reach it, no world here does yet. */
const EVENTS: Record<Exclude<ReleaseEvent['type'], Elsewhere>, boolean> = {
  ReleaseSubmitted: true,
  SecrecyReviewRecorded: true,
  LettersIssued: true,
  DraftRevised: true,
  LetterReceived: true,
  LetterUndelivered: true,
  OpinionGiven: true,
  DefectiveObjectionFiled: true,
  LateRemarkFiled: true,
  LateRemarkDecided: true,
  ReminderIssued: true,
  ReminderDelivered: true,
  ConsentDeemed: true,
  SilenceRecorded: true,
  DeemedConsentReversed: true,
  DeadlineMoved: true,
  NegotiationOpened: true,
  NegotiationEnded: true,
  NegotiationRecorded: false,
  NegotiationFailed: false,
  ChangesDeclined: false,
  StandingInstructionSet: false,
  EscalationRequested: false,
  DisputeFiled: false,
  DisputeAccepted: false,
  DisputeReassigned: false,
  DisputeReturned: false,
  DisputeEnded: false,
  RulingIssued: false,
  ReleaseCleared: true,
  ClearanceReversed: true,
  ReleaseWithdrawn: true,
  ReleasePublished: true,
  BreachRecorded: true,
}

describe('whatever happens in whatever order', () => {
  const reached = new Set<string>()
  let [states, steps] = [0, 0]
  afterAll(() => {
    console.log(`searched: ${states} states, ${steps} decisions in ${worlds.length} worlds`)
  })

  test.each(worlds.map((world) => [world.name, world] as const))(
    '%s: every invariant holds in every state and at every step',
    (_, world) => {
      const found = search(world, invariants, undefined, { statesMax: STATES_MAX })
      expect(found.violation).toBeUndefined()
      expect(found.states).toBeGreaterThan(1_000) // a world in which nothing can happen proves nothing
      states += found.states
      steps += found.steps
      for (const type of found.events) reached.add(type)
    },
    300_000,
  )

  test('all that the law can record was reached', () => {
    const expected = Object.entries(EVENTS).flatMap(([type, here]) => (here ? [type] : []))
    expect([...reached].sort()).toEqual(expected.sort())
  })
})
