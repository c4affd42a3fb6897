// What must be true of negotiation, disputes and rulings (协调 art. 6 para 3), whoever did what in whatever order.
import type { ReleaseEvent } from './events.js'
import { WATER } from './law.fixture.js'
import { take, type Invariants, type Step } from './search.fixture.js'
import {
  all,
  carriedOut,
  forbidden,
  has,
  inDisagreement,
  openDisputes,
  present,
  settled,
  verdict,
  wasHeard,
} from './invariants-questions.fixture.js'

const eventOf = <Type extends ReleaseEvent['type']>({ events }: Step, type: Type) =>
  events.find((event): event is Extract<ReleaseEvent, { type: Type }> => event.type === type)

const isGivenBack = (step: Step): boolean =>
  has(step, 'DisputeReturned') ||
  eventOf(step, 'RulingIssued')?.disposition === 'back_to_negotiation'

/** Tries to file at once; what comes of it. */
const filedAtOnce = (step: Step): Step =>
  take(step.world, step.law, step.after, {
    ...step.move,
    kind: 'file',
    run: (law, release) => {
      const candidates = [
        { kind: 'superior_organ', agency: 'whoever', zh: '上级', en: 'above' } as const,
      ]
      const plan = law.planDispute(release, step.world.pack, { to: 'superior_organ', candidates })
      return law.fileDispute(release, step.world.pack, plan, {
        ...{ disputeId: 'at-once', now: step.move.now, onStandingInstruction: false },
        ...{ documentNumber: '', numberFrom: 'allotted', summaryDigest: '', fileDigest: '' },
      })
    },
  })

export const ofDisagreement: Invariants = {
  states: {
    'a party never coordinates, nor does the releasing agency': ({ disputes }) =>
      disputes.every(
        ({ coordinator, parties }) =>
          coordinator !== WATER && !parties.some(({ agency }) => agency === coordinator),
      ),
    'at most one dispute is open, and only about the present version': (release) => {
      const open = openDisputes(release)
      return open.length <= 1 && open.every(({ version }) => version === release.version)
    },
    'nothing is cleared while a dispute is open': (release) =>
      release.cleared === undefined || openDisputes(release).length === 0,
    'what is ruled not to be released is never cleared': ({ cleared, disputes }) =>
      disputes.every(
        ({ ruling, draftDigest }) =>
          ruling?.disposition !== 'do_not_release' || cleared?.digest !== draftDigest,
      ),
    'a text that is to be changed is never cleared as it stood': ({ cleared, disputes }) =>
      disputes.every(
        ({ ruling, draftDigest }) =>
          ruling?.disposition !== 'release_with_changes' ||
          ruling.draftDigest === draftDigest ||
          cleared?.digest !== draftDigest,
      ),
    'a version carries out a ruling only as exactly the ruled text, right after it': ({
      versions,
      disputes,
    }) =>
      versions.every(({ version, digest, byRulingOf }) => {
        if (byRulingOf === undefined) return true
        const dispute = disputes.find(({ id }) => id === byRulingOf)
        return (
          dispute?.ruling?.disposition === 'release_with_changes' &&
          dispute.ruling.draftDigest === digest &&
          dispute.version === version - 1
        )
      }),
    'a ruled text rests on the ruling alone, for everybody who was asked before': (release) => {
      const dispute = carriedOut(release)
      if (dispute === undefined || release.cleared === undefined) return true
      return all(release)
        .filter(({ version }) => version === dispute.version)
        .every(({ id }) =>
          release.cleared?.basis.some(
            ({ consultationId, how, disputeId }) =>
              consultationId === id && how === 'by_ruling' && disputeId === dispute.id,
          ),
        )
    },
    'declined changes belong to the consent that asks for them': (release) =>
      all(release).every(
        (one) => one.changesDeclined === undefined || verdict(one) === 'consent_with_changes',
      ),
    'a version that is not consulted on again is one that was ruled': (release) =>
      !release.issued ||
      carriedOut(release) !== undefined ||
      release.affected.every(({ agency }) => present(release).some((one) => one.agency === agency)),
  },
  steps: {
    'no dispute is filed without a round on record since it was last given back': (step) => {
      if (isGivenBack(step) && filedAtOnce(step).events.length > 0) return false
      if (!has(step, 'DisputeFiled')) return true
      const { rounds } = step.before.negotiation
      const backAt = step.before.disputes.map(({ ruling }) =>
        ruling?.disposition === 'back_to_negotiation' ? ruling.at : 0,
      )
      return rounds.some(({ heldAt }) => heldAt >= Math.max(0, ...backAt))
    },
    'a round on another version, or before it was opened again, lets nothing be filed': (step) =>
      !has(step, 'NegotiationOpened') || filedAtOnce(step).events.length === 0,
    'the standing instruction counts from the opening, and anew from each return': (step) => {
      const at =
        eventOf(step, 'NegotiationOpened')?.openedAt ??
        eventOf(step, 'DisputeReturned')?.returnedAt ??
        (isGivenBack(step) ? eventOf(step, 'RulingIssued')?.ruledAt : undefined)
      return at === undefined || step.after.negotiation.since === at
    },
    'a dispute says whether it was declared or filed by itself, and goes where that says': (
      step,
    ) => {
      const filed = eventOf(step, 'DisputeFiled')
      if (filed === undefined) return true
      const { byItself = false, to } = step.move.files ?? {}
      const { standingInstruction } = step.before
      const instructed = standingInstruction?.to ?? step.world.pack.standingInstruction.to
      return (
        filed.onStandingInstruction === byItself &&
        has(step, 'NegotiationFailed') === !byItself &&
        filed.to === (to ?? instructed)
      )
    },
    'the parties of a dispute are all who disagree, and nobody else': (step) => {
      const filed = eventOf(step, 'DisputeFiled')
      const parties = filed?.parties.map(({ agency }) => agency).sort()
      return (
        parties === undefined ||
        JSON.stringify(parties) === JSON.stringify(inDisagreement(step.before).sort())
      )
    },
    'a new version or a withdrawal ends the open dispute': (step) =>
      !has(step, 'DraftRevised', 'ReleaseWithdrawn') ||
      openDisputes(step.before).every(
        ({ id }) => step.after.disputes.find((one) => one.id === id)?.standing === 'ended',
      ),
    'a dispute ends without a ruling only with its version, its release or its parties': (step) => {
      const ended = eventOf(step, 'DisputeEnded')
      if (ended === undefined || step.move.kind === 'hear') return true
      if (ended.cause === 'draft-revised') return has(step, 'DraftRevised')
      if (ended.cause === 'release-withdrawn') return has(step, 'ReleaseWithdrawn')
      const before = step.before.disputes.find(({ id }) => id === ended.disputeId)
      const still = inDisagreement(step.after)
      return before?.parties.every(({ agency }) => !still.includes(agency)) === true
    },
    'what is heard of a dispute that is not open changes nothing': (step) =>
      step.move.heard === undefined ||
      openDisputes(step.before).some(({ id }) => id === step.move.heard?.disputeId) ||
      step.events.length === 0,
    'a ruling never becomes a consent, nor anything else that an agency said': (step) =>
      step.move.heard === undefined ||
      (JSON.stringify(step.after.consultations) === JSON.stringify(step.before.consultations) &&
        JSON.stringify(step.after.confirmations) === JSON.stringify(step.before.confirmations)),
    'a ruled text is submitted only when the other consultations have ended': (step) =>
      eventOf(step, 'DraftRevised')?.byRulingOf === undefined ||
      present(step.before).every((one) => settled(one) || wasHeard(step.before, one.agency)),
    'a text that was ruled against is put to nobody again': (step) =>
      step.move.kind !== 'revise' ||
      !forbidden(step.before, step.move.text) ||
      !has(step, 'DraftRevised'),
    'what was ruled and said of earlier versions stays on record': (step) =>
      step.before.versions.every((one, index) => one === step.after.versions[index]) &&
      step.before.disputes.every(
        ({ id, ruling }) =>
          ruling === undefined ||
          JSON.stringify(ruling) ===
            JSON.stringify(step.after.disputes.find((one) => one.id === id)?.ruling),
      ),
  },
}
