// The rows of delivery. A mailbox, its letters and its hooks are an agency's own; a letter that is to be posted
// or called back is that service's own which posted it. Auditors read no letters.
import { asReply, type Row } from './authorisation.js'

const MAILBOX: Row = { callers: ['agency'], on: 'own' }
const POSTING: Row = { callers: ['service/coordination', 'service/escalation'], on: 'own' }

export const LETTER_ROWS = {
  PostLetters: POSTING,
  WithdrawLetter: POSTING,
  DestroyContent: { callers: ['service/coordination'], on: 'own' },
} satisfies Record<string, Row>

export const MAILBOX_ROWS = {
  ListLetters: MAILBOX,
  GetLetter: MAILBOX,
  WatchMailbox: MAILBOX,
  SignReceipt: asReply(MAILBOX),
  RenderDocument: MAILBOX,
} satisfies Record<string, Row>

export const NOTIFICATION_ROWS = {
  SetNotificationHook: MAILBOX,
  ListNotificationHooks: MAILBOX,
  RemoveNotificationHook: MAILBOX,
  ListNotifications: MAILBOX,
} satisfies Record<string, Row>

export const DELIVERY_FEED_ROWS = {
  Read: { callers: ['service/delivery', 'service/coordination', 'service/audit'], on: 'anyone' },
} satisfies Record<string, Row>
