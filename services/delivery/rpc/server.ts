// The calls of delivery, each with its handler and its row of the table (shared/authorisation).
import {
  LetterServiceService,
  MailboxServiceService,
  NotificationServiceService,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { FeedServiceService } from '../../../gen/huiqian/delivery/v1/feed.js'
import {
  DELIVERY_FEED_ROWS,
  LETTER_ROWS,
  MAILBOX_ROWS,
  NOTIFICATION_ROWS,
} from '../../../shared/authorisation/delivery.js'
import { serves, type ServedService } from '../../../shared/rpc/served.js'
import type { Delivery } from '../delivery.js'
import { getLetter } from './get-letter.js'
import { listLetters } from './list-letters.js'
import { listNotifications } from './list-notifications.js'
import {
  listNotificationHooks,
  removeNotificationHook,
  setNotificationHook,
} from './notification-hooks.js'
import { postLetters } from './post-letters.js'
import { readFeed } from './read-feed.js'
import { renderDocument } from './render-document.js'
import { signReceipt } from './sign-receipt.js'
import { watchMailbox } from './watch-mailbox.js'
import { destroyContent } from './destroy-content.js'
import { withdrawLetter } from './withdraw-letter.js'

/** `onDue` is told when something was recorded for which a duty may be due earlier. */
export function servedBy(delivery: Delivery, onDue: () => void): readonly ServedService[] {
  return [
    serves(
      LetterServiceService,
      {
        postLetters: postLetters(delivery, onDue),
        withdrawLetter: withdrawLetter(delivery),
        destroyContent: destroyContent(delivery),
      },
      LETTER_ROWS,
    ),
    serves(
      MailboxServiceService,
      {
        listLetters: listLetters(delivery),
        getLetter: getLetter(delivery),
        watchMailbox: watchMailbox(delivery),
        signReceipt: signReceipt(delivery),
        renderDocument: renderDocument(delivery),
      },
      MAILBOX_ROWS,
    ),
    serves(
      NotificationServiceService,
      {
        setNotificationHook: setNotificationHook(delivery),
        listNotificationHooks: listNotificationHooks(delivery),
        removeNotificationHook: removeNotificationHook(delivery, onDue),
        listNotifications: listNotifications(delivery),
      },
      NOTIFICATION_ROWS,
    ),
    serves(FeedServiceService, { read: readFeed(delivery) }, DELIVERY_FEED_ROWS),
  ]
}
