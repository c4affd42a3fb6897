// Posting: letters into mailboxes, many at once, each for itself. What is known already is answered
// from the table; what is new is decided by its mailbox, all mailboxes of a call in one commit.
import { Refusal } from '../../shared/refusal/refusal.js'
import type { Reason } from '../../shared/refusal/catalogue.js'
import type { Id, Instant } from '../../shared/identity/identity.js'
import type { Delivery } from './delivery.js'
import { decide, type Designation, type LetterFacts, type MailboxEvent } from './mailbox/mailbox.js'
import { factsOf } from './store/letter-facts.js'
import type { LetterRow } from './store/schema.js'

/** A letter on its way: the facts for the record, and the bytes that are kept apart. */
export type PostedLetter = {
  readonly recipient: Id<'agency'>
  readonly facts: LetterFacts
  readonly bytes: Uint8Array
}

export type PostingOutcome =
  | { readonly is: 'arrived'; readonly receivedAt: Instant }
  | { readonly is: 'undelivered' }
  | { readonly is: 'refused'; readonly reason: Reason }

type Posting = Pick<
  Delivery,
  'clock' | 'designations' | 'knownLetters' | 'letterContent' | 'mailboxes'
>
type Outcomes = Map<string, PostingOutcome>

const LOOK_UPS_MAX = 8 // a letter overtaken so often is refused, and posted again by its sender

/** Posts letters; the outcomes are in the order of the letters. Posting again changes nothing and gives the same answer. */
export async function post(
  delivery: Posting,
  letters: readonly PostedLetter[],
): Promise<PostingOutcome[]> {
  const first = new Map<string, PostedLetter>()
  for (const letter of letters)
    if (!first.has(letter.facts.letterId)) first.set(letter.facts.letterId, letter)
  const outcomes: Outcomes = new Map()
  for (let lookUps = 0; lookUps < LOOK_UPS_MAX && outcomes.size < first.size; lookUps++)
    await postNew(
      delivery,
      [...first.values()].filter(({ facts }) => !outcomes.has(facts.letterId)),
      outcomes,
    )
  return letters.map((letter) => {
    const posted = first.get(letter.facts.letterId)
    if (posted && !isSame(letter, posted)) return refused('LETTER_ID_REUSED')
    return outcomes.get(letter.facts.letterId) ?? refused('OVERTAKEN')
  })
}

// One look-up and one commit. A mailbox in which something happened to a letter meanwhile is left for the next.
async function postNew(
  delivery: Posting,
  letters: readonly PostedLetter[],
  outcomes: Outcomes,
): Promise<void> {
  const recipients = [...new Set(letters.map(({ recipient }) => recipient))]
  // The versions first: whatever a mailbox held at its version is seen by the look-up after it.
  const mailboxes = await Promise.all(
    recipients.map(async (recipient) => delivery.mailboxes.read(recipient)),
  )
  const asOf = new Map(recipients.map((recipient, index) => [recipient, mailboxes[index]?.version]))
  const [known, designations] = await Promise.all([
    delivery.knownLetters(letters.map(({ facts }) => facts.letterId)),
    delivery.designations.of(recipients),
  ])
  const fresh = new Map<Id<'agency'>, PostedLetter[]>()
  for (const letter of letters) {
    const row = known.get(letter.facts.letterId)
    if (row) outcomes.set(letter.facts.letterId, outcomeOfKnown(letter, row))
    else if (!designations.has(letter.recipient))
      outcomes.set(letter.facts.letterId, refused('AGENCY_UNKNOWN'))
    else fresh.set(letter.recipient, [...(fresh.get(letter.recipient) ?? []), letter])
  }
  const entering = [...fresh].map(([recipient, mine]) =>
    enter(
      delivery,
      recipient,
      mine,
      asOf.get(recipient) ?? 0,
      designations.get(recipient),
      outcomes,
    ),
  )
  for (const entered of await Promise.allSettled(entering))
    if (entered.status === 'rejected') throw entered.reason // a fault, after the neighbours were done
}

async function enter(
  delivery: Posting,
  recipient: Id<'agency'>,
  letters: readonly PostedLetter[],
  asOf: number,
  designation: Designation | undefined,
  outcomes: Outcomes,
): Promise<void> {
  const now = delivery.clock.now()
  const facts = letters.map((letter) => letter.facts)
  const statements = letters.map(({ facts: { releaseId: release, content: digest }, bytes }) =>
    delivery.letterContent.put({ release, digest, bytes }),
  )
  let events: readonly MailboxEvent[] = []
  try {
    await delivery.mailboxes.change(recipient, { now }, (mailbox) => {
      events = decide(mailbox, { type: 'PostLetters', letters: facts, asOf, designation, now })
      return { events, statements }
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.kind === 'overtaken') return
    for (const { letterId } of facts) outcomes.set(letterId, refused(error.reason))
    return
  }
  for (const event of events)
    outcomes.set(
      event.letterId,
      event.type === 'LetterArrived'
        ? { is: 'arrived', receivedAt: event.receivedAt }
        : { is: 'undelivered' },
    )
}

function outcomeOfKnown(letter: PostedLetter, row: LetterRow): PostingOutcome {
  const { recipient } = row
  if (!isSame(letter, { recipient, facts: factsOf(row) })) return refused('LETTER_ID_REUSED')
  if (row.received_at === null) return { is: 'undelivered' }
  return { is: 'arrived', receivedAt: row.received_at }
}

// The facts decide whether it is the same letter; its text may have been put into words anew, and
// then the words that arrived stand.
function isSame(
  one: Pick<PostedLetter, 'recipient' | 'facts'>,
  other: Pick<PostedLetter, 'recipient' | 'facts'>,
): boolean {
  const a = one.facts
  const b = other.facts
  return (
    one.recipient === other.recipient &&
    a.kind === b.kind &&
    a.releaseId === b.releaseId &&
    a.consultationId === b.consultationId &&
    a.version === b.version &&
    a.sender === b.sender &&
    a.documentNumber === b.documentNumber &&
    a.postedBy === b.postedBy
  )
}

const refused = (reason: Reason): PostingOutcome => ({ is: 'refused', reason })
