// What delivery is made of, once started: each part of it names the pieces that it touches.
import type { Clock } from '../../shared/clock/clock.js'
import type { Acts } from '../../shared/acts/acts.js'
import type { Vault } from '../../shared/confidentiality/confidentiality.js'
import type { Printer } from '../../shared/official-document/official-document.js'
import type { Dossier, Dossiers } from '../../shared/dossier/dossier.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Letter, LetterEvent } from './letter/letter.js'
import type { Mailbox, MailboxEvent } from './mailbox/mailbox.js'
import type { NotificationConfig } from './duties/send.js'
import type { Hooks, HooksEvent } from './notification/hooks.js'
import type { Notification, NotificationEnded } from './notification/notification.js'
import type { Doorbells } from './rpc/doorbells.js'
import type { PageTokens } from '../../shared/rpc/page-tokens.js'
import type { Designations } from './store/designations.js'
import type { KnownLetters } from './store/known-letters.js'
import type { LetterContent } from './store/letter-content.js'
import type { LetterOfMailbox, MailboxPage } from './store/mailbox-page.js'
import type { NotificationHooks } from './store/notification-hooks.js'
import type { Notifications } from './store/notifications.js'
import type { DeliveryDatabase } from './store/schema.js'
import type { Waiting } from './store/waiting.js'

export type Delivery = {
  readonly clock: Clock
  readonly mint: Mint
  readonly database: DeliveryDatabase
  readonly dossier: Dossier
  readonly mailboxes: Dossiers<Mailbox, MailboxEvent>
  readonly letters: Dossiers<Letter, LetterEvent>
  readonly designations: Designations
  readonly knownLetters: KnownLetters
  readonly vault: Vault
  readonly acts: Acts
  readonly letterContent: LetterContent
  readonly letterOfMailbox: LetterOfMailbox
  readonly mailboxPage: MailboxPage
  readonly waiting: Waiting
  readonly doorbells: Doorbells
  readonly pageTokens: PageTokens
  readonly printer: Printer
  readonly hooks: Dossiers<Hooks, HooksEvent>
  readonly endings: Dossiers<Notification, NotificationEnded>
  readonly notificationHooks: NotificationHooks
  readonly notifications: Notifications
  readonly notificationConfig: NotificationConfig
}
