// Small worlds of disagreement, joint releases, approvals, declarations, paper and moving clocks. Each lets one matter happen
// in full and keeps the rest quiet, so that it ends.

import {
  at,
  DEADLINE,
  DEEMED,
  down,
  DRAFT_1,
  DRAFT_2,
  firm,
  HEALTH,
  LATE,
  POLICE,
  qingyuan,
  RECEIVED,
  ROLLED,
  rolled,
  rolledTwice,
  SETTLING,
  SUBMITTED,
  WATER,
} from './law.fixture.js'
import { recomputes, recordsOutage, takesOver } from './moves-of-calendar.fixture.js'
import {
  declines,
  DRAFT_3,
  files,
  hears,
  instructs,
  requests,
  rounds,
  RULED_TEXT,
} from './moves-of-disagreement.fixture.js'
import {
  AIR,
  approves,
  AUDIT,
  confirms,
  declares,
  ORGAN,
  refers,
  remindsToConfirm,
} from './moves-of-gates.fixture.js'
import { onPaper } from './moves-of-paper.fixture.js'
import { noParticulars } from './particulars.js'
import type { Reply, World } from './search-moves.fixture.js'
import { deadlinesOfTheWeek, twoDays, WEEK } from './week.fixture.js'

const STATISTICS = 'statistics-bureau'
const CONSENT: Reply = { kind: 'consent' }
const OBJECTION: Reply = { kind: 'objection' }
const NOT_CONCERNED: Reply = { kind: 'not_concerned' }
const CHANGES: Reply = { kind: 'consent_with_changes' }
const NAMES_ANOTHER: Reply = { kind: 'not_concerned', askInstead: AUDIT }

const LAST = DEADLINE - 1
const FILED = at('2026-10-12T10:00+08:00')
const RULED = at('2026-10-20T10:00+08:00')
const quiet = { pack: qingyuan, deadline: () => firm, remarksMax: 0, may: [] }
const heard = { ...quiet, receivedAtOnce: true } as const
const joint = { ...noParticulars, coProducers: [AIR] }

export const worldsOfDisagreement: readonly World[] = [
  {
    ...heard,
    name: 'negotiated, declined, asked to be escalated',
    replies: { [HEALTH]: [OBJECTION, CHANGES, CONSENT], [POLICE]: [], [STATISTICS]: [] },
    instants: [SUBMITTED, DEEMED],
    may: ['revise', 'withdraw'],
    also: [
      rounds(1, [HEALTH, POLICE, 'a stranger']),
      declines(HEALTH),
      requests(HEALTH),
      instructs('competent_authority'),
    ],
  },
  {
    ...heard,
    name: 'filed, and filed again',
    replies: { [HEALTH]: [OBJECTION, CONSENT] },
    instants: [SUBMITTED, LAST, RULED],
    also: [
      rounds(2, [HEALTH], { alsoOld: true }),
      files(['superior_organ'], { max: 2, byItself: true }),
      hears(['accepted', 'returned', 'back to negotiation', 'ended'], 2),
    ],
  },
  {
    ...heard,
    name: 'filed where the authority is a party',
    replies: { [HEALTH]: [OBJECTION], [POLICE]: [OBJECTION, NOT_CONCERNED] },
    instants: [SUBMITTED, FILED],
    may: ['withdraw'],
    also: [
      rounds(1, [HEALTH, POLICE]),
      instructs('competent_authority'),
      files(['superior_organ', 'competent_authority'], {
        ...{ max: 1, byItself: true, authority: HEALTH },
      }),
      hears(['handed up', 'accepted'], 1),
    ],
  },
  {
    ...heard,
    name: 'ruled in every way',
    replies: { [HEALTH]: [OBJECTION, CONSENT], [POLICE]: [OBJECTION] },
    instants: [SUBMITTED, RULED],
    may: ['publish'],
    texts: [RULED_TEXT],
    also: [
      rounds(2, [HEALTH]),
      files(['superior_organ'], { max: 2 }),
      hears(
        [
          'release',
          'release another text',
          'release with changes',
          'do not release',
          'back to negotiation',
        ],
        2,
      ),
    ],
  },
  {
    ...heard,
    name: 'ruled with changes, over three versions',
    replies: { [HEALTH]: [OBJECTION], [POLICE]: [] },
    deadline: (_, version) => (version === 1 ? firm : rolled),
    instants: [SUBMITTED, RULED],
    may: ['revise'],
    texts: [DRAFT_1, RULED_TEXT, DRAFT_3],
    versionsMax: 3,
    also: [
      rounds(1, [HEALTH]),
      files(['superior_organ'], { max: 1 }),
      hears(['release with changes', 'do not release'], 1),
    ],
  },
  {
    ...heard,
    name: 'a joint release',
    replies: { [HEALTH]: [OBJECTION, CONSENT], [POLICE]: [] },
    particulars: joint,
    instants: [SUBMITTED, DEEMED],
    may: ['revise', 'withdraw'],
    also: [confirms(AIR, [DRAFT_1, DRAFT_2]), remindsToConfirm],
  },
  {
    ...heard,
    name: 'a contradiction that is ruled on',
    replies: { [HEALTH]: [OBJECTION] },
    particulars: joint,
    instants: [SUBMITTED, RULED],
    may: ['revise'],
    texts: [RULED_TEXT],
    also: [
      confirms(AIR, [DRAFT_1, RULED_TEXT]),
      rounds(1, [AIR]),
      files(['superior_organ'], { max: 1 }),
      hears(['release', 'release with changes', 'returned'], 1),
    ],
  },
  {
    ...heard,
    name: 'approved or not',
    replies: { [HEALTH]: [CONSENT], [POLICE]: [] },
    particulars: { ...noParticulars, approvalsNeeded: [{ organDigest: ORGAN }] },
    instants: [SUBMITTED, DEEMED, LATE],
    may: ['revise', 'publish', 'review-later'],
    also: [approves([ORGAN, 'organ-of-nobody'], [DRAFT_1, DRAFT_2]), refers],
  },
  {
    ...heard,
    name: 'affected too',
    replies: { [HEALTH]: [CONSENT, NAMES_ANOTHER], [AUDIT]: [CONSENT] },
    unasked: [AUDIT],
    instants: [SUBMITTED, DEEMED],
    may: ['publish'],
    also: [declares(AUDIT, 2)],
  },
  {
    ...heard,
    name: 'affected too, in a later version',
    replies: { [HEALTH]: [NAMES_ANOTHER], [AUDIT]: [OBJECTION] },
    unasked: [AUDIT],
    instants: [SUBMITTED, DEEMED],
    may: ['revise', 'withdraw'],
    also: [declares(AUDIT, 1)],
  },
  {
    ...quiet,
    name: 'letters on paper',
    replies: { [HEALTH]: [OBJECTION], [POLICE]: [] },
    deadline: (_agency, _version, receivedAt) => (receivedAt < at('2026-09-29') ? firm : rolled),
    instants: [
      SUBMITTED,
      RECEIVED,
      at('2026-09-30T09:00+08:00'),
      DEEMED,
      at('2026-10-13T00:00:15+08:00'),
    ],
    receipts: [at('2026-09-30T09:00+08:00')],
    also: [
      onPaper({
        agency: HEALTH,
        receipts: [SUBMITTED, at('2026-09-29T09:00+08:00')],
        heardLater: RECEIVED,
        recordBy: (receivedAt) => receivedAt + 36 * 3_600_000,
        endOfFirstWorkingDayAfter: (instant) =>
          [firm, rolled, rolledTwice].find((one) => one.at > instant + 86_400_000),
      }),
    ],
  },
  {
    ...heard,
    name: 'replies on paper',
    replies: { [HEALTH]: [OBJECTION, CONSENT], [POLICE]: [CONSENT] },
    instants: [SUBMITTED, LAST, DEEMED],
    also: [
      onPaper({
        agency: HEALTH,
        receipts: [],
        replies: [CONSENT, OBJECTION, { kind: 'other_reply' }],
        handedIn: [SUBMITTED + 3_600_000, LAST],
        by: ['releasing', 'consulted', 'authority'],
        recordBy: () => 0,
        endOfFirstWorkingDayAfter: () => undefined,
      }),
    ],
  },
  {
    ...heard,
    name: 'deadlines that turn out to be later',
    replies: { [HEALTH]: [OBJECTION], [POLICE]: [] },
    instants: [SUBMITTED, LAST, DEEMED, ROLLED - 1, ROLLED, ROLLED + SETTLING],
    remarksMax: 1,
    also: [recomputes([HEALTH, POLICE]), recordsOutage(HEALTH, down('10-10T12:00', '10-10T16:00'))],
  },
  {
    ...quiet,
    name: 'taken over by another',
    replies: { [HEALTH]: [OBJECTION, CONSENT], [POLICE]: [CONSENT] },
    particulars: joint,
    instants: [SUBMITTED, DEEMED],
    may: ['be-undelivered', 'publish'],
    also: [takesOver(HEALTH, 'successor'), takesOver(WATER, 'successor')],
  },
  {
    ...quiet,
    name: 'a week of days',
    replies: { [HEALTH]: [OBJECTION], [POLICE]: [], [STATISTICS]: [] },
    receipts: WEEK.slice(0, 3),
    pack: twoDays,
    deadline: (_agency, _version, receivedAt) => deadlinesOfTheWeek(receivedAt),
    instants: WEEK,
  },
]
