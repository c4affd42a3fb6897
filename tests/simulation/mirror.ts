// What the pure law says of one release: folded by the real decide and evolve, with instants, ids and the
// calendar as values. The launched house is compared with it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deadlinesBy } from '../../services/coordination/calendar/deadlines.js'
import { fileDispute, planDispute } from '../../services/coordination/dispute/file-dispute.js'
import type { Candidate } from '../../services/coordination/dispute/file-dispute.js'
import { hear, type Heard } from '../../services/coordination/dispute/heard.js'
import { openDispute } from '../../services/coordination/dispute/dispute.js'
import { confirmJointRelease } from '../../services/coordination/joint/confirm.js'
import {
  declineChanges,
  recordNegotiation,
} from '../../services/coordination/negotiation/negotiate.js'
import { standingOf } from '../../services/coordination/negotiation/negotiate.js'
import type { AddresseeKind } from '../../services/coordination/pack/pack.js'
import { readPack } from '../../services/coordination/pack/read-pack.js'
import { recordPublication, withdraw } from '../../services/coordination/release/conclude.js'
import type { ReleaseEvent } from '../../services/coordination/release/events.js'
import { evolve } from '../../services/coordination/release/evolve.js'
import { allOpen, gatesOf } from '../../services/coordination/release/gates.js'
import { noParticulars } from '../../services/coordination/release/particulars.js'
import { decideOpinion, decideSilence } from '../../services/coordination/release/release.js'
import { recordReceipt } from '../../services/coordination/release/release.js'
import { reviseDraft } from '../../services/coordination/release/revise.js'
import {
  hasEnded,
  noRelease,
  presentConsultations,
  statusOf,
} from '../../services/coordination/release/state.js'
import type { Release } from '../../services/coordination/release/state.js'
import { submit, type LetterMeans } from '../../services/coordination/release/submit.js'
import type { OpinionKind } from '../../services/coordination/consultation/opinion.js'
import { canonical } from '../../shared/dossier/canonical.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import { instruments } from '../../shared/working-days/official-calendar.fixture.js'
import { dayOfDate, startOfDay } from '../../shared/working-days/working-days.js'

export const SETTLING_MS = 15_000
const REGION = '441800'

const packFile = new URL(
  '../../services/coordination/pack/packs/qingyuan-2011.json',
  import.meta.url,
)
const read = readPack(JSON.parse(readFileSync(packFile, 'utf8')))
if ('faults' in read) throw new Error(read.faults.join('; '))
const { pack } = read

/** The draft's digest, as anybody can compute it (proto/DIGESTS.md). */
export const digestOf = (title: string, text: string): string =>
  createHash('sha256')
    .update(canonical({ form: 'huiqian-draft-1', title, text, attachments: [] }))
    .digest('hex')

export type Mirror = ReturnType<typeof mirror>

export type Means = {
  /** Credit codes. */
  readonly releasing: string
  readonly superior: string
  readonly authority: string
  /** The calendar as it was published by this date. */
  readonly publishedBy: string
}

export function mirror({ releasing, superior, authority, publishedBy }: Means) {
  const deadlines = deadlinesBy({
    ...{ number: 1, recordedAt: 0, author: '', digest: '', instruments },
  }).asPublishedBy(publishedBy)
  let state = noRelease('release')
  const idOf = (agency: string, version: number): string => `${agency}/${version}`
  const letters = (version: number): LetterMeans => ({
    ...{ documentNumber: `第${version}号`, numberFrom: 'allotted' },
    ids: (agency) => ({
      consultationId: idOf(agency, version),
      letterId: `letter/${idOf(agency, version)}`,
    }),
  })
  const agency = (code: string) => ({
    ...{ code, name: code, documentPrefix: '清', region: REGION, level: 'prefecture' as const },
    ...{ isCompetentAuthority: false, hasMailbox: true },
  })
  const dateOf = () => '9999-12-31'
  const review = { reviewedOn: '2020-01-01', digest: 'review' }
  const silence = (now: number) => ({
    ...{ now, settling: SETTLING_MS, downtimes: [] },
    startOf: (date: string) => startOfDay(dayOfDate(date)),
    nextWorkingDay: () => undefined,
  })
  const candidates: readonly Candidate[] = [
    { kind: 'superior_organ', agency: superior, zh: '上级', en: 'above' },
    { kind: 'competent_authority', agency: authority, zh: '主管', en: 'in charge' },
  ]
  /** Takes a decision; the reason where the law refuses it. */
  const take = (decide: (release: Release) => readonly ReleaseEvent[]): string | undefined => {
    try {
      state = decide(state).reduce(evolve, state)
      return undefined
    } catch (error) {
      if (error instanceof Refusal) return error.reason
      throw error
    }
  }
  /** The letters that are out enter their mailboxes at once: the clock stands still meanwhile. */
  const receive = (now: number): void => {
    for (const { id, status } of presentConsultations(state)) {
      if (status !== 'issued') continue
      const deadline = deadlines.of(now, pack, REGION)
      take((release) =>
        recordReceipt(release, pack, { consultationId: id, receivedAt: now, deadline, now }),
      )
    }
  }
  const file = (release: Release, to: AddresseeKind | undefined, now: number) =>
    fileDispute(release, pack, planDispute(release, pack, { ...(to && { to }), candidates }), {
      ...{ disputeId: `dispute-${release.disputes.length}`, now, documentNumber: '' },
      ...{ onStandingInstruction: to === undefined, numberFrom: 'allotted' as const },
      ...{ summaryDigest: '', fileDigest: '' },
    })
  const instructionDue = (): number | undefined => {
    const { negotiating, negotiation } = state
    if (!negotiating || negotiation.since === undefined || hasEnded(state)) return undefined
    if (openDispute(state) !== undefined) return undefined
    const days = standingOf(state, pack).afterWorkingDays
    return deadlines.endAfterWorkingDays(negotiation.since, days, REGION)
  }

  return {
    release: () => state,
    idOf,
    submits(
      draftDigest: string,
      affected: readonly string[],
      coProducers: readonly string[],
      now: number,
    ) {
      const refused = take((release) =>
        submit(release, pack, {
          ...{ releasingAgency: releasing, submittedBy: releasing, now, packDigest: '' },
          ...{ origin: 'made', attribute: 'active', draftDigest, judgementDigest: '' },
          affected: affected.map((code) => ({ agency: code, trigger: 'concerns' })),
          ...{
            noneAffectedReason: true,
            secrecyReview: review,
            letters: letters(1),
            agency,
            dateOf,
          },
          particulars: { ...noParticulars, coProducers },
        }),
      )
      receive(now)
      return refused
    },
    replies(code: string, kind: OpinionKind, whole: boolean, now: number) {
      const { version, draftDigest } = state
      return take((release) =>
        decideOpinion(release, pack, {
          ...silence(now),
          consultationId: idOf(code, version),
          opinion: {
            ...{ kind, digest: `${kind} ${now}`, hasReasons: whole, claims: [] },
            ...{ admittedAt: now, givenBy: code },
          },
          remarkId: `remark-${release.remarks.length}`,
          declarationId: `declaration-${release.declarations.length}`,
          ...{ draftDigest, clockInDoubt: false },
        }),
      )
    },
    meets(code: string, now: number) {
      return take((release) =>
        recordNegotiation(release, pack, {
          ...{ roundId: `round-${release.negotiation.rounds.length}`, kind: 'meeting' },
          ...{ heldAt: now, now, participants: [releasing, code], digest: '' },
        }),
      )
    },
    declines(code: string, now: number) {
      const consultationId = idOf(code, state.version)
      return take((release) =>
        declineChanges(release, pack, { consultationId, now, reasonDigest: '' }),
      )
    },
    confirms(code: string, accurate: boolean, now: number) {
      const { draftDigest, version } = state
      return take((release) =>
        confirmJointRelease(release, pack, {
          ...{ confirmationId: idOf(code, version), draftDigest, hasReasons: !accurate, now },
          answer: { accurate, digest: '', at: now, by: code },
        }),
      )
    },
    files: (to: AddresseeKind, now: number) => take((release) => file(release, to, now)),
    hears: (heard: Heard, now: number) => take((release) => hear(release, pack, heard, now)),
    revises(draftDigest: string, now: number) {
      const refused = take((release) =>
        reviseDraft(release, pack, {
          ...{ now, draftDigest, judgementDigest: '', alsoAffected: [], review, agency, dateOf },
          letters: letters(release.version + 1),
        }),
      )
      receive(now)
      return refused
    },
    withdraws: (now: number) =>
      take((release) => withdraw(release, pack, { now, reasonDigest: '' })),
    publishes: (digest: string, now: number) =>
      take((release) =>
        recordPublication(release, { publishedAt: now, now, digest, whereDigest: '' }),
      ),
    /** What is due by now happens. */
    lives(now: number) {
      take((release) => decideSilence(release, pack, silence(now)))
      const due = instructionDue()
      if (due !== undefined && due <= now) take((release) => file(release, undefined, now))
    },
    /** What the service has to answer. */
    predicts() {
      const gates = gatesOf(state, pack)
      const cleared = state.cleared !== undefined && allOpen(gates) && state.withdrawn === undefined
      return {
        status: statusOf(state),
        version: state.version,
        draftDigest: state.draftDigest,
        ...{ cleared, clearedDigest: cleared ? (state.cleared?.digest ?? '') : '' },
        obstacles: gates
          .flatMap(({ obstacles }) => obstacles)
          .map(({ reason, agency = '', opensAt = 0 }) => `${reason} ${agency} ${opensAt}`)
          .sort(),
        consultations: presentConsultations(state)
          .map((one) => `${one.agency} ${one.version} ${one.status} ${one.deadline?.at ?? 0}`)
          .sort(),
        breaches: state.published?.breaches ?? [],
      }
    },
  }
}
