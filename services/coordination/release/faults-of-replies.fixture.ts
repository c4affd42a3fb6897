// Faults in what becomes of a reply, of silence, of a deadline and of a publication, each with the invariant that has to find it.
import type { Consultation } from '../consultation/consultation.js'
import type { Completes } from '../consultation/events.js'
import type { ReleaseEvent } from './events.js'
import { DEADLINE, firm, rolledTwice } from './law.fixture.js'
import { agreeing, cleared, folding, seeing, without, type Fault } from './search-faults.fixture.js'
import { theLaw } from './search-moves.fixture.js'

const knownNoAsSilence = (one: Consultation): Consultation =>
  one.status === 'defective' ? { ...one, status: 'running' } : one

/** The event, saying that the opinion completes that, or nothing. */
const completing =
  (completes: Completes | undefined) =>
  (event: ReleaseEvent): ReleaseEvent => {
    if (event.type !== 'OpinionGiven') return event
    const { completes: _completes, ...given } = event
    return completes === undefined ? given : { ...given, completes }
  }

export const faultsOfReplies: readonly Fault[] = [
  [
    'a known "no" without reasons taken for silence',
    'every kind of reply at every instant',
    'silence consents only where nothing else was said',
    { decideSilence: (r, p, c) => theLaw.decideSilence(seeing(r, knownNoAsSilence), p, c) },
  ],
  [
    'a late reply taken for one in time',
    'every kind of reply at every instant',
    'a late reply never ends a silence that has its effect',
    { decideOpinion: (r, p, c) => theLaw.decideOpinion(r, p, { ...c, clockInDoubt: true }) },
  ],
  [
    'a reply in time dropped',
    'every kind of reply at every instant',
    'whatever an agency says is one reply on record, or refused with the reason',
    { decideOpinion: (...all) => without('OpinionGiven')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a late remark dropped',
    'every kind of reply at every instant',
    'whatever an agency says is one reply on record, or refused with the reason',
    { decideOpinion: (...all) => without('LateRemarkFiled')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a clock that starts a second time',
    'letters on their way',
    'a receipt is told once: no clock starts twice',
    {
      recordReceipt: (release, pack, command) => {
        const again = seeing(release, ({ receivedAt: _received, ...one }) => one)
        return theLaw.recordReceipt(again, pack, command)
      },
    },
  ],
  [
    'content that is destroyed while the release is on its way',
    'published again',
    'content is destroyed of a withdrawn release alone, and once',
    {
      destroyContent: (_release, { now }) => [{ type: 'ContentDestroyed', destroyedAt: now }],
    },
  ],
  [
    'silence that has its effect on a withdrawn release',
    'letters on their way',
    'nothing but its destruction and a publication happens to a withdrawn release',
    {
      decideSilence: ({ withdrawn: _withdrawn, ...release }, pack, command) =>
        theLaw.decideSilence(
          seeing(release, (one) =>
            one.status === 'withdrawn' && one.receivedAt !== undefined
              ? { ...one, status: 'running' }
              : one,
          ),
          pack,
          command,
        ),
    },
  ],
  [
    'a publication whose breach is not recorded',
    'two versions, withdrawn or published',
    'a publication shows its breaches, and no other',
    { recordPublication: (...all) => without('BreachRecorded')(theLaw.recordPublication(...all)) },
  ],
  [
    'a hold on secrecy let go without the view of the secrecy body',
    'remarks that hold',
    'a remark on secrecy lets go only with the view of the secrecy body',
    {
      decideLateRemark: (release, pack, command) =>
        theLaw.decideLateRemark(release, pack, { ...command, secrecyBodyView: true }),
    },
  ],
  [
    'a deadline moved without notice taken',
    'a notice that is awaited',
    'to repeat what may repeat changes nothing',
    {
      settleDeadline: (release, command) =>
        theLaw.settleDeadline(
          seeing(release, (one) =>
            one.deadline === undefined
              ? one
              : { ...one, deadline: { ...one.deadline, provisional: true } },
          ),
          command,
        ),
    },
  ],
  [
    'a reminder sent again and again',
    'reminders',
    'to repeat what may repeat changes nothing',
    {
      decideReminders: (release, command) =>
        theLaw.decideReminders(
          seeing(release, (one) => ({ ...one, remindedAt: [] })),
          command,
        ),
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
  [
    'a superseded consultation that receives its letter',
    'two versions, withdrawn or published',
    'nothing happens to a superseded consultation',
    {
      recordReceipt: (release, ...all) =>
        theLaw.recordReceipt(
          seeing(release, (one) =>
            one.status === 'superseded' ? { ...one, status: 'issued' } : one,
          ),
          ...all,
        ),
    },
  ],
  [
    'an opinion on a superseded version that is swallowed',
    'two versions, withdrawn or published',
    'an opinion on a superseded version is refused',
    {
      decideOpinion: (release, pack, command) =>
        release.consultations[command.consultationId]?.status === 'superseded'
          ? []
          : theLaw.decideOpinion(release, pack, command),
    },
  ],
  [
    'a change of mind in time that is filed as a remark',
    'every kind of reply at every instant',
    'a reply in time stands, unless its version was cleared',
    { decideOpinion: (release, ...all) => theLaw.decideOpinion(cleared(release), ...all) },
  ],
  [
    'an earlier word that takes the place of a later one',
    'a clock in doubt',
    'what an agency said last stands, and its own word before what is recorded for it',
    {
      decideOpinion: (release, ...all) =>
        theLaw.decideOpinion(
          seeing(release, (one) =>
            one.opinion === undefined
              ? one
              : { ...one, opinion: { ...one.opinion, admittedAt: 0 } },
          ),
          ...all,
        ),
    },
  ],
  [
    'a reply in time that is marked as a completion',
    'every kind of reply at every instant',
    'a reply in time is not marked as one after the deadline',
    { decideOpinion: (...all) => theLaw.decideOpinion(...all).map(completing('silence')) },
  ],
  [
    'a late consent that does not say that it withdraws an objection',
    'every kind of reply at every instant',
    'a late reply that counts says what it completes',
    { decideOpinion: (...all) => theLaw.decideOpinion(...all).map(completing(undefined)) },
  ],
  [
    'the silence of one agency that lifts the "no" of another',
    'every kind of reply at every instant',
    'a no is lifted only by its own agency, or with its version',
    folding('ConsentDeemed', (release) =>
      seeing(release, (one) => (one.status === 'answered' ? agreeing(one) : one)),
    ),
  ],
  [
    'an objection that a late word without a verdict lifts',
    'every kind of reply at every instant',
    'after the deadline a no is lifted only by a yes or by not being concerned',
    { decideOpinion: (r, p, c) => theLaw.decideOpinion(r, p, { ...c, clockInDoubt: true }) },
  ],
  [
    'a remark that takes the place of an opinion',
    'every kind of reply at every instant',
    'a remark changes no consultation',
    folding('LateRemarkFiled', (release, _, { consultationId, opinion }) =>
      seeing(release, (one) => (one.id === consultationId ? { ...one, opinion } : one)),
    ),
  ],
  [
    'silence that has its effect on a published release',
    'two versions, withdrawn or published',
    'silence has no effect on a release that has ended',
    {
      decideSilence: ({ published: _published, ...release }, ...all) =>
        theLaw.decideSilence(release, ...all),
    },
  ],
  [
    'a doubtful word to a deemed consultation that holds nothing',
    'a clock in doubt',
    'what a clock in doubt admits to a deemed consultation holds the release',
    {
      decideOpinion: (...all) =>
        theLaw
          .decideOpinion(...all)
          .map((event) => (event.type === 'LateRemarkFiled' ? { ...event, holds: false } : event)),
    },
  ],
  [
    'a deeming that a late reply turns over',
    'every kind of reply at every instant',
    'a deeming is reversed by a reply of its agency only if it was in time',
    {
      decideOpinion: (release, ...all) =>
        theLaw.decideOpinion(
          seeing(release, (one) =>
            one.status === 'deemed' ? { ...one, deadline: rolledTwice } : one,
          ),
          ...all,
        ),
    },
  ],
  [
    'a clearance that a late remark undoes',
    'every kind of reply at every instant',
    'a clearance is undone only by a new version, or by a reply that was there before it',
    {
      decideOpinion: (release, pack, command) => {
        const events = theLaw.decideOpinion(release, pack, command)
        const { cleared: standing, version } = release
        if (standing === undefined) return events
        const cause = 'opinion-replaced-in-time'
        return [...events, { type: 'ClearanceReversed', version, cause, reversedAt: command.now }]
      },
    },
  ],
  [
    'a clearance that outlives the deeming that is turned over',
    'every kind of reply at every instant',
    'a clearance does not outlive a deeming it rests on',
    { decideOpinion: (...all) => without('ClearanceReversed')(theLaw.decideOpinion(...all)) },
  ],
  [
    'a notice that makes a deadline earlier than it was told',
    'a notice that is awaited',
    'a deadline moves forward, by a cause, and nobody is called late before it moves',
    {
      settleDeadline: (...all) =>
        theLaw
          .settleDeadline(...all)
          .map((event) =>
            event.type === 'DeadlineMoved'
              ? { ...event, deadline: { ...event.deadline, at: DEADLINE - 86_400_000 } }
              : event,
          ),
    },
  ],
  [
    'a reply called late by a day on which it could not be given',
    'an outage over two last days',
    'nobody is called late by a last day on which the service was down',
    { decideOpinion: (r, p, c) => theLaw.decideOpinion(r, p, { ...c, downtimes: [] }) },
  ],
  [
    'a deeming that shuts out a reply that was in time',
    'every kind of reply at every instant',
    'when silence is looked at makes no difference to what a reply is',
    {
      decideOpinion: (release, ...all) =>
        theLaw.decideOpinion(
          seeing(release, (one) =>
            one.status === 'deemed' ? { ...one, deadline: { ...firm, at: 0 } } : one,
          ),
          ...all,
        ),
    },
  ],
  [
    'a publication that is not recorded',
    'two versions, withdrawn or published',
    'a publication is always recorded, once',
    {
      recordPublication: (...all) =>
        without('ReleasePublished')(without('BreachRecorded')(theLaw.recordPublication(...all))),
    },
  ],
]
