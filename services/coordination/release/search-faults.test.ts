// The negative control of the search of consultations: each fault, planted in a law that is otherwise the real
// one, is found by the one invariant that speaks of it, without the help of the others.
import type { Consultation } from '../consultation/consultation.js'
import { findsEach, seeing, without, type Fault } from './search-faults.fixture.js'
import { theLaw } from './search-moves.fixture.js'

const firmly = (one: Consultation): Consultation => {
  if (one.deadline === undefined) return one
  const { awaitsNotice: _notice, ...deadline } = one.deadline
  return { ...one, deadline: { ...deadline, provisional: false } }
}
const knownNoAsSilence = (one: Consultation): Consultation =>
  one.status === 'defective' ? { ...one, status: 'running' } : one

const faults: readonly Fault[] = [
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
    'a known "no" without reasons taken for silence',
    'every kind of reply at every instant',
    'silence consents only where nothing else was said',
    { decideSilence: (r, p, c) => theLaw.decideSilence(seeing(r, knownNoAsSilence), p, c) },
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
]

findsEach(faults)
