// What must be true of every decision about a reply, silence, a deadline or a publication, whoever did what in
// whatever order. Written from the regulation, not from the code.
import type { Consultation } from '../consultation/consultation.js'
import { silent } from './law.fixture.js'
import type { Invariants, Step } from './search.fixture.js'
import { take } from './search.fixture.js'
import type { Move } from './search-moves.fixture.js'
import {
  all,
  present,
  of,
  verdict,
  isFirm,
  saysYes,
  saysNo,
  ended,
  holding,
  struck,
  publications,
  reply,
  has,
  REPLIES,
  REPEATABLE,
  isLate,
  isOvertaken,
  isDoubtful,
  isCleared,
  forbidden,
  PAPER,
  isOwnWord,
} from './invariants-questions.fixture.js'

// Beside a service on paper the receipt by wire is told once, too.
const isUnheardByWire = (one: Consultation | undefined): boolean =>
  (one?.paper === undefined ? one?.receivedAt : one.wireReceivedAt) === undefined

export const ofReplies: Invariants = {
  states: {},
  steps: {
    'nothing but its destruction and a publication happens to a withdrawn release': (step) =>
      step.before.withdrawn === undefined ||
      step.events.every(({ type }) =>
        ['ContentDestroyed', 'ReleasePublished', 'BreachRecorded', 'BreachReferred'].includes(type),
      ),
    'content is destroyed of a withdrawn release alone, and once': (step) =>
      step.events.every(
        ({ type }) =>
          type !== 'ContentDestroyed' ||
          (step.before.withdrawn !== undefined && step.before.contentDestroyedAt === undefined),
      ),
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
    'what an agency said last stands, and its own word before what is recorded for it': (step) =>
      isOwnWord(step) ||
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
      isOwnWord(step) ||
      !reply(step) ||
      !isLate(step) ||
      step.events.every((event) => event.type !== 'OpinionGiven' || event.completes !== undefined),
    'a no is lifted only by its own agency, or with its version': (step) =>
      all(step.before).every((one) => {
        const then = step.after.consultations[one.id]
        const kept = then !== undefined && saysNo(then)
        const own =
          (reply(step) || step.move.kind === 'paper-reply') && step.move.consultationId === one.id
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
    'a deeming is reversed by a reply of its agency only if it was in time': (step) => {
      if (!has(step, 'DeemedConsentReversed') || step.move.kind !== 'reply') return true
      const [before] = of(step)
      return reply(step) && before?.status === 'deemed' && !isLate(step) && !isDoubtful(step)
    },
    'a clearance is undone only by a new version, or by a reply that was there before it': (step) =>
      step.before.cleared === undefined ||
      step.after.cleared === step.before.cleared ||
      step.move.kind === 'revise' ||
      (has(step, 'ClearanceReversed') &&
        (['answer', 'contest', 'decide-paper', 'paper-reply'].includes(step.move.kind) ||
          ['recompute', 'outage'].includes(step.move.kind) ||
          isOwnWord(step) ||
          (reply(step) && !isLate(step) && !isCleared(step)))),
    'a deeming is corrected only to a later deadline that passed in silence too': (step) =>
      step.events.every((event) => {
        if (event.type !== 'DeemingCorrected') return true
        const { consultationId, from, deadline } = event
        const said = step.before.remarks.filter((one) => one.consultationId === consultationId)
        return (
          deadline.at > from &&
          deadline.at <= step.move.now &&
          said.every(
            ({ opinion }) => opinion.admittedAt < from || opinion.admittedAt >= deadline.at,
          )
        )
      }),
    'a clearance does not outlive a deeming it rests on': (step) =>
      !has(step, 'DeemedConsentReversed') ||
      step.after.cleared !== step.before.cleared ||
      step.before.cleared === undefined,
    'a deadline moves forward, by a cause, and nobody is called late before it moves': (step) =>
      all(step.before).every((one) => {
        const then = step.after.consultations[one.id]
        if (one.deadline === undefined || then?.deadline === one.deadline) return true
        if (PAPER.includes(step.move.kind) || one.paper !== undefined) return true // told apart below
        return (
          then?.deadline !== undefined &&
          (isFirm(one.deadline)
            ? then.deadline.at > one.deadline.at
            : then.deadline.at >= one.deadline.at) &&
          has(step, 'DeadlineMoved', 'DeemingCorrected')
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
      step.move.kind !== 'receipt' || isUnheardByWire(of(step)[0]) || step.events.length === 0,
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
      const same = known.some(({ at, digest }) => at === move.now && digest === move.text)
      if (same) return refused === undefined && events.length === 0
      return (
        events[0]?.type === 'ReleasePublished' &&
        now.length === known.length + 1 &&
        known.every((one, index) => JSON.stringify(one) === JSON.stringify(now[index]))
      )
    },
    'a publication shows its breaches, and no other': ({ before, after, move }) => {
      const published = publications(after)
      if (move.kind !== 'publish' || published.length === publications(before).length) return true
      const breaches = published.at(-1)?.breaches ?? []
      return (
        breaches.includes('withdrawn') === (before.withdrawn !== undefined) &&
        breaches.includes('not-cleared') === (before.cleared === undefined) &&
        breaches.includes('held') === (before.cleared !== undefined && holding(before)) &&
        breaches.includes('against-ruling') === forbidden(before, move.text) &&
        breaches.includes('other-content') === (move.text !== before.draftDigest)
      )
    },
  },
}

const SILENCE =
  ({ world, move }: Step): Move['run'] =>
  (law, release) =>
    law.decideSilence(release, world.pack, silent(move.now, { downtimes: world.downtimes ?? [] }))
