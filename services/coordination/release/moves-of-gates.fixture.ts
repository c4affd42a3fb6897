// What opens and shuts the other gates in a small world: confirmations, approvals, agencies that say that they
// are affected too; and the referral of a breach.
import { asks } from './law.fixture.js'
import { agency, dateOf, letters } from './moves-of-release.fixture.js'
import { versionsOf, type MovesOf } from './search-moves.fixture.js'

export const AIR = 'environment-bureau'
export const AUDIT = 'audit-bureau'
export const ORGAN = 'organ-city'

/** A co-producer answers about any version, with a text that may be another. */
export const confirms =
  (code: string, texts: readonly string[]): MovesOf =>
  (world, now, move) =>
    versionsOf(world).flatMap((version) =>
      texts.flatMap((text) =>
        [true, false].map((accurate) =>
          move(
            'confirm',
            `${code} ${version} says that ${text} is ${accurate ? '' : 'not '}accurate`,
            (law, release) =>
              law.confirmJointRelease(release, world.pack, {
                ...{ confirmationId: asks(code, version), draftDigest: text, now },
                hasReasons: !accurate,
                answer: { accurate, digest: 'answer', at: now, by: code },
              }),
            {
              ...{ consultationId: asks(code, version), agency: code, text },
              says: accurate ? 'yes' : 'no',
              applies: ({ confirmations }) => asks(code, version) in confirmations,
            },
          ),
        ),
      ),
    )

/** Reminders of confirmations; the next one is due at the next instant. */
export const remindsToConfirm: MovesOf = ({ instants }, now, move) => [
  move('reminders', 'confirmations are looked at', (law, release) =>
    law.decideConfirmationReminders(release, {
      now,
      letterId: (id) => `reminder-${id}-${now}`,
      next: () => instants.find((instant) => instant > now),
    }),
  ),
]

/** Approvals of organs for texts; each may be the wrong one. */
export const approves =
  (organs: readonly string[], texts: readonly string[]): MovesOf =>
  ({ pack }, now, move) =>
    organs.flatMap((organDigest) =>
      texts.map((text) =>
        move(
          'approve',
          `${organDigest} approves ${text}`,
          (law, release) =>
            law.recordApproval(release, pack, {
              approvalId: `approval-${release.approvals.length}`,
              ...{ organDigest, approvedOn: dateOf(), wordsDigest: 'words' },
              copy: { digest: 'copy', uploader: 'water-bureau' },
              ...{ draftDigest: text, recordedBy: 'water', now, today: dateOf(), declared: [] },
            }),
          {
            ...{ text, agency: organDigest },
            applies: ({ exists, approvals, version }) =>
              exists && approvals.filter((one) => one.version === version).length < 1,
          },
        ),
      ),
    )

/** An agency says that it is affected too; the releasing agency consults it, or says why not. */
export const declares =
  (code: string, max: number): MovesOf =>
  ({ pack }, now, move) => [
    move(
      'declare',
      `${code} says that it is affected too`,
      (law, release) =>
        law.declareAffected(release, pack, {
          declarationId: `declaration-${release.declarations.length}`,
          ...{ agency: code, declaredAt: now, digest: 'said', now },
        }),
      { agency: code, applies: ({ declarations }) => declarations.length < max },
    ),
    ...Array.from({ length: max }, (_, index) => `declaration-${index}`).flatMap((declarationId) =>
      [true, false].map((consult) =>
        move(
          'answer',
          `${declarationId}: ${consult ? 'consulted' : 'not consulted'}`,
          (law, release) =>
            law.answerDeclaration(release, pack, {
              ...{ declarationId, consult, answerDigest: 'answer', now, agency, dateOf },
              judgementDigest: 'judgement-with-it',
              letters: letters(release.version),
            }),
          {
            says: consult ? 'yes' : 'no',
            applies: ({ declarations }) => declarations.some(({ id }) => id === declarationId),
          },
        ),
      ),
    ),
  ]

/** A breach is referred to the supervision body, once. */
export const refers: MovesOf = ({ pack }, now, move) => [
  move(
    'refer',
    'the breach is referred',
    (law, release) =>
      law.referBreach(
        release,
        pack,
        {
          ...{ referralId: 'referral', referredBy: 'office', by: 'somebody', to: 'supervision' },
          ...{ consequenceDigest: 'consequence', referredAt: now },
        },
        [{ agency: 'supervision', name: 'supervision' }],
      ),
    { applies: ({ referrals, exists }) => exists && referrals.length < 1 },
  ),
]
