// Faults in letters, silence, reminders, clearances and what is said of them, each with the invariant that has to find it.
import type { Consultation } from '../consultation/consultation.js'
import { DEADLINE, DRAFT_2, firm } from './law.fixture.js'
import { review } from './moves-of-release.fixture.js'
import { agreeing, folding, seeing, without, type Fault } from './search-faults.fixture.js'
import { theLaw } from './search-moves.fixture.js'

const LAST = DEADLINE - 1

const firmly = (one: Consultation): Consultation => {
  if (one.deadline === undefined) return one
  const { awaitsNotice: _notice, ...deadline } = one.deadline
  return { ...one, deadline: { ...deadline, provisional: false } }
}

export const faultsOfConsultations: readonly Fault[] = [
  [
    'silence deemed before the settling time',
    'every kind of reply at every instant',
    'nobody is deemed before the deadline and the settling time',
    { decideSilence: (r, p, c) => theLaw.decideSilence(r, p, { ...c, settling: 0 }) },
  ],
  [
    'silence deemed upon a provisional calendar',
    'a notice that is awaited',
    'nobody is deemed on a calendar that is in doubt',
    { decideSilence: (r, p, c) => theLaw.decideSilence(seeing(r, firmly), p, c) },
  ],
  [
    'silence deemed on a day on which the service was down',
    'an outage over two last days',
    'nobody is deemed on a last day on which the service was down for too long',
    { decideSilence: (r, p, c) => theLaw.decideSilence(r, p, { ...c, downtimes: [] }) },
  ],
  [
    'silence deemed under a pack that gives it no effect',
    'silence without effect',
    'without an effect of silence nobody is ever deemed',
    {
      decideSilence: (r, p, c) =>
        theLaw.decideSilence(r, { ...p, silence: { ...p.silence, effect: 'deemed_consent' } }, c),
    },
  ],
  [
    'a deeming that outlives the reply that was in time',
    'every kind of reply at every instant',
    'a deeming and a verdict never stand together',
    { decideOpinion: (...all) => without('DeemedConsentReversed')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a clearance that outlives the deeming it rests on',
    'every kind of reply at every instant',
    'a cleared version is settled with every agency',
    { decideOpinion: (...all) => without('ClearanceReversed')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a clearance that is not found',
    'every kind of reply at every instant',
    'a version is cleared as soon as nothing is missing',
    { decideOpinion: (...all) => without('ReleaseCleared')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a new version that leaves the old consultations open',
    'two versions, withdrawn or published',
    'a version is superseded if and only if there is a newer one',
    {
      evolve: (release, event) =>
        event.type === 'DraftRevised'
          ? { ...theLaw.evolve(release, event), consultations: release.consultations }
          : theLaw.evolve(release, event),
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
    'silence deemed of an agency that never got its letter',
    'letters on their way',
    'nobody is deemed to consent without a receipt',
    {
      decideSilence: (release, ...all) =>
        theLaw.decideSilence(
          seeing(release, (one) =>
            one.status === 'issued' ? { ...one, status: 'running', deadline: firm } : one,
          ),
          ...all,
        ),
    },
  ],
  [
    'a deemed consent that has its effect when it is recorded',
    'every kind of reply at every instant',
    'a deemed consent has its effect at the deadline',
    {
      decideSilence: (...all) =>
        theLaw
          .decideSilence(...all)
          .map((event) =>
            event.type === 'ConsentDeemed' ? { ...event, effectiveAt: event.recordedAt } : event,
          ),
    },
  ],
  [
    'a clock that runs from the date of the letter',
    'letters on their way',
    'a clock runs from a receipt, and from nothing else',
    folding('LettersIssued', (release) => seeing(release, (one) => ({ ...one, deadline: firm }))),
  ],
  [
    'an objection without reasons taken for one with reasons',
    'every kind of reply at every instant',
    'an objection without reasons is on record as defective, or was replaced',
    {
      decideOpinion: (...all) =>
        theLaw
          .decideOpinion(...all)
          .map((event) =>
            event.type === 'DefectiveObjectionFiled' ? { ...event, type: 'OpinionGiven' } : event,
          ),
    },
  ],
  [
    'letters that go out without a secrecy review',
    'letters on their way',
    'no letter is written before the secrecy review',
    {
      submit: (release, pack, command) =>
        without('SecrecyReviewRecorded')(
          theLaw.submit(release, pack, { ...command, secrecyReview: review }),
        ),
    },
  ],
  [
    'a clearance of another text',
    'every kind of reply at every instant',
    'what is cleared is the present draft, reviewed and asked about',
    folding('ReleaseCleared', ({ cleared, ...release }) =>
      cleared === undefined ? release : { ...release, cleared: { ...cleared, digest: DRAFT_2 } },
    ),
  ],
  [
    'a clearance that calls silence an express consent',
    'every kind of reply at every instant',
    'a clearance tells express, deemed and not concerned apart',
    folding('ReleaseCleared', ({ cleared, ...release }) =>
      cleared === undefined
        ? release
        : {
            ...release,
            cleared: {
              ...cleared,
              basis: cleared.basis.map((one) => ({ ...one, how: 'express' })),
            },
          },
    ),
  ],
  [
    'a shut gate that forgets an agency that never got its letter',
    'letters on their way',
    'a shut gate names what keeps it shut, and nothing that is settled',
    {
      gatesOf: (release, pack) =>
        theLaw.gatesOf(
          seeing(release, (one) => (one.status === 'issued' ? agreeing(one) : one)),
          pack,
        ),
    },
  ],
  [
    'an objection that opens no negotiation',
    'every kind of reply at every instant',
    'negotiation is open exactly while somebody disagrees',
    { decideOpinion: (...all) => without('NegotiationOpened')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a held release that calls itself cleared',
    'remarks that hold',
    'what is held is not called cleared',
    { statusOf: (release) => theLaw.statusOf({ ...release, remarks: [] }) },
  ],
  [
    'a remark on secrecy that holds nothing',
    'remarks that hold',
    'a remark holds exactly where it claims what the pack names',
    {
      decideOpinion: (...all) =>
        theLaw
          .decideOpinion(...all)
          .map((event) => (event.type === 'LateRemarkFiled' ? { ...event, holds: false } : event)),
    },
  ],
  [
    'a reminder issued a second time',
    'reminders',
    'each reminder was issued once, in order, before the deadline',
    {
      decideReminders: (release, command) =>
        theLaw.decideReminders(
          seeing(release, (one) => ({ ...one, remindedAt: [] })),
          command,
        ),
    },
  ],
  [
    'a delivery that counts as one more reminder',
    'reminders',
    'no reminder is called delivered that was not issued',
    folding('ReminderDelivered', (release, before, { consultationId, letterId, receivedAt }) =>
      seeing(release, (one) =>
        one.id !== consultationId
          ? one
          : {
              ...one,
              reminderLetters: [
                ...(before.consultations[consultationId]?.reminderLetters ?? []),
                { letterId, receivedAt },
              ],
            },
      ),
    ),
  ],
  [
    'a clearance that is said to have ended before it began',
    'every kind of reply at every instant',
    'clearances that ended do not overlap',
    folding('ClearanceReversed', (release) => ({
      ...release,
      endedClearances: release.endedClearances.map((one) => ({ ...one, until: LAST })),
    })),
  ],
  [
    'a withdrawal that leaves the agencies waiting',
    'letters on their way',
    'a withdrawn release awaits nothing',
    folding('ReleaseWithdrawn', (release, { consultations }) => ({ ...release, consultations })),
  ],
]
