// What must be true of every release and of every decision, whoever did what in whatever order. Written
// from the regulation, not from the code: none of it asks the law how it decided.
import type { Consultation } from '../consultation/consultation.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import { allOpen, gatesOf } from './gates.js'
import { SETTLING, silent, startOf } from './law.fixture.js'
import type { Invariants, Step } from './search.fixture.js'
import type { Move, World } from './search-moves.fixture.js'
import { take } from './search.fixture.js'
import { statusOf, type Publication, type Release } from './state.js'

const all = ({ consultations }: Release): Consultation[] => Object.values(consultations)
const present = (release: Release): Consultation[] =>
  all(release).filter(({ version }) => version === release.version)
const every =
  (rule: (one: Consultation, world: World) => boolean) => (release: Release, world: World) =>
    all(release).every((one) => rule(one, world))
const of = ({
  before,
  after,
  move,
}: Step): [Consultation | undefined, Consultation | undefined] => {
  const id = move.consultationId ?? ''
  return [before.consultations[id], after.consultations[id]]
}

const verdict = ({ opinion }: Consultation): string => opinion?.kind ?? ''
const isFirm = ({ provisional, awaitsNotice }: DeadlineRecord): boolean =>
  !provisional && awaitsNotice === undefined
const saysYes = (one: Consultation): boolean =>
  one.status === 'answered' && ['consent', 'not_concerned'].includes(verdict(one))
const saysNo = (one: Consultation): boolean =>
  ['answered', 'defective'].includes(one.status) && verdict(one) === 'objection'
const settled = (one: Consultation): boolean => one.status === 'deemed' || saysYes(one)
const ended = ({ withdrawn, published }: Release): boolean =>
  withdrawn !== undefined || published !== undefined
const holding = (release: Release): boolean =>
  release.remarks.some(
    ({ holds, decision, decidedOn }) =>
      holds && decision !== 'release_stands' && !(decision && decidedOn !== release.version),
  )

/** Whether the minutes of the world's outages on the last day are more than the pack tolerates. */
const struck = ({ pack, downtimes = [] }: World, { lastDay, at }: DeadlineRecord): boolean => {
  const start = startOf(lastDay)
  const lost = downtimes.map(({ from, to }) => Math.min(to, at) - Math.max(from, start))
  const sum = lost.reduce((total, one) => total + Math.max(0, one), 0)
  return sum > pack.outage.toleratedMinutes * 60_000
}

const publications = ({ published, furtherPublications }: Release): Publication[] =>
  published === undefined ? [] : [published, ...furtherPublications]

const reply = (step: Step): boolean => step.move.kind === 'reply' && step.refused === undefined
const has = (step: Step, ...types: string[]): boolean =>
  step.events.some(({ type }) => types.includes(type))
const REPLIES = ['OpinionGiven', 'DefectiveObjectionFiled', 'LateRemarkFiled']
const REPEATABLE: Move['kind'][] = [
  'receipt',
  'undelivered',
  'notice',
  'silence',
  'reminders',
  'reminded',
]

/** Late by the deadline that stands after the decision, which may have rolled it. */
const isLate = (step: Step): boolean => {
  const [before, after] = of(step)
  const at = step.move.reply?.admittedAt ?? 0
  const { deadline } = after ?? {}
  const doubted = step.move.inDoubt === true && before?.status !== 'deemed'
  return !doubted && deadline !== undefined && isFirm(deadline) && at >= deadline.at
}

/** Whether its agency had said something else since. */
const isOvertaken = (step: Step): boolean =>
  (step.move.reply?.admittedAt ?? 0) < (of(step)[0]?.opinion?.admittedAt ?? 0)

/** Whether its stamp, by a clock in doubt, is all that would turn a deeming over. */
const isDoubtful = (step: Step): boolean =>
  step.move.inDoubt === true && of(step)[0]?.status === 'deemed'

/** Whether the version was cleared when the reply entered the service. */
const isCleared = ({ before, move }: Step): boolean =>
  before.cleared !== undefined && before.cleared.at <= (move.reply?.admittedAt ?? Infinity)

export const invariants: Invariants = {
  states: {
    'nobody is deemed to consent without a receipt': every(
      (one) => one.status !== 'deemed' || one.receivedAt !== undefined,
    ),
    'nobody is deemed on a calendar that is in doubt': every(
      (one) => one.status !== 'deemed' || (one.deadline !== undefined && isFirm(one.deadline)),
    ),
    'a deemed consent has its effect at the deadline': every(
      (one) => one.status !== 'deemed' || one.deemedAt === one.deadline?.at,
    ),
    'nobody is deemed before the deadline and the settling time': every(
      (one) =>
        one.status !== 'deemed' ||
        (one.deemedRecordedAt ?? 0) >= (one.deadline?.at ?? Infinity) + SETTLING,
    ),
    'nobody is deemed on a last day on which the service was down for too long': every(
      (one, world) => one.status !== 'deemed' || !struck(world, one.deadline!),
    ),
    'a deeming and a verdict never stand together': every(
      (one) =>
        (one.status !== 'deemed' || ['', 'other_reply'].includes(verdict(one))) &&
        (!['answered', 'defective', 'no_verdict'].includes(one.status) ||
          one.deemedAt === undefined),
    ),
    'without an effect of silence nobody is ever deemed': every(
      (one, { pack }) => pack.silence.effect !== 'none' || one.status !== 'deemed',
    ),
    'a clock runs from a receipt, and from nothing else': every(
      (one) =>
        (one.receivedAt !== undefined || one.deadline === undefined) &&
        (one.status !== 'running' || one.receivedAt !== undefined),
    ),
    'an objection without reasons is on record as defective, or was replaced': every(
      (one) =>
        one.status !== 'answered' || verdict(one) !== 'objection' || !!one.opinion?.hasReasons,
    ),
    'a version is superseded if and only if there is a newer one': (release) =>
      all(release).every(
        ({ version, status }) => (status === 'superseded') === version < release.version,
      ),
    'no letter is written before the secrecy review': (release) =>
      present(release).length === 0 || release.secrecyReview !== undefined,
    'a cleared version is settled with every agency': (release) =>
      release.cleared === undefined ||
      release.withdrawn !== undefined ||
      present(release).every(settled),
    'what is cleared is the present draft, reviewed and asked about': ({
      cleared,
      version,
      draftDigest,
      issued,
      secrecyReview,
    }) =>
      cleared === undefined ||
      (cleared.version === version &&
        cleared.digest === draftDigest &&
        issued &&
        secrecyReview !== undefined),
    'a clearance tells express, deemed and not concerned apart': (release) =>
      release.cleared === undefined ||
      release.withdrawn !== undefined ||
      present(release).every((one) => {
        const how = release.cleared?.basis.find(({ consultationId }) => consultationId === one.id)
        const own = verdict(one) === 'not_concerned' ? 'not_concerned' : 'express'
        return how?.how === (one.status === 'deemed' ? 'deemed' : own)
      }),
    'a version is cleared as soon as nothing is missing': (release, { pack }) =>
      ended(release) || !allOpen(gatesOf(release, pack)) || release.cleared !== undefined,
    'a shut gate names what keeps it shut, and nothing that is settled': (release, { pack }) => {
      if (ended(release)) return true
      const subjects = gatesOf(release, pack).flatMap(({ obstacles }) =>
        obstacles.flatMap(({ subject }) => subject ?? []),
      )
      const open = present(release).filter((one) => !settled(one))
      return (
        open.every(({ id }) => subjects.includes(id)) &&
        present(release)
          .filter(settled)
          .every(({ id }) => !subjects.includes(id))
      )
    },
    'negotiation is open exactly while somebody objects': (release) =>
      ended(release) || release.negotiating === present(release).some(saysNo),
    'what is held is not called cleared': (release) =>
      statusOf(release) !== 'cleared' || !holding(release),
    'a remark holds exactly where it claims what the pack names': ({ remarks }, { pack }) =>
      remarks.every(
        ({ holds, opinion, cause }) =>
          holds ===
          (cause === 'clock-in-doubt' ||
            opinion.claims.some((claim) => pack.lateRemarks.holdFor.includes(claim))),
      ),
    'each reminder was issued once, in order, before the deadline': every(
      ({ remindedAt, deadline }) =>
        remindedAt.every(
          (at, index) =>
            deadline!.reminders.includes(at) &&
            at < deadline!.at &&
            (index === 0 || at > remindedAt[index - 1]!),
        ),
    ),
    'no reminder is called delivered that was not issued': every(
      ({ remindedAt, reminderLetters }) =>
        reminderLetters.length === remindedAt.length &&
        new Set(reminderLetters.map(({ letterId }) => letterId)).size === remindedAt.length,
    ),
    'clearances that ended do not overlap': ({ endedClearances, cleared }) =>
      endedClearances.every(
        ({ from, until }, index) =>
          from <= until && until <= (endedClearances[index + 1]?.from ?? cleared?.at ?? Infinity),
      ),
    'a withdrawn release awaits nothing': (release) =>
      release.withdrawn === undefined ||
      present(release).every(({ status }) => status === 'withdrawn'),
  },
  steps: {
    'nothing but a publication happens to a withdrawn release': (step) =>
      step.before.withdrawn === undefined ||
      step.events.every(({ type }) => ['ReleasePublished', 'BreachRecorded'].includes(type)),
    'nothing happens to a superseded consultation': ({ before, after }) =>
      all(before).every(
        (one) =>
          one.status !== 'superseded' ||
          JSON.stringify(one) === JSON.stringify(after.consultations[one.id]),
      ),
    'an opinion on a superseded version is refused': ({ before, move, refused }) =>
      move.kind !== 'reply' ||
      before.consultations[move.consultationId ?? '']?.status !== 'superseded' ||
      refused === 'VERSION_SUPERSEDED',
    'whatever an agency says is one reply on record, or refused with the reason': (step) =>
      step.move.kind !== 'reply' ||
      (step.refused === undefined
        ? step.events.filter(({ type }) => REPLIES.includes(type)).length === 1
        : ['VERSION_SUPERSEDED', 'RELEASE_ENDED'].includes(step.refused)),
    'a reply in time stands, unless its version was cleared': (step) =>
      !reply(step) ||
      isLate(step) ||
      ((isCleared(step) || isOvertaken(step) || isDoubtful(step)) &&
        has(step, 'LateRemarkFiled')) ||
      of(step)[1]?.opinion === step.move.reply,
    'what an agency said last stands': (step) =>
      all(step.before).every(
        (one) =>
          (one.opinion?.admittedAt ?? 0) <=
          (step.after.consultations[one.id]?.opinion?.admittedAt ?? 0),
      ),
    'a reply in time is not marked as one after the deadline': (step) =>
      !reply(step) ||
      isLate(step) ||
      of(step)[1]?.afterDeadline === undefined ||
      has(step, 'LateRemarkFiled'),
    'a late reply never ends a silence that has its effect': (step) =>
      !reply(step) ||
      !isLate(step) ||
      step.world.pack.silence.effect === 'none' ||
      !['running', 'deemed'].includes(of(step)[0]?.status ?? '') ||
      of(step)[0]?.status === of(step)[1]?.status,
    'a late reply that counts says what it completes': (step) =>
      !reply(step) ||
      !isLate(step) ||
      step.events.every((event) => event.type !== 'OpinionGiven' || event.completes !== undefined),
    'a no is lifted only by its own agency, or with its version': (step) =>
      all(step.before).every((one) => {
        const then = step.after.consultations[one.id]
        const kept = then !== undefined && saysNo(then)
        const own = reply(step) && step.move.consultationId === one.id
        return !saysNo(one) || kept || own || ['revise', 'withdraw'].includes(step.move.kind)
      }),
    'after the deadline a no is lifted only by a yes or by not being concerned': (step) => {
      const [before, after] = of(step)
      return (
        !reply(step) ||
        !isLate(step) ||
        !before ||
        !after ||
        !saysNo(before) ||
        saysNo(after) ||
        saysYes(after) ||
        (before.status === 'defective' && verdict(after) === 'consent_with_changes')
      )
    },
    'a remark changes no consultation': (step) =>
      !has(step, 'LateRemarkFiled') ||
      has(step, 'DeadlineMoved') ||
      step.before.consultations === step.after.consultations,
    'silence consents only where nothing else was said': (step) =>
      step.events.every((event) => {
        if (event.type !== 'ConsentDeemed') return true
        const one = step.before.consultations[event.consultationId]
        return one?.status === 'running' && one.version === step.before.version
      }),
    'silence has no effect on a release that has ended': (step) =>
      !ended(step.before) || !has(step, 'ConsentDeemed', 'SilenceRecorded', 'ReleaseCleared'),
    'what a clock in doubt admits to a deemed consultation holds the release': (step) =>
      !reply(step) ||
      !isDoubtful(step) ||
      (step.after.remarks.at(-1)?.holds === true && step.before.cleared === step.after.cleared),
    'a deeming is reversed only by a reply of its agency that was in time': (step) => {
      if (!has(step, 'DeemedConsentReversed')) return true
      const [before] = of(step)
      return reply(step) && before?.status === 'deemed' && !isLate(step) && !isDoubtful(step)
    },
    'a clearance is undone only by a new version, or by a reply that was there before it': (step) =>
      step.before.cleared === undefined ||
      step.after.cleared === step.before.cleared ||
      step.move.kind === 'revise' ||
      (has(step, 'ClearanceReversed') && reply(step) && !isLate(step) && !isCleared(step)),
    'a clearance does not outlive a deeming it rests on': (step) =>
      !has(step, 'DeemedConsentReversed') ||
      step.after.cleared !== step.before.cleared ||
      step.before.cleared === undefined,
    'a deadline moves forward, by a cause, and nobody is called late before it moves': (step) =>
      all(step.before).every((one) => {
        const then = step.after.consultations[one.id]
        if (one.deadline === undefined || then?.deadline === one.deadline) return true
        return (
          then?.deadline !== undefined &&
          (isFirm(one.deadline)
            ? then.deadline.at > one.deadline.at
            : then.deadline.at >= one.deadline.at) &&
          has(step, 'DeadlineMoved')
        )
      }),
    'nobody is called late by a last day on which the service was down': (step) => {
      const [, after] = of(step)
      return (
        !has(step, 'LateRemarkFiled') ||
        isCleared(step) ||
        step.before.consultations[step.move.consultationId ?? '']?.status === 'deemed' ||
        after?.deadline === undefined ||
        !struck(step.world, after.deadline)
      )
    },
    'a receipt is told once: no clock starts twice': (step) =>
      step.move.kind !== 'receipt' ||
      of(step)[0]?.receivedAt === undefined ||
      step.events.length === 0,
    'to repeat what may repeat changes nothing': (step) =>
      !REPEATABLE.includes(step.move.kind) ||
      step.events.length === 0 ||
      take(step.world, step.law, step.after, step.move).events.length === 0,
    'when silence is looked at makes no difference to what a reply is': (step) => {
      if (!reply(step) || step.move.inDoubt || step.before.cleared !== undefined) return true
      const { before } = step
      const { now } = step.move
      if (ended(before) || present(before).every((one) => now < (one.deadline?.at ?? Infinity)))
        return true
      const look = { ...step.move, kind: 'silence' as const, run: SILENCE(step) }
      const first = take(step.world, step.law, step.before, look)
      if (first.events.length === 0) return true
      const admittedAt = step.move.reply?.admittedAt ?? 0
      if (first.after.cleared !== undefined && first.after.cleared.at <= admittedAt) return true
      const then = take(step.world, step.law, first.after, step.move)
      const one = of(step)[1]
      const other = of(then)[1]
      const asReplied = one && { status: one.status, opinion: one.opinion }
      const asLooked = other && { status: other.status, opinion: other.opinion }
      const looked = SILENCE(step)(step.law, step.after)
      const afterwards = looked.reduce(step.law.evolve, step.after).consultations[one?.id ?? '']
      const asLookedAfter = afterwards && { status: afterwards.status, opinion: afterwards.opinion }
      return (
        then.after.remarks.length === step.after.remarks.length &&
        (JSON.stringify(asLooked) === JSON.stringify(asReplied) ||
          JSON.stringify(asLooked) === JSON.stringify(asLookedAfter))
      )
    },
    'a remark on secrecy lets go only with the view of the secrecy body': ({
      before,
      move,
      refused,
    }) => {
      const { decides } = move
      if (decides === undefined || !decides.stands || decides.view) return true
      const remark = before.remarks.find(({ id }) => id === decides.remarkId)
      return !remark?.opinion.claims.includes('secrecy') || refused !== undefined
    },
    'a publication is always recorded, once': ({ before, after, move, events, refused }) => {
      if (move.kind !== 'publish') return true
      const [known, now] = [publications(before), publications(after)]
      const same = known.some(
        ({ at, digest }) => at === move.now && digest === move.publishes?.digest,
      )
      if (same) return refused === undefined && events.length === 0
      return (
        events[0]?.type === 'ReleasePublished' &&
        now.length === known.length + 1 &&
        known.every((one, index) => JSON.stringify(one) === JSON.stringify(now[index]))
      )
    },
    'a publication shows its breaches, and no other': ({ before, after, move }) => {
      const published = publications(after)
      if (move.publishes === undefined || published.length === publications(before).length)
        return true
      const breaches = published.at(-1)?.breaches ?? []
      return (
        breaches.includes('withdrawn') === (before.withdrawn !== undefined) &&
        breaches.includes('not-cleared') === (before.cleared === undefined) &&
        breaches.includes('held') === (before.cleared !== undefined && holding(before)) &&
        breaches.includes('other-content') === (move.publishes.digest !== before.draftDigest)
      )
    },
  },
}

const SILENCE =
  ({ world, move }: Step): Move['run'] =>
  (law, release) =>
    law.decideSilence(release, world.pack, silent(move.now, { downtimes: world.downtimes ?? [] }))
