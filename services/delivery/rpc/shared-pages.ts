// A thousand streams that wait at one mailbox are rung together and ask the same question: it is
// asked once. A reading that began before a ring is not shared by those who heard it.
import type { ListedLetter, MailboxPage } from '../store/mailbox-page.js'

export type SharedPages = (
  mailbox: string,
  after: number,
  generation: number,
) => Promise<readonly ListedLetter[]>

export const WATCH_PAGE_MAX = 200

export function sharedPages(mailboxPage: MailboxPage): SharedPages {
  const reading = new Map<string, Promise<readonly ListedLetter[]>>()
  return (recipient, after, generation) => {
    const key = `${recipient}/${after}/${generation}`
    const begun = reading.get(key)
    if (begun) return begun
    const page = mailboxPage({ recipient, after, limit: WATCH_PAGE_MAX }).finally(() =>
      reading.delete(key),
    )
    reading.set(key, page)
    return page
  }
}
