// What must be true of every release and its consultations, whoever did what in whatever order. Written from the
// regulation, not from the code: none of it asks the law how it decided.
import { allOpen } from './gates.js'
import { SETTLING } from './law.fixture.js'
import type { Invariants } from './search.fixture.js'
import {
  all,
  present,
  every,
  verdict,
  isFirm,
  settled,
  ended,
  gatesIn,
  holding,
  struck,
  wasHeard,
  overruled,
  forbidden,
  inDisagreement,
} from './invariants-questions.fixture.js'

export const ofConsultations: Invariants = {
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
      present(release).every((one) => settled(one) || overruled(release, one.agency)),
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
        if (!settled(one)) return how?.how === 'by_ruling'
        const own = verdict(one) === 'not_concerned' ? 'not_concerned' : 'express'
        return how?.how === (one.status === 'deemed' ? 'deemed' : own)
      }),
    'a version is cleared as soon as nothing is missing': (release, world, law) =>
      ended(release) || !allOpen(gatesIn(world, law)(release)) || release.cleared !== undefined,
    'a shut gate names what keeps it shut, and nothing that is settled': (release, world, law) => {
      if (ended(release)) return true
      const subjects = gatesIn(
        world,
        law,
      )(release).flatMap(({ obstacles }) => obstacles.flatMap(({ subject }) => subject ?? []))
      const open = present(release).filter((one) => !settled(one) && !wasHeard(release, one.agency))
      return (
        open.every(({ id }) => subjects.includes(id)) &&
        present(release)
          .filter(settled)
          .every(({ id }) => !subjects.includes(id))
      )
    },
    'negotiation is open exactly while somebody disagrees': (release) =>
      ended(release) ||
      release.negotiating ===
        (inDisagreement(release).length > 0 && !forbidden(release, release.draftDigest)),
    'what is held is not called cleared': (release, _, law) =>
      law.statusOf(release) !== 'cleared' || !holding(release),
    'a remark is late by the deadline that stands, and by no earlier one': (release) =>
      release.remarks.every(({ cause, consultationId, opinion }) => {
        const { deadline, version } = release.consultations[consultationId] ?? {}
        const past = cause !== 'late' || version !== release.version || deadline === undefined
        return past || release.cleared !== undefined || opinion.admittedAt >= deadline.at
      }),
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
  steps: {},
}
