// Faults in negotiation, disputes and rulings, each with the invariant that has to find it.
import type { Dispute } from '../dispute/dispute.js'
import { HEALTH, WATER } from './law.fixture.js'
import { agreeing, cleared, folding, seeing, without, type Fault } from './search-faults.fixture.js'
import { theLaw } from './search-moves.fixture.js'
import type { Release } from './state.js'

const disputes = (release: Release, change: (one: Dispute) => Dispute): Release => ({
  ...release,
  disputes: release.disputes.map(change),
})
/** As if no dispute had ever been filed. */
const undisputed = (release: Release): Release => ({ ...release, disputes: [] })
const unruled = (release: Release): Release =>
  disputes(release, ({ ruling: _ruling, ...one }) => one)
const ROUND_PAST = (release: Release): Release => ({
  ...release,
  negotiation: { ...release.negotiation, past: 0, roundsFrom: 0 },
})

export const faultsOfDisagreement: readonly Fault[] = [
  [
    'a dispute filed on rounds from before it was given back',
    'filed, and filed again',
    'no dispute is filed without a round on record since it was last given back',
    { planDispute: (release, ...all) => theLaw.planDispute(ROUND_PAST(release), ...all) },
  ],
  [
    'a dispute filed on rounds from before negotiation was opened again',
    'ruled in every way',
    'a round on another version, or before it was opened again, lets nothing be filed',
    { planDispute: (release, ...all) => theLaw.planDispute(ROUND_PAST(release), ...all) },
  ],
  [
    'a party that coordinates its own dispute',
    'filed where the authority is a party',
    'a party never coordinates, nor does the releasing agency',
    folding('DisputeFiled', (release) =>
      disputes(release, (one) => ({ ...one, coordinator: HEALTH })),
    ),
  ],
  [
    'the releasing agency that coordinates its own dispute',
    'filed where the authority is a party',
    'a party never coordinates, nor does the releasing agency',
    folding('DisputeFiled', (release) =>
      disputes(release, (one) => ({ ...one, coordinator: WATER })),
    ),
  ],
  [
    'a second dispute beside an open one',
    'filed, and filed again',
    'at most one dispute is open, and only about the present version',
    {
      planDispute: (release, ...all) => theLaw.planDispute(undisputed(release), ...all),
    },
  ],
  [
    'a clearance while a dispute is open',
    'filed, and filed again',
    'nothing is cleared while a dispute is open',
    folding('DisputeAccepted', cleared),
  ],
  [
    'a clearance of what was ruled not to be released',
    'ruled in every way',
    'what is ruled not to be released is never cleared',
    folding('RulingIssued', (release, _, { disposition }) =>
      disposition === 'do_not_release' ? cleared(release) : release,
    ),
  ],
  [
    'a clearance of a text that is to be changed',
    'ruled in every way',
    'a text that is to be changed is never cleared as it stood',
    folding('RulingIssued', (release, _, { disposition }) =>
      disposition === 'release_with_changes' ? cleared(release) : release,
    ),
  ],
  [
    'another text that passes for the ruled one',
    'ruled with changes, over three versions',
    'a version carries out a ruling only as exactly the ruled text, right after it',
    folding('DraftRevised', (release) => ({
      ...release,
      versions: release.versions.map((one) =>
        one.version === 1 || release.disputes.length === 0
          ? one
          : { ...one, byRulingOf: 'dispute-0' },
      ),
    })),
  ],
  [
    'a clearance of a ruled text that calls it consent',
    'ruled with changes, over three versions',
    'a ruled text rests on the ruling alone, for everybody who was asked before',
    folding('ReleaseCleared', (release) => ({
      ...release,
      cleared: release.cleared && { ...release.cleared, basis: [] },
    })),
  ],
  [
    'declined changes that outlive the consent that asked for them',
    'negotiated, declined, asked to be escalated',
    'declined changes belong to the consent that asks for them',
    folding('OpinionGiven', (release, before, { consultationId }) => {
      const declined = before.consultations[consultationId]?.changesDeclined
      return declined === undefined
        ? release
        : seeing(release, (one) =>
            one.id === consultationId ? { ...one, changesDeclined: declined } : one,
          )
    }),
  ],
  [
    'a new version that is not put to all',
    'a joint release',
    'a version that is not consulted on again is one that was ruled',
    {
      reviseDraft: (...all) =>
        theLaw
          .reviseDraft(...all)
          .map((event) => (event.type === 'LettersIssued' ? { ...event, letters: [] } : event)),
    },
  ],
  [
    'a return that leaves the time of the standing instruction running',
    'filed, and filed again',
    'the standing instruction counts from the opening, and anew from each return',
    folding('DisputeReturned', (release, { negotiation: { since = 0 } }) => ({
      ...release,
      negotiation: { ...release.negotiation, since },
    })),
  ],
  [
    'a filing by itself that says it was declared',
    'filed, and filed again',
    'a dispute says whether it was declared or filed by itself, and goes where that says',
    {
      fileDispute: (release, pack, plan, command) =>
        theLaw.fileDispute(release, pack, plan, { ...command, onStandingInstruction: false }),
    },
  ],
  [
    'a party that is left out of the dispute',
    'filed where the authority is a party',
    'the parties of a dispute are all who disagree, and nobody else',
    {
      planDispute: (...all) => {
        const plan = theLaw.planDispute(...all)
        return { ...plan, parties: plan.parties.slice(0, 1) }
      },
    },
  ],
  [
    'a withdrawal that leaves the dispute open',
    'filed where the authority is a party',
    'a new version or a withdrawal ends the open dispute',
    { withdraw: (...all) => without('DisputeEnded')(theLaw.withdraw(...all)) },
  ],
  [
    'a dispute that ends though a party still disagrees',
    'filed where the authority is a party',
    'a dispute ends without a ruling only with its version, its release or its parties',
    {
      decideOpinion: (release, pack, command) => {
        const events = theLaw.decideOpinion(release, pack, command)
        const [dispute] = release.disputes
        if (dispute?.standing !== 'filed') return events
        const { id: disputeId, version } = dispute
        const cause = 'nothing-in-dispute'
        return [
          ...without('DisputeEnded')(events),
          { type: 'DisputeEnded', disputeId, version, cause, endedAt: 0 },
        ]
      },
    },
  ],
  [
    'a ruling that is heard twice',
    'ruled in every way',
    'what is heard of a dispute that is not open changes nothing',
    {
      hear: (release, ...all) =>
        theLaw.hear(
          disputes(release, (one) => ({ ...one, standing: 'filed' })),
          ...all,
        ),
    },
  ],
  [
    'a ruling that becomes a consent',
    'ruled in every way',
    'a ruling never becomes a consent, nor anything else that an agency said',
    folding('RulingIssued', (release) => seeing(release, agreeing)),
  ],
  [
    'a ruled text that is submitted over the heads of others',
    'ruled with changes, over three versions',
    'a ruled text is submitted only when the other consultations have ended',
    {
      reviseDraft: (release, ...all) => theLaw.reviseDraft(seeing(release, agreeing), ...all),
    },
  ],
  [
    'a text that was ruled against and is put to all again',
    'ruled with changes, over three versions',
    'a text that was ruled against is put to nobody again',
    { reviseDraft: (release, ...all) => theLaw.reviseDraft(unruled(release), ...all) },
  ],
  [
    'a ruling that is forgotten with its version',
    'ruled with changes, over three versions',
    'what was ruled and said of earlier versions stays on record',
    folding('DraftRevised', unruled),
  ],
]
