// Letters as they arrive: first what the table holds after the cursor, page by page, then whatever
// the bell announces. Nothing is kept for a reader that is away: it comes back with its cursor.
import type {
  WatchMailboxRequest,
  WatchMailboxResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { serverStream } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { entryOf } from './letter-message.js'
import { mailboxOf } from './relation.js'
import { sharedPages, WATCH_PAGE_MAX } from './shared-pages.js'

export const watchMailbox = ({
  doorbells,
  mailboxPage,
}: Pick<Delivery, 'doorbells' | 'mailboxPage'>) => {
  const pages = sharedPages(mailboxPage)
  return serverStream<WatchMailboxRequest, WatchMailboxResponse>(
    async function* (request, context) {
      const { signal } = context

      const mailbox = mailboxOf(context)
      let after = request.after
      const bell = doorbells.waitAt(mailbox) // before the first reading: nothing falls in between
      signal.addEventListener('abort', () => bell.leave(), { once: true })
      try {
        do {
          for (let full = true; full;) {
            const page = await pages(mailbox, after, bell.generation())
            for (const row of page) {
              yield { entry: entryOf(row) }
              after = row.number ?? after
            }
            full = page.length === WATCH_PAGE_MAX
          }
        } while (await bell.rung())
      } finally {
        bell.leave()
      }
    },
    { cursorOf: ({ entry }) => String(entry?.number ?? '') },
  )
}
