// The small worlds that are searched. Each lets something else happen in full and keeps the rest quiet,
// so that it ends; together they reach whatever the law can do.
import { awaiting, DEADLINE, DEEMED, down, firm, HEALTH, LATE } from './law.fixture.js'
import { packWith, POLICE, provisional, qingyuan, ROLLED, rolled } from './law.fixture.js'
import { ROLLED_TWICE, rolledTwice, SETTLING, SUBMITTED } from './law.fixture.js'
import type { Reply, World } from './search-moves.fixture.js'
import { worldsOfDisagreement } from './worlds-of-disagreement.fixture.js'

const STATISTICS = 'statistics-bureau'
const CONSENT: Reply = { kind: 'consent' }
const OBJECTION: Reply = { kind: 'objection' }
const BARE: Reply = { kind: 'objection', hasReasons: false }
const NOT_CONCERNED: Reply = { kind: 'not_concerned' }
const OTHER: Reply = { kind: 'other_reply' }
const CHANGES: Reply = { kind: 'consent_with_changes' }
const SECRET: Reply = { kind: 'objection', claims: ['secrecy'] }
const ILLEGAL: Reply = { kind: 'other_reply', claims: ['illegality'] }
const EVERYTHING = [CONSENT, CHANGES, OBJECTION, BARE, NOT_CONCERNED, OTHER]

const LAST = DEADLINE - 1
const quiet = { pack: qingyuan, deadline: () => firm, remarksMax: 0, may: [] }
const twoDeadlines = (_: string, version: number) => (version === 1 ? firm : rolled)

export const worldsOfConsultations: readonly World[] = [
  {
    ...quiet,
    name: 'every kind of reply at every instant',
    replies: { [HEALTH]: EVERYTHING, [POLICE]: [CONSENT, OBJECTION], [STATISTICS]: [] },
    instants: [SUBMITTED, LAST, DEADLINE, DEEMED, LATE],
    inFlight: LAST,
  },
  {
    ...quiet,
    name: 'published again',
    replies: { [HEALTH]: [CONSENT], [POLICE]: [], [STATISTICS]: [] },
    instants: [SUBMITTED, DEEMED, LATE],
    may: ['withdraw', 'destroy', 'publish', 'publish-again'],
  },
  {
    ...quiet,
    name: 'letters on their way',
    replies: { [HEALTH]: [CONSENT, BARE, OTHER], [POLICE]: [OBJECTION], [STATISTICS]: [CONSENT] },
    instants: [SUBMITTED, LAST, DEEMED],
    may: ['review-later', 'be-undelivered', 'reply-unheard', 'withdraw'],
  },
  {
    ...quiet,
    name: 'two versions, withdrawn or published',
    replies: { [HEALTH]: [CONSENT, OBJECTION], [POLICE]: [], [STATISTICS]: [] },
    deadline: twoDeadlines,
    instants: [SUBMITTED, DEEMED, ROLLED + SETTLING],
    inFlight: LAST,
    may: ['revise', 'publish'],
  },
  {
    ...quiet,
    name: 'remarks that hold',
    replies: { [HEALTH]: [SECRET], [POLICE]: [ILLEGAL], [STATISTICS]: [] },
    deadline: twoDeadlines,
    instants: [SUBMITTED, DEEMED, LATE],
    remarksMax: 2,
    may: ['publish'],
  },
  {
    ...quiet,
    name: 'an outage over two last days',
    replies: { [HEALTH]: [CONSENT, OBJECTION], [POLICE]: [OTHER], [STATISTICS]: [] },
    downtimes: [down('10-10T12:00', '10-12T12:00')],
    instants: [SUBMITTED, DEEMED, ROLLED, ROLLED_TWICE, ROLLED_TWICE + SETTLING],
    inFlight: ROLLED_TWICE - 1,
  },
  {
    ...quiet,
    name: 'a notice that is awaited',
    replies: { [HEALTH]: [CONSENT, OBJECTION], [POLICE]: [BARE, NOT_CONCERNED], [STATISTICS]: [] },
    deadline: (agency) => (agency === HEALTH ? provisional : agency === POLICE ? awaiting : firm),
    notice: [firm, rolled],
    instants: [SUBMITTED, DEEMED, ROLLED - 1, ROLLED, ROLLED + SETTLING],
    receivedAtOnce: true,
    inFlight: LAST,
  },
  {
    ...quiet,
    name: 'silence without effect',
    pack: packWith(({ silence }) => Object.assign(silence!, { effect: 'none' })),
    replies: { [HEALTH]: EVERYTHING, [POLICE]: [CONSENT], [STATISTICS]: [] },
    instants: [SUBMITTED, LAST, DEEMED],
    inFlight: LAST,
    may: ['publish'],
  },
  {
    ...quiet,
    name: 'replies without a verdict taken for silence',
    pack: packWith(({ withoutVerdict }) => Object.assign(withoutVerdict!, { stopsDeeming: false })),
    replies: { [HEALTH]: [OTHER, OBJECTION], [POLICE]: [OTHER], [STATISTICS]: [] },
    instants: [SUBMITTED, LAST, DEADLINE, DEEMED],
    inFlight: LAST,
  },
  {
    ...quiet,
    name: 'a clock in doubt',
    replies: { [HEALTH]: [CONSENT, OBJECTION, OTHER], [POLICE]: [BARE], [STATISTICS]: [] },
    instants: [SUBMITTED, DEADLINE, DEEMED, LATE],
    inFlight: LAST,
    may: ['doubt'],
  },
  {
    ...quiet,
    name: 'reminders',
    replies: { [HEALTH]: [CONSENT, BARE], [POLICE]: [OTHER], [STATISTICS]: [] },
    deadline: (agency) => (agency === STATISTICS ? rolledTwice : firm),
    receivedAtOnce: true,
    instants: [SUBMITTED, ...firm.reminders, DEEMED],
    may: ['remind'],
  },
]

export const worlds: readonly World[] = [...worldsOfConsultations, ...worldsOfDisagreement]
