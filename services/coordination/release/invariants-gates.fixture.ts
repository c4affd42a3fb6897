// What must be true of joint releases, approvals, declarations and breaches (协调 art. 5, 6 para 1, 7, 8), whoever
// did what in whatever order.
import {
  asked,
  carriedOut,
  ended,
  forbidden,
  gatesIn,
  has,
  overruled,
  present,
  publications,
  wasHeard,
} from './invariants-questions.fixture.js'
import type { Invariants } from './search.fixture.js'
import type { Release } from './state.js'

const byRuling = (release: Release, agency: string): boolean =>
  overruled(release, agency) ||
  carriedOut(release)?.parties.some((party) => party.agency === agency) === true

export const ofTheGates: Invariants = {
  states: {
    'silence never confirms: each co-producer said yes to the cleared version, or was overruled': (
      release,
    ) =>
      release.cleared === undefined ||
      release.withdrawn !== undefined ||
      release.particulars.coProducers.every(
        (agency) =>
          byRuling(release, agency) ||
          asked(release).some((one) => one.agency === agency && one.answer?.accurate === true),
      ),
    'a confirmation is confirmed exactly where its co-producer said so': ({ confirmations }) =>
      Object.values(confirmations).every(
        ({ status, answer }) =>
          status === 'ended' ||
          status ===
            (answer === undefined ? 'awaited' : answer.accurate ? 'confirmed' : 'contradicted'),
      ),
    'each co-producer is asked about each version, unless a ruling settled it': (release) =>
      !release.issued ||
      release.particulars.coProducers.every(
        (agency) =>
          byRuling(release, agency) || asked(release).some((one) => one.agency === agency),
      ),
    'a contradiction opens negotiation': (release) =>
      ended(release) ||
      release.negotiating ||
      forbidden(release, release.draftDigest) ||
      asked(release).every(
        ({ status, agency }) => status !== 'contradicted' || wasHeard(release, agency),
      ),
    'an approval opens the gate of its own version alone': (release) =>
      release.cleared === undefined ||
      release.particulars.approvalsNeeded.every(({ organDigest }) =>
        release.approvals.some(
          (one) => one.organDigest === organDigest && one.version === release.cleared?.version,
        ),
      ),
    'who is consulted because it said so is asked in this version and in every later one': (
      release,
    ) =>
      !release.issued ||
      carriedOut(release) !== undefined ||
      release.declarations.every(
        ({ status, agency }) =>
          status !== 'consulted' || present(release).some((one) => one.agency === agency),
      ),
    'nobody who is asked, and nobody twice, is waited for as a declaration': ({
      declarations,
      affected,
    }) => {
      const open = declarations.filter(({ status }) => status === 'open')
      return (
        new Set(open.map(({ agency }) => agency)).size === open.length &&
        open.every(({ agency }) => !affected.some((one) => one.agency === agency))
      )
    },
  },
  steps: {
    'an unanswered declaration keeps the gate shut, and holds what is cleared': (step) => {
      const { after, world, law } = step
      const open = after.declarations.filter(({ status }) => status === 'open')
      if (ended(after) || open.length === 0) return true
      const [gate] = gatesIn(world, law)(after).filter(({ kind }) => kind === 'consultations')
      const subjects = gate?.obstacles.map(({ subject }) => subject) ?? []
      return (
        !has(step, 'ReleaseCleared') &&
        open.every(({ id }) => subjects.includes(id)) &&
        law.statusOf(after) !== 'cleared'
      )
    },
    'a confirmation is to the present text and no other': ({ before, move, events }) =>
      move.kind !== 'confirm' ||
      events.length === 0 ||
      (move.text === before.draftDigest &&
        before.confirmations[move.consultationId ?? '']?.version === before.version),
    'a confirmation is changed by its co-producer alone, or ends with its version': (step) =>
      Object.values(step.before.confirmations).every((one) => {
        const then = step.after.confirmations[one.id]
        if (JSON.stringify(then?.answer) === JSON.stringify(one.answer)) {
          const same = then?.status === one.status
          return same || (then?.status === 'ended' && has(step, 'DraftRevised', 'ReleaseWithdrawn'))
        }
        return step.move.kind === 'confirm' && step.move.consultationId === one.id
      }),
    'nothing is confirmed or contradicted after the clearance': (step) =>
      step.move.kind !== 'confirm' || step.before.cleared === undefined || step.events.length === 0,
    'an approval is of the present text': ({ before, move, events }) =>
      move.kind !== 'approve' || events.length === 0 || move.text === before.draftDigest,
    'a declaration is answered once': (step) =>
      step.before.declarations.every(
        (one) =>
          one.status === 'open' ||
          JSON.stringify(one) ===
            JSON.stringify(step.after.declarations.find(({ id }) => id === one.id)),
      ),
    'a declaration is lifted by an answer, and by nothing else': (step) =>
      step.move.kind === 'answer' ||
      step.before.declarations.every(
        ({ id, status }) =>
          status !== 'open' ||
          step.after.declarations.some((one) => one.id === id && one.status === 'open'),
      ),
    'who is consulted after the clearance undoes it': (step) =>
      !has(step, 'DeclarationAnswered') ||
      step.move.says !== 'yes' ||
      step.after.cleared === undefined,
    'a breach is referred only where one is on record': (step) =>
      !has(step, 'BreachReferred') ||
      publications(step.before).some(({ breaches }) => breaches.length > 0),
  },
}
