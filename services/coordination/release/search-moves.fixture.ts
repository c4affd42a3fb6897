// What can be done to a release in a small world: three agencies, two versions, a few instants around
// the deadlines. Every move is a real decision of the law; the law is handed in, so that a test can hand
// in one with a fault.
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { Given, OpinionKind } from '../consultation/opinion.js'
import type { Downtime } from '../consultation/silence.js'
import type { Claim, Pack } from '../pack/pack.js'
import { decideLateRemark, recordPublication, withdraw } from './conclude.js'
import type { ReleaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { asks, DRAFT_1, DRAFT_2, opinion, silent, WATER } from './law.fixture.js'
import { decideOpinion, decideReminders, decideSilence } from './release.js'
import { recordReceipt, recordReminderDelivered, recordUndelivered } from './release.js'
import { settleDeadline } from './settle-deadline.js'
import { reviseDraft } from './revise.js'
import { recordSecrecyReview, submit, type LetterMeans } from './submit.js'
import type { Release } from './state.js'

export const theLaw = {
  submit,
  recordSecrecyReview,
  reviseDraft,
  recordReceipt,
  recordReminderDelivered,
  recordUndelivered,
  settleDeadline,
  decideOpinion,
  decideSilence,
  decideReminders,
  decideLateRemark,
  withdraw,
  recordPublication,
  evolve,
}
export type Law = typeof theLaw

/** What an agency may say in a world. */
export type Reply = {
  readonly kind: OpinionKind
  readonly hasReasons?: false
  readonly claims?: readonly Claim[]
}

export type World = {
  readonly name: string
  readonly pack: Pack
  /** The agencies and what each may say. */
  readonly replies: Readonly<Record<string, readonly Reply[]>>
  /** When decisions may be made, rising; the draft is submitted at the first. */
  readonly instants: readonly number[]
  /** A stamp of an earlier instant that may still come to its decision at any later one. */
  readonly inFlight?: number
  readonly deadline: (agency: string, version: number) => DeadlineRecord
  readonly downtimes?: readonly Downtime[]
  /** What a notice makes of deadlines that are not firm: as computed, and a day after the telling. */
  readonly notice?: readonly [computed: DeadlineRecord, afterTelling: DeadlineRecord]
  /** What else may happen. */
  readonly may: readonly (
    | 'review-later'
    | 'be-undelivered'
    | 'reply-unheard'
    | 'remind'
    | 'revise'
    | 'withdraw'
    | 'publish'
    | 'publish-again'
    | 'doubt'
  )[]
  /** More remarks than this are not filed: the one bound that cuts the world short. */
  readonly remarksMax: number
}

type MoveKind =
  | 'submit'
  | 'review'
  | 'receipt'
  | 'undelivered'
  | 'notice'
  | 'reply'
  | 'silence'
  | 'reminders'
  | 'reminded'
  | 'revise'
  | 'withdraw'
  | 'publish'
  | 'decide'

export type Move = {
  readonly kind: MoveKind
  readonly label: string
  readonly now: number
  readonly consultationId?: string
  readonly reply?: Given
  readonly inDoubt?: boolean
  readonly decides?: { readonly stands: boolean; readonly view: boolean; readonly remarkId: string }
  readonly publishes?: { readonly digest: string }
  readonly applies: (release: Release) => boolean
  readonly run: (law: Law, release: Release) => readonly ReleaseEvent[]
}

const letters = (version: number): LetterMeans => ({
  documentNumber: `清水公开征〔2026〕${version}号`,
  numberFrom: 'allotted',
  ids: (agency) => ({ consultationId: asks(agency, version), letterId: `l-${agency}-${version}` }),
})
const agency = (code: string) => ({
  ...{ code, name: code, documentPrefix: '清府', region: '441800', level: 'prefecture' as const },
  ...{ isCompetentAuthority: false, hasMailbox: true },
})
const dateOf = () => '2026-09-28'
const review = { reviewedOn: '2026-09-25', digest: 'review' }

/** Every move that a world has at an instant. */
export function movesAt(world: World, now: number): Move[] {
  const may = (what: World['may'][number]): boolean => world.may.includes(what)
  const { pack, downtimes = [] } = world
  const agencies = Object.keys(world.replies)
  const silence = silent(now, { downtimes })
  const move = (
    kind: MoveKind,
    label: string,
    run: Move['run'],
    more: Partial<Move> = {},
  ): Move => ({ kind, label, now, applies: exists, run, ...more })
  const moves: Move[] = []

  if (now === world.instants[0]) {
    const draft = {
      releasingAgency: WATER,
      submittedBy: WATER,
      now,
      packDigest: 'pack',
      origin: 'made' as const,
      attribute: 'active' as const,
      draftDigest: DRAFT_1,
      judgementDigest: 'judgement',
      affected: agencies.map((code) => ({ agency: code, trigger: 'concerns' as const })),
      noneAffectedReason: false,
      letters: letters(1),
      agency,
      dateOf,
    }
    const applies = ({ exists }: Release) => !exists
    const bare = may('review-later')
      ? [
          move('submit', 'submitted', (law, release) => law.submit(release, pack, draft), {
            applies,
          }),
        ]
      : []
    const whole = { ...draft, secrecyReview: review }
    moves.push(
      ...bare,
      move('submit', 'submitted, reviewed', (law, release) => law.submit(release, pack, whole), {
        applies,
      }),
    )
  }
  if (may('review-later'))
    moves.push(
      move('review', 'reviewed', (law, release) =>
        law.recordSecrecyReview(release, pack, {
          now,
          review,
          letters: letters(release.version),
        }),
      ),
    )

  for (const [code, replies] of Object.entries(world.replies))
    for (const version of may('revise') ? [1, 2] : [1]) {
      const consultationId = asks(code, version)
      const about = { consultationId }
      const present = (release: Release): boolean =>
        release.version === version && release.consultations[consultationId] !== undefined
      const deadline = world.deadline(code, version)
      const receivedAt = now
      if (now < deadline.at)
        moves.push(
          move(
            'receipt',
            `${code} ${version} receives`,
            (law, release) =>
              law.recordReceipt(release, pack, { consultationId, receivedAt, deadline, now }),
            { ...about, applies: (release) => consultationId in release.consultations },
          ),
        )
      const { notice } = world
      if (notice !== undefined)
        moves.push(
          move(
            'notice',
            `the notice settles ${code} ${version}`,
            (law, release) => {
              const [computed, afterTelling] = notice
              return law.settleDeadline(release, { consultationId, computed, afterTelling, now })
            },
            { ...about, applies: present },
          ),
        )
      if (may('remind') && code === agencies[0])
        moves.push(
          move(
            'reminded',
            `the newest reminder of ${code} ${version} is delivered`,
            (law, release) =>
              law.recordReminderDelivered(release, {
                consultationId,
                letterId:
                  release.consultations[consultationId]?.reminderLetters.at(-1)?.letterId ?? '',
                receivedAt: now,
              }),
            {
              ...about,
              // At the instant of its issue alone: every later one would be a state of its own, and tell nothing.
              applies: (release) =>
                present(release) &&
                release.consultations[consultationId]?.remindedAt.at(-1) === now,
            },
          ),
        )
      if (may('be-undelivered'))
        moves.push(
          move(
            'undelivered',
            `${code} ${version} has no mailbox`,
            (law, release) => law.recordUndelivered(release, consultationId),
            { ...about, applies: present },
          ),
        )
      const stamps =
        world.inFlight === undefined || world.inFlight >= now ? [now] : [now, world.inFlight]
      const mayReply = (release: Release): boolean =>
        present(release) &&
        (may('reply-unheard') || release.consultations[consultationId]?.receivedAt !== undefined) &&
        release.remarks.length <= world.remarksMax
      // What is in flight comes once: again and again it would reverse and renew a clearance for ever.
      const landed = (release: Release): boolean =>
        release.consultations[consultationId]?.opinion?.admittedAt === world.inFlight
      const answers = (said: Reply, admittedAt: number, inDoubt: boolean, applies = mayReply) => {
        const reply = opinion(said.kind, admittedAt, {
          ...(said.hasReasons === false ? { hasReasons: false } : {}),
          claims: said.claims ?? [],
        })
        const what = [said.kind, said.hasReasons === false ? 'bare' : '', ...(said.claims ?? [])]
        const stamp = admittedAt === now ? '' : ', in flight'
        const label = `${code} ${version} says ${what.filter((word) => word !== '').join(' ')}${stamp}${inDoubt ? ', clock in doubt' : ''}`
        return move(
          'reply',
          label,
          (law, release) =>
            law.decideOpinion(release, pack, {
              ...silence,
              consultationId,
              opinion: reply,
              remarkId: `remark-${release.remarks.length}`,
              declarationId: `declaration-${release.declarations.length}`,
              draftDigest: version === 1 ? DRAFT_1 : DRAFT_2,
              clockInDoubt: inDoubt,
            }),
          {
            ...about,
            reply,
            inDoubt,
            applies: (release) => applies(release) && (admittedAt === now || !landed(release)),
          },
        )
      }
      for (const said of replies)
        for (const admittedAt of stamps)
          for (const inDoubt of may('doubt') ? [false, true] : [false])
            moves.push(answers(said, admittedAt, inDoubt))
      // One reply is tried on every superseded consultation: it has to be refused.
      const outdated = (release: Release) =>
        release.version > version && consultationId in release.consultations
      if (version === 1 && may('revise'))
        moves.push(answers({ kind: 'consent' }, now, false, outdated))
    }

  moves.push(
    move('silence', 'silence is looked at', (law, release) =>
      law.decideSilence(release, pack, silence),
    ),
  )
  if (may('remind'))
    moves.push(
      move('reminders', 'reminders are looked at', (law, release) =>
        law.decideReminders(release, { now, letterId: (id) => `reminder-${id}-${now}` }),
      ),
    )
  if (may('revise'))
    moves.push(
      move(
        'revise',
        'revised',
        (law, release) =>
          law.reviseDraft(release, pack, {
            now,
            draftDigest: DRAFT_2,
            judgementDigest: 'judgement-2',
            alsoAffected: [],
            review,
            letters: letters(2),
            agency,
            dateOf,
          }),
        { applies: ({ exists, version }) => exists && version === 1 },
      ),
    )
  if (may('withdraw'))
    moves.push(
      move('withdraw', 'withdrawn', (law, release) =>
        law.withdraw(release, pack, { now, reasonDigest: 'reason' }),
      ),
    )
  if (may('publish'))
    for (const digest of [DRAFT_1, DRAFT_2])
      moves.push(
        move(
          'publish',
          `${digest} published`,
          (law, release) =>
            law.recordPublication(release, {
              publishedAt: now,
              now,
              digest,
              whereDigest: 'where',
            }),
          {
            publishes: { digest },
            // Published again and again the world would not end: once more shows what is to be seen.
            applies: ({ exists, published, furtherPublications }) =>
              exists &&
              (published === undefined || (may('publish-again') && furtherPublications.length < 1)),
          },
        ),
      )
  for (let index = 0; index <= world.remarksMax; index++)
    for (const [decision, view] of [
      ['release_stands', true],
      ['release_stands', false],
      ['taken_up', false],
    ] as const) {
      const remarkId = `remark-${index}`
      moves.push(
        move(
          'decide',
          `${remarkId}: ${decision}${view ? ' with a view' : ''}`,
          (law, release) =>
            law.decideLateRemark(release, pack, {
              remarkId,
              decision,
              decisionDigest: 'decision',
              secrecyBodyView: view,
              now,
            }),
          {
            decides: { stands: decision === 'release_stands', view, remarkId },
            applies: ({ remarks }) =>
              remarks.some((one) => one.id === remarkId && one.holds && one.decision === undefined),
          },
        ),
      )
    }
  return moves
}

const exists = (release: Release): boolean => release.exists
