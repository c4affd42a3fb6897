// Searches one part of the worlds as a suite of tests, and checks that the part reaches the events that it is
// there for. The parts are files of their own, so that two workers share them.
import { afterAll, describe, expect, test } from 'vitest'
import type { ReleaseEvent } from './events.js'
import { invariants } from './invariants.fixture.js'
import { search } from './search.fixture.js'
import type { World } from './search-moves.fixture.js'

export type Part = 'consultations' | 'disagreement'

const STATES_MAX = 200_000 // a world that is larger does not end, or belongs cut in two
const PATIENCE_MS = 1_200_000 // of a machine that is shared; alone the largest takes a minute or two

/** Every kind of event, and the part whose worlds reach it; the compiler asks for a new one. */
const EVENTS: Record<ReleaseEvent['type'], Part> = {
  ReleaseSubmitted: 'consultations',
  SecrecyReviewRecorded: 'consultations',
  LettersIssued: 'consultations',
  DraftRevised: 'consultations',
  LetterReceived: 'consultations',
  LetterUndelivered: 'consultations',
  OpinionGiven: 'consultations',
  DefectiveObjectionFiled: 'consultations',
  LateRemarkFiled: 'consultations',
  LateRemarkDecided: 'consultations',
  ReminderIssued: 'consultations',
  ReminderDelivered: 'consultations',
  ConsentDeemed: 'consultations',
  SilenceRecorded: 'consultations',
  DeemedConsentReversed: 'consultations',
  DeadlineMoved: 'consultations',
  NegotiationOpened: 'consultations',
  NegotiationEnded: 'consultations',
  ReleaseCleared: 'consultations',
  ClearanceReversed: 'consultations',
  ReleaseWithdrawn: 'consultations',
  ContentDestroyed: 'consultations',
  ReleasePublished: 'consultations',
  BreachRecorded: 'consultations',
  ParticularsDeclared: 'disagreement',
  NegotiationRecorded: 'disagreement',
  NegotiationFailed: 'disagreement',
  ChangesDeclined: 'disagreement',
  StandingInstructionSet: 'disagreement',
  EscalationRequested: 'disagreement',
  DisputeFiled: 'disagreement',
  DisputeAccepted: 'disagreement',
  DisputeReassigned: 'disagreement',
  DisputeReturned: 'disagreement',
  DisputeEnded: 'disagreement',
  RulingIssued: 'disagreement',
  ConfirmationsRequested: 'disagreement',
  JointReleaseConfirmed: 'disagreement',
  JointReleaseContradicted: 'disagreement',
  ConfirmationReminderIssued: 'disagreement',
  ApprovalRecorded: 'disagreement',
  AffectedAgencyDeclared: 'disagreement',
  DeclarationAnswered: 'disagreement',
  BreachReferred: 'disagreement',
  PaperServiceRecorded: 'disagreement',
  PaperServiceContested: 'disagreement',
  PaperServiceDecided: 'disagreement',
  DeemingCorrected: 'disagreement',
  SuccessorTookOver: 'disagreement',
}

export function searchPart(part: Part, worlds: readonly World[], statesMin: number): void {
  describe(`whatever happens in whatever order, of ${part}`, () => {
    const reached = new Set<string>()
    const transitions = new Map<string, Set<string>>()
    let [states, steps] = [0, 0]
    afterAll(() => {
      const kinds = [...transitions].map(([kind, types]) => `${kind}: ${[...types].join(', ')}`)
      console.log(
        `searched: ${states} states, ${steps} decisions in ${worlds.length} worlds of ${part}\n${kinds.join('\n')}`,
      )
    })

    test.each(worlds.map((world) => [world.name, world] as const))(
      '%s: every invariant holds in every state and at every step',
      (_, world) => {
        const found = search(world, invariants, undefined, { statesMax: STATES_MAX })
        expect(found.violation).toBeUndefined()
        expect(found.states).toBeGreaterThan(500) // a world in which nothing can happen proves nothing
        states += found.states
        steps += found.steps
        for (const type of found.events) reached.add(type)
        for (const [kind, types] of found.transitions)
          transitions.set(kind, new Set([...(transitions.get(kind) ?? []), ...types]))
      },
      PATIENCE_MS,
    )

    test('all that the law can record is reached by the part that is there for it', () => {
      const expected = Object.entries(EVENTS).flatMap(([type, by]) => (by === part ? [type] : []))
      expect(expected.filter((type) => !reached.has(type))).toEqual([])
      expect(states).toBeGreaterThan(statesMin)
    })
  })
}
