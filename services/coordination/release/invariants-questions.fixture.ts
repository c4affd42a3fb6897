// What the invariants ask of a release and of a step: written from the regulation, not from the code.
import type { Consultation } from '../consultation/consultation.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { Dispute } from '../dispute/dispute.js'
import type { Confirmation } from '../joint/joint.js'
import type { Gate } from './gates.js'
import { startOf } from './law.fixture.js'
import type { Step } from './search.fixture.js'
import type { Law, Move, World } from './search-moves.fixture.js'
import type { Publication, Release } from './state.js'

/** Asks a release once, however many invariants want to know. */
const once = <Answer extends object>(
  ask: (release: Release) => Answer,
): ((release: Release) => Answer) => {
  const known = new WeakMap<Release, Answer>()
  return (release) => {
    const before = known.get(release)
    if (before !== undefined) return before
    const answer = ask(release)
    known.set(release, answer)
    return answer
  }
}

export const all = once(({ consultations }): Consultation[] => Object.values(consultations))
export const present = once((release): Consultation[] =>
  all(release).filter(({ version }) => version === release.version),
)
export const every =
  (rule: (one: Consultation, world: World) => boolean) => (release: Release, world: World) =>
    all(release).every((one) => rule(one, world))
export const of = ({
  before,
  after,
  move,
}: Step): [Consultation | undefined, Consultation | undefined] => {
  const id = move.consultationId ?? ''
  return [before.consultations[id], after.consultations[id]]
}

export const verdict = ({ opinion }: Consultation): string => opinion?.kind ?? ''
export const isFirm = ({ provisional, awaitsNotice }: DeadlineRecord): boolean =>
  !provisional && awaitsNotice === undefined
export const saysYes = (one: Consultation): boolean =>
  one.status === 'answered' && ['consent', 'not_concerned'].includes(verdict(one))
export const saysNo = (one: Consultation): boolean =>
  ['answered', 'defective'].includes(one.status) && verdict(one) === 'objection'
export const settled = (one: Consultation): boolean => one.status === 'deemed' || saysYes(one)
export const ended = ({ withdrawn, published }: Release): boolean =>
  withdrawn !== undefined || published !== undefined
export const holding = (release: Release): boolean =>
  release.remarks.some(
    ({ holds, decision, decidedOn }) =>
      holds && decision !== 'release_stands' && !(decision && decidedOn !== release.version),
  ) || release.declarations.some(({ status }) => status === 'open')

/** Whether the minutes of the world's outages on the last day are more than the pack tolerates. */
export const struck = (
  { pack, downtimes = [] }: World,
  { lastDay, at }: DeadlineRecord,
): boolean => {
  const start = startOf(lastDay)
  const lost = downtimes.map(({ from, to }) => Math.min(to, at) - Math.max(from, start))
  const sum = lost.reduce((total, one) => total + Math.max(0, one), 0)
  return sum > pack.outage.toleratedMinutes * 60_000
}

export const publications = ({ published, furtherPublications }: Release): Publication[] =>
  published === undefined ? [] : [published, ...furtherPublications]

export const reply = (step: Step): boolean =>
  step.move.kind === 'reply' && step.refused === undefined
export const has = (step: Step, ...types: string[]): boolean =>
  step.events.some(({ type }) => types.includes(type))
export const REPLIES = ['OpinionGiven', 'DefectiveObjectionFiled', 'LateRemarkFiled']
export const REPEATABLE: Move['kind'][] = [
  'receipt',
  'undelivered',
  'notice',
  'silence',
  'reminders',
  'reminded',
]

/** Late by the deadline that stands after the decision, which may have rolled it. */
export const isLate = (step: Step): boolean => {
  const [before, after] = of(step)
  const at = step.move.reply?.admittedAt ?? 0
  const { deadline } = after ?? {}
  const doubted = step.move.inDoubt === true && before?.status !== 'deemed'
  return !doubted && deadline !== undefined && isFirm(deadline) && at >= deadline.at
}

/** Whether its agency had said something else since. */
export const isOvertaken = (step: Step): boolean =>
  (step.move.reply?.admittedAt ?? 0) < (of(step)[0]?.opinion?.admittedAt ?? 0)

/** Whether its stamp, by a clock in doubt, is all that would turn a deeming over. */
export const isDoubtful = (step: Step): boolean =>
  step.move.inDoubt === true && of(step)[0]?.status === 'deemed'

/** Whether the version was cleared when the reply entered the service. */
export const isCleared = ({ before, move }: Step): boolean =>
  before.cleared !== undefined && before.cleared.at <= (move.reply?.admittedAt ?? Infinity)

/** Disputes that were ruled on, of the present version, about its text. */
const heard = ({ disputes, version }: Release): Dispute[] =>
  disputes.filter(
    (one) =>
      one.version === version &&
      one.standing === 'ruled' &&
      (one.ruling?.disposition === 'release') === (one.ruling?.draftDigest === one.draftDigest),
  )
const isParty = (dispute: Dispute | undefined, agency: string): boolean =>
  dispute?.parties.some((party) => party.agency === agency) === true

/** Whether a coordinator has ruled on what the agency holds against the present version. */
export const wasHeard = (release: Release, agency: string): boolean =>
  heard(release).some((dispute) => isParty(dispute, agency))

/** Whether it ruled that the version be released all the same. */
export const overruled = (release: Release, agency: string): boolean =>
  heard(release).some((one) => one.ruling?.disposition === 'release' && isParty(one, agency))

/** The dispute whose ruling the present version carries out. */
export const carriedOut = ({ disputes, versions }: Release): Dispute | undefined =>
  disputes.find(({ id }) => id === versions.at(-1)?.byRulingOf)

/** Whether a ruling forbids a text, wholly or as it stands. */
export const forbidden = ({ disputes }: Release, text: string | undefined): boolean =>
  disputes.some(
    ({ ruling, draftDigest }) =>
      draftDigest === text &&
      (ruling?.disposition === 'do_not_release' ||
        (ruling?.disposition === 'release_with_changes' && ruling.draftDigest !== text)),
  )

export const openDisputes = ({ disputes }: Release): Dispute[] =>
  disputes.filter(({ standing }) => ['filed', 'accepted'].includes(standing))

export const asked = once(({ confirmations, version }): Confirmation[] =>
  Object.values(confirmations).filter((one) => one.version === version),
)

/** Everybody who disagrees with the present version and was not heard on it. */
export const inDisagreement = once((release): string[] =>
  [
    ...present(release).filter(
      (one) =>
        saysNo(one) ||
        (one.changesDeclined !== undefined &&
          ['answered', 'defective'].includes(one.status) &&
          verdict(one) === 'consent_with_changes'),
    ),
    ...asked(release).filter(({ status }) => status === 'contradicted'),
  ]
    .map(({ agency }) => agency)
    .filter((agency) => !wasHeard(release, agency)),
)

/** The latest deadline that the agency was told, whether or not its clock runs. */
export const told = ({ deadline, paper }: Consultation): number =>
  Math.max(deadline?.at ?? 0, paper?.told?.at ?? 0)

/** What may move a clock that rests on a service on paper. */
export const PAPER: Move['kind'][] = ['paper', 'contest', 'decide-paper']

/** Whether the agency's own word takes the place of what another recorded for it on paper. */
export const isOwnWord = (step: Step): boolean => {
  const paper = of(step)[0]?.opinion?.paper
  const { reply: said, recordedBy = 'consulted' } = step.move
  return (
    said !== undefined && recordedBy === 'consulted' && said.admittedAt < (paper?.openUntil ?? 0)
  )
}

/** The gates of a release, found once for all invariants that ask; a release belongs to one world and one law. */
export const gatesIn = (world: World, law: Law): ((release: Release) => Gate[]) => {
  if (GATES?.world !== world || GATES.law !== law)
    GATES = { world, law, of: once((release) => law.gatesOf(release, world.pack)) }
  return GATES.of
}
let GATES: { world: World; law: Law; of: (release: Release) => Gate[] } | undefined
