// The rows of escalation. States are those of a dispute (`DisputeState`, in small letters). Who has a part in a
// dispute knows it, and is told where a step is another's.
import { not, OPEN, openIn, type Cell, type Row } from './authorisation.js'

const AGENCY = ['agency'] as const
const PARTS = ['coordinator', 'releasing', 'party', 'review_body'] as const

const OWN: Row = { callers: AGENCY, on: 'own' }
const SEEN: Row = {
  callers: AGENCY,
  on: { coordinator: OPEN, releasing: OPEN, party: OPEN, review_body: OPEN },
}
const only = (
  whose: (typeof PARTS)[number],
  reason: 'ONLY_COORDINATOR' | 'ONLY_RELEASING_AGENCY',
  cell: Cell,
): Row => ({
  callers: AGENCY,
  on: Object.fromEntries(PARTS.map((part) => [part, part === whose ? cell : not(reason)])),
})
const coordinator = (...states: readonly string[]): Row =>
  only('coordinator', 'ONLY_COORDINATOR', openIn(...states))

export const DISPUTE_ROWS = {
  ListDisputes: OWN,
  GetDispute: SEEN,
  WatchDisputes: OWN,
  RedirectDispute: only('releasing', 'ONLY_RELEASING_AGENCY', openIn('filed')),
  AcceptDispute: coordinator('filed', 'accepted'), // again: nothing changes
  ReturnDispute: coordinator('filed', 'accepted'),
  HandUpDispute: coordinator('filed', 'accepted'),
  RequestCoReview: coordinator('accepted'),
  /** A view is its body's own: whoever was not asked for this one does not know of it. */
  GiveCoReview: { callers: AGENCY, on: { review_body: openIn('accepted') } },
  IssueRuling: coordinator('accepted'),
} satisfies Record<string, Row>

export const ESCALATION_FEED_ROWS = {
  Read: { callers: ['service/coordination', 'service/escalation', 'service/audit'], on: 'anyone' },
} satisfies Record<string, Row>
