// Delivery's kinds of dossier: the law, tied to the tables that are kept in step with it and to what
// others are told.
import type { Vault } from '../../../shared/confidentiality/confidentiality.js'
import type { DossierKind } from '../../../shared/dossier/dossier.js'
import {
  announceAttempts,
  announceLetter,
  announceHooks,
  announceMailbox,
  announceNotification,
  ATTEMPTS,
  HOOKS,
  LETTER,
  MAILBOX,
  NOTIFICATION,
} from '../announces.js'
import type { CallsRefused } from '../../../shared/duties/attempts.js'
import * as letter from '../letter/letter.js'
import * as hooks from '../notification/hooks.js'
import * as notification from '../notification/notification.js'
import * as mailbox from '../mailbox/mailbox.js'
import { letterPosts } from './letter-posts.js'
import { notificationHooks } from './notification-hooks.js'
import { notifications } from './notifications.js'
import type { DeliveryDatabase } from './schema.js'

const SNAPSHOT_EVERY = 500 // a mailbox grows for ever

export type MailboxKind = DossierKind<mailbox.Mailbox, mailbox.MailboxEvent>
/** Nothing is decided on refused calls: they are only recorded. */
export type AttemptsKind = DossierKind<object, CallsRefused>
export type HooksKind = DossierKind<hooks.Hooks, hooks.HooksEvent>
export type NotificationKind = DossierKind<
  notification.Notification,
  notification.NotificationEnded
>
export type LetterKindOfDossier = DossierKind<letter.Letter, letter.LetterEvent>

export function kindsOfDossier(
  database: DeliveryDatabase,
  vault: Vault,
): {
  readonly mailboxes: MailboxKind
  readonly letters: LetterKindOfDossier
  readonly hooks: HooksKind
  readonly notifications: NotificationKind
  readonly attempts: AttemptsKind
} {
  const posts = letterPosts(database)
  const hooksTable = notificationHooks(database, vault)
  const told = notifications(database, vault)
  return {
    mailboxes: {
      name: MAILBOX,
      initial: () => mailbox.emptyMailbox,
      evolve: mailbox.evolve,
      fingerPosts: (id, { version }, _after, events) =>
        events.flatMap((each, index) => [
          posts.ofMailbox(id, version + 1 + index, each),
          ...(each.type === 'LetterArrived' ? [told.ofArrival(id, each)] : []),
        ]),
      announce: announceMailbox,
      snapshotEvery: SNAPSHOT_EVERY,
    },
    letters: {
      name: LETTER,
      initial: () => letter.unopened,
      evolve: letter.evolve,
      fingerPosts: (id, _before, _after, events) => events.flatMap((e) => posts.ofLetter(id, e)),
      announce: announceLetter,
    },
    hooks: {
      name: HOOKS,
      initial: () => hooks.noHooks,
      evolve: hooks.evolve,
      fingerPosts: (agency, _before, _after, events) =>
        events.flatMap((event) => hooksTable.of(agency, event)),
      announce: announceHooks,
    },
    notifications: {
      name: NOTIFICATION,
      initial: () => notification.unended,
      evolve: notification.evolve,
      fingerPosts: (id, _before, _after, events) => events.map((event) => told.ofEnd(id, event)),
      announce: announceNotification,
    },
    attempts: {
      name: ATTEMPTS,
      initial: () => ({}),
      evolve: (state) => state,
      announce: announceAttempts,
      snapshotEvery: SNAPSHOT_EVERY,
    },
  }
}
