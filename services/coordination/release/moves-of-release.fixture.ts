// What happens to a release and its consultations in a small world: submission, letters, replies, silence,
// revisions, and how it ends.
import { asks, DEADLINE, DRAFT_1, DRAFT_2, opinion, silent, WATER } from './law.fixture.js'
import { versionsOf, type Move, type MovesOf, type Reply } from './search-moves.fixture.js'
import type { Release } from './state.js'
import type { LetterMeans } from './submit.js'

export const letters = (version: number): LetterMeans => ({
  documentNumber: `清水公开征〔2026〕${version}号`,
  numberFrom: 'allotted',
  ids: (agency) => ({ consultationId: asks(agency, version), letterId: `l-${agency}-${version}` }),
  remindAt: () => DEADLINE,
})
export const agency = (code: string) => ({
  ...{ code, name: code, documentPrefix: '清府', region: '441800', level: 'prefecture' as const },
  ...{ isCompetentAuthority: false, hasMailbox: true },
})
export const dateOf = () => '2026-09-28'
export const review = { reviewedOn: '2026-09-25', digest: 'review' }

export const releaseMoves: MovesOf = (world, now, move) => {
  const may = (what: (typeof world.may)[number]): boolean => world.may.includes(what)
  const { pack, downtimes = [], unasked = [] } = world
  const agencies = Object.keys(world.replies)
  const silence = silent(now, { downtimes })
  const last = versionsOf(world).length
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
      affected: agencies
        .filter((code) => !unasked.includes(code))
        .map((code) => ({ agency: code, trigger: 'concerns' as const })),
      noneAffectedReason: true,
      ...(world.particulars === undefined ? {} : { particulars: world.particulars }),
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
    for (const version of versionsOf(world)) {
      const consultationId = asks(code, version)
      const about = { consultationId }
      const present = (release: Release): boolean =>
        release.version === version && release.consultations[consultationId] !== undefined
      const deadline = world.deadline(code, version, now)
      const receivedAt = now
      if (now < deadline.at && (world.receipts?.includes(now) ?? world.receivedAtOnce !== true))
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
          ...(said.askInstead === undefined ? {} : { askInstead: said.askInstead }),
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
              draftDigest: textOf(release, version),
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
  for (const text of may('revise') ? (world.texts ?? [DRAFT_2]) : [])
    moves.push(
      move(
        'revise',
        `revised to ${text}`,
        (law, release) =>
          law.reviseDraft(release, pack, {
            now,
            draftDigest: text,
            judgementDigest: 'judgement-2',
            alsoAffected: [],
            review,
            letters: letters(release.version + 1),
            agency,
            dateOf,
          }),
        { text, applies: ({ exists, version }) => exists && version < last },
      ),
    )
  if (may('withdraw'))
    moves.push(
      move('withdraw', 'withdrawn', (law, release) =>
        law.withdraw(release, pack, { now, reasonDigest: 'reason' }),
      ),
    )
  if (may('destroy'))
    for (const lettersWaiting of [false, true])
      moves.push(
        move(
          'destroy',
          `content destroyed${lettersWaiting ? ', letters on their way' : ''}`,
          (law, release) => law.destroyContent(release, { now, lettersWaiting }),
        ),
      )
  if (may('publish'))
    for (const digest of [DRAFT_1, ...(world.texts ?? [DRAFT_2])])
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
            text: digest,
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

/** The text of a version, as far as there is one. */
const textOf = (release: Release, version: number): string =>
  release.versions.find((one) => one.version === version)?.digest ?? ''
