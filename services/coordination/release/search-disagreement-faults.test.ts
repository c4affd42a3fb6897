// The negative control of the search of disagreement, the gates, paper and moving clocks: each fault, planted in a
// law that is otherwise the real one, is found by the one invariant that speaks of it.
import type { Consultation } from '../consultation/consultation.js'
import type { Dispute } from '../dispute/dispute.js'
import { firm, HEALTH, WATER } from './law.fixture.js'
import { findsEach, folding, seeing, without, type Fault } from './search-faults.fixture.js'
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
const agreeing = (one: Consultation): Consultation => ({
  ...one,
  status: 'answered',
  opinion: {
    ...{ kind: 'consent', digest: 'made-up', hasReasons: false, claims: [] },
    ...{ admittedAt: 0, givenBy: 'nobody' },
  },
})
const receivedOnPaper = (one: Consultation): Consultation =>
  one.paper === undefined ? one : { ...one, status: 'running', receivedAt: 1, deadline: firm }
const cleared = (release: Release): Release => ({
  ...release,
  cleared: { version: release.version, digest: release.draftDigest, at: 0, basis: [] },
})

const ROUND_PAST = (release: Release): Release => ({
  ...release,
  negotiation: { ...release.negotiation, past: 0, roundsFrom: 0 },
})

const faults: readonly Fault[] = [
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
  [
    'silence that confirms',
    'a joint release',
    'silence never confirms: each co-producer said yes to the cleared version, or was overruled',
    folding('ConsentDeemed', cleared),
  ],
  [
    'a contradiction that is taken for a yes',
    'a joint release',
    'a confirmation is confirmed exactly where its co-producer said so',
    folding('JointReleaseContradicted', (release) => ({
      ...release,
      confirmations: Object.fromEntries(
        Object.entries(release.confirmations).map(([id, one]) => [
          id,
          { ...one, status: 'confirmed' as const },
        ]),
      ),
    })),
  ],
  [
    'a co-producer that is not asked about the new version',
    'a joint release',
    'each co-producer is asked about each version, unless a ruling settled it',
    { reviseDraft: (...all) => without('ConfirmationsRequested')(theLaw.reviseDraft(...all)) },
  ],
  [
    'a contradiction that opens no negotiation',
    'a joint release',
    'a contradiction opens negotiation',
    {
      confirmJointRelease: (...all) =>
        without('NegotiationOpened')(theLaw.confirmJointRelease(...all)),
    },
  ],
  [
    'an approval that serves for the next version',
    'approved or not',
    'an approval opens the gate of its own version alone',
    folding('LettersIssued', (release) =>
      release.version > 1 && release.approvals.length > 0 ? cleared(release) : release,
    ),
  ],
  [
    'a clearance over an unanswered declaration',
    'affected too',
    'an unanswered declaration keeps the gate shut, and holds what is cleared',
    {
      decideSilence: (release, ...all) =>
        theLaw.decideSilence({ ...release, declarations: [] }, ...all),
    },
  ],
  [
    'an agency that is consulted and gets no letter',
    'affected too',
    'who is consulted because it said so is asked in this version and in every later one',
    { answerDeclaration: (...all) => without('LettersIssued')(theLaw.answerDeclaration(...all)) },
  ],
  [
    'a declaration of who is asked already',
    'affected too',
    'nobody who is asked, and nobody twice, is waited for as a declaration',
    {
      declareAffected: (release, ...all) =>
        theLaw.declareAffected({ ...release, affected: [], declarations: [] }, ...all),
    },
  ],
  [
    'a confirmation of another text',
    'a joint release',
    'a confirmation is to the present text and no other',
    {
      confirmJointRelease: (release, pack, command) =>
        theLaw.confirmJointRelease(release, pack, {
          ...command,
          draftDigest: release.draftDigest,
        }),
    },
  ],
  [
    'a reminder that wipes out a contradiction',
    'a joint release',
    'a confirmation is changed by its co-producer alone, or ends with its version',
    folding('OpinionGiven', (release) => ({
      ...release,
      confirmations: Object.fromEntries(
        Object.entries(release.confirmations).map(([id, { answer: _answer, ...one }]) => [
          id,
          { ...one, status: 'awaited' as const },
        ]),
      ),
    })),
  ],
  [
    'a contradiction after the clearance',
    'a joint release',
    'nothing is confirmed or contradicted after the clearance',
    {
      confirmJointRelease: ({ cleared: _cleared, ...release }, ...all) =>
        theLaw.confirmJointRelease(release, ...all),
    },
  ],
  [
    'an approval of another text',
    'approved or not',
    'an approval is of the present text',
    {
      recordApproval: (release, pack, command) =>
        theLaw.recordApproval(release, pack, { ...command, draftDigest: release.draftDigest }),
    },
  ],
  [
    'a declaration that is answered twice',
    'affected too',
    'a declaration is answered once',
    {
      answerDeclaration: (release, ...all) =>
        theLaw.answerDeclaration(
          {
            ...release,
            declarations: release.declarations.map((one) => ({ ...one, status: 'open' as const })),
          },
          ...all,
        ),
    },
  ],
  [
    'a declaration that a new version lifts',
    'affected too, in a later version',
    'a declaration is lifted by an answer, and by nothing else',
    folding('DraftRevised', (release) => ({ ...release, declarations: [] })),
  ],
  [
    'a clearance that stands though one more agency is asked',
    'affected too',
    'who is consulted after the clearance undoes it',
    {
      answerDeclaration: (...all) => without('ClearanceReversed')(theLaw.answerDeclaration(...all)),
    },
  ],
  [
    'a breach that is referred before there is one',
    'approved or not',
    'a breach is referred only where one is on record',
    {
      referBreach: (_release, _pack, referral) => [{ type: 'BreachReferred', ...referral }],
    },
  ],
  [
    'a contested service from which a clock runs',
    'letters on paper',
    'a contested or late service starts no clock before it is decided',
    folding('PaperServiceContested', (release) => seeing(release, receivedOnPaper)),
  ],
  [
    'a rejected service from which a clock runs',
    'letters on paper',
    'a rejected service leaves the receipt by wire, or none',
    folding('PaperServiceDecided', (release, _, { confirmed }) =>
      confirmed ? release : seeing(release, receivedOnPaper),
    ),
  ],
  [
    'the later of two receipts that counts',
    'letters on paper',
    'of two certain receipts the earlier one counts',
    folding('LetterReceived', (release, _, { receivedAt }) =>
      seeing(release, (one) => (one.paper === undefined ? one : { ...one, receivedAt })),
    ),
  ],
  [
    'a clock after a fallen service that ends before what was told',
    'letters on paper',
    'no deadline is earlier than what was told',
    folding('LetterReceived', (release, _, { deadline }) =>
      seeing(release, (one) =>
        one.paper === undefined || deadline === undefined ? one : { ...one, deadline },
      ),
    ),
  ],
  [
    'a rejection that forgets what was told',
    'letters on paper',
    'what was told is never forgotten and never shortened',
    folding('PaperServiceDecided', (release) =>
      seeing(release, (one) => {
        if (one.paper === undefined) return one
        const { told: _told, ...paper } = one.paper
        return { ...one, paper }
      }),
    ),
  ],
  [
    'a reversal that says another cause',
    'letters on paper',
    'a reversal always has its cause on record',
    {
      contestPaperService: (...all) =>
        theLaw
          .contestPaperService(...all)
          .map((event) =>
            event.type === 'DeemedConsentReversed'
              ? { ...event, cause: 'admitted-in-time' as const }
              : event,
          ),
    },
  ],
  [
    'a deeming that survives a reply on paper in time',
    'replies on paper',
    'a deeming never survives a reply on paper that was handed in before its deadline',
    {
      recordPaperOpinion: (release, ...all) =>
        Object.values(release.consultations).some(({ status }) => status === 'deemed')
          ? []
          : theLaw.recordPaperOpinion(release, ...all),
    },
  ],
  [
    'a no that the releasing agency’s own record lifts',
    'replies on paper',
    'the releasing agency’s record never lifts a no that the agency gave itself',
    {
      recordPaperOpinion: (release, pack, command) =>
        theLaw.recordPaperOpinion(release, pack, { ...command, part: 'consulted' }),
    },
  ],
  [
    'an own word that gives way to what another recorded',
    'replies on paper',
    'an agency’s own word takes the place of what another recorded for it',
    {
      decideOpinion: (...all) =>
        without('OpinionGiven')(without('DefectiveObjectionFiled')(theLaw.decideOpinion(...all))),
    },
  ],
  [
    'a service that is confirmed though nobody doubts it',
    'letters on paper',
    'a service is decided once, and what is not in doubt is confirmed by nobody',
    {
      decidePaperService: (release, ...all) =>
        theLaw.decidePaperService(
          seeing(release, (one) =>
            one.paper === undefined
              ? one
              : { ...one, paper: { ...one.paper, status: 'late_on_record' } },
          ),
          ...all,
        ),
    },
  ],
  [
    'a deeming that outlives the service it rests on',
    'letters on paper',
    'a service that falls takes the deeming that rests on it',
    {
      contestPaperService: (...all) =>
        without('DeemedConsentReversed')(theLaw.contestPaperService(...all)),
    },
  ],
  [
    'a confirmed service by which its agency is late already',
    'letters on paper',
    'a confirmed service lets nobody be late before the agency was told',
    {
      decidePaperService: (release, pack, command) =>
        theLaw.decidePaperService(release, pack, {
          ...command,
          calendar: { ...command.calendar, endOfFirstWorkingDayAfter: () => firm },
        }),
    },
  ],
  [
    'a remark that stays late by a deadline that moved',
    'deadlines that turn out to be later',
    'a remark is late by the deadline that stands, and by no earlier one',
    {
      recomputeDeadline: (...all) => {
        const events = theLaw.recomputeDeadline(...all)
        return without('OpinionGiven')(events)
      },
    },
  ],
  [
    'a deeming that is corrected over what was said in between',
    'deadlines that turn out to be later',
    'a deeming is corrected only to a later deadline that passed in silence too',
    {
      recomputeDeadline: (release, ...all) =>
        theLaw.recomputeDeadline({ ...release, remarks: [] }, ...all),
    },
  ],
]

findsEach(faults)
