// Letters that wait for a mailbox arrive when their agency designates one: at the instant at which
// they enter it, not when they were posted (电子签名法 art. 11). Found by looking at the record.
import type { Duty } from '../../../shared/duties/duties.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Delivery } from '../delivery.js'
import { decide } from '../mailbox/mailbox.js'
import { factsOf } from '../store/letter-facts.js'

const AGENCIES_MAX = 16
const LETTERS_MAX = 200 // of one agency in a round: posting waits for one batch at most

export const deliverWaiting = (
  delivery: Pick<Delivery, 'clock' | 'designations' | 'mailboxes' | 'waiting'>,
  onArrived: () => void,
): Duty => ({
  name: 'deliver-waiting',
  nextAt: () => delivery.waiting.earliest(),
  async round() {
    const agencies = await delivery.waiting.deliverable(delivery.clock.now(), AGENCIES_MAX)
    const delivered = await Promise.all(agencies.map((agency) => deliverTo(delivery, agency)))
    const letters = delivered.reduce((sum, each) => sum + each, 0)
    if (letters > 0) onArrived()
    return letters
  },
})

async function deliverTo(
  { clock, designations, mailboxes, waiting }: Parameters<typeof deliverWaiting>[0],
  agency: string,
): Promise<number> {
  const { version: asOf } = await mailboxes.read(agency) // first: what the mailbox held then is seen below
  const letters = (await waiting.lettersFor(agency, LETTERS_MAX)).map(factsOf)
  const designation = (await designations.of([agency])).get(agency)
  const now = clock.now()
  let arrived = 0
  try {
    await mailboxes.change(agency, { now }, (mailbox) => {
      const events = decide(mailbox, { type: 'DeliverWaiting', letters, asOf, designation, now })
      arrived = events.length
      return events
    })
  } catch (error) {
    // One of them was withdrawn, or another instance delivers, too: the next round looks again.
    if (error instanceof Refusal && error.kind === 'overtaken') return letters.length
    throw error
  }
  return arrived
}
