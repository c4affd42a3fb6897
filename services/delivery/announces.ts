// What delivery's events tell the others: the one mapping out. Ids, enumerations, times; no text.
import { Announcement } from '../../gen/huiqian/delivery/v1/announcements.js'
import type { Announced, DossierKind, EventLike } from '../../shared/dossier/dossier.js'
import type { CallsRefused } from '../../shared/duties/attempts.js'
import { LETTER_KINDS } from './letter/letter-kind.js'
import type { HooksEvent } from './notification/hooks.js'
import type { NotificationEnded } from './notification/notification.js'
import type { LetterEvent } from './letter/letter.js'
import type { MailboxEvent } from './mailbox/mailbox.js'

type Meta = Parameters<DossierKind<unknown, EventLike>['announce']>[2]
type What = NonNullable<Announcement['what']>

export const MAILBOX = 'mailbox'
export const LETTER = 'letter'
export const ATTEMPTS = 'attempts'
export const HOOKS = 'hooks'
export const NOTIFICATION = 'notification'

const NAMES: Readonly<Record<What['$case'], string>> = {
  letterReceived: 'LetterReceived',
  letterUndelivered: 'LetterUndelivered',
  receiptSigned: 'ReceiptSigned',
  letterWithdrawn: 'LetterWithdrawn',
  letterRead: 'LetterRead',
  callsRefused: 'CallsRefused',
  notificationEnded: 'NotificationEnded',
  notificationHookChanged: 'NotificationHookChanged',
}

/** What an event of a mailbox tells. `recipient`: the credit code of its agency. */
export function announceMailbox(recipient: string, event: MailboxEvent, meta: Meta): Announced {
  return announced(`${MAILBOX}:${recipient}`, meta, whatOfMailbox(recipient, event))
}

/** What an event of a letter tells. */
export function announceLetter(letterId: string, event: LetterEvent, meta: Meta): Announced {
  return announced(`${LETTER}:${letterId}`, meta, whatOfLetter(letterId, event))
}

/** What refused calls tell. */
export function announceAttempts(id: string, event: CallsRefused, meta: Meta): Announced {
  const { caller, method, reason, count } = event
  const callsRefused = { caller, method, reason, count }
  return announced(`${ATTEMPTS}:${id}`, meta, { $case: 'callsRefused', callsRefused })
}

/** What an event of an agency's hooks tells. */
export function announceHooks(agency: string, event: HooksEvent, meta: Meta): Announced {
  const removed = event.type === 'NotificationHookRemoved'
  const notificationHookChanged = { agency, hookId: event.hookId, removed }
  const what: What = { $case: 'notificationHookChanged', notificationHookChanged }
  return announced(`${HOOKS}:${agency}`, meta, what)
}

/** How a notification ended. */
export function announceNotification(id: string, event: NotificationEnded, meta: Meta): Announced {
  const { letterId, hookId, delivered, endedAt } = event
  const notificationEnded = { letterId, hookId, delivered, endedAt }
  const what: What = { $case: 'notificationEnded', notificationEnded }
  return announced(`${NOTIFICATION}:${id}`, meta, what)
}

function whatOfMailbox(recipient: string, event: MailboxEvent): What {
  const { letterId } = event
  if (event.type === 'WaitingLetterWithdrawn')
    return { $case: 'letterWithdrawn', letterWithdrawn: { letterId } }
  const { releaseId, consultationId = '' } = event
  const about = { letterId, releaseId, consultationId, recipient }
  if (event.type === 'LetterUndelivered')
    return { $case: 'letterUndelivered', letterUndelivered: about }
  const { receivedAt, number, kind } = event
  const letterKind = LETTER_KINDS.indexOf(kind) + 1
  return { $case: 'letterReceived', letterReceived: { ...about, receivedAt, number, letterKind } }
}

function whatOfLetter(letterId: string, event: LetterEvent): What {
  switch (event.type) {
    case 'ReceiptSigned': {
      const { releaseId, consultationId = '', signedAt } = event
      const receiptSigned = { letterId, releaseId, consultationId, signedAt }
      return { $case: 'receiptSigned', receiptSigned }
    }
    case 'LetterWithdrawn':
      return { $case: 'letterWithdrawn', letterWithdrawn: { letterId } }
    case 'LetterRead':
      return {
        $case: 'letterRead',
        letterRead: {
          ...{ letterId, reader: event.reader, readAt: event.readAt },
          releaseId: event.about?.releaseId ?? '',
          letterKind: event.about === undefined ? 0 : LETTER_KINDS.indexOf(event.about.kind) + 1,
          version: event.about?.version ?? 0,
        },
      }
  }
}

function announced(stream: string, meta: Meta, what: What): Announced {
  const { version, recordedAt, commitment } = meta
  const mark = { stream, version, recordedAt, commitment: Buffer.from(commitment) }
  return { kind: NAMES[what.$case], bytes: Announcement.encode({ mark, what }).finish() }
}
