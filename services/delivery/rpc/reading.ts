// That a letter was read goes on record before its content is answered.
import { callerLine, type Caller } from '../../../shared/identity/identity.js'
import type { Delivery } from '../delivery.js'
import type { ListedLetter } from '../store/mailbox-page.js'
import { decide } from '../letter/letter.js'

export async function recordReading(
  { clock, letters }: Pick<Delivery, 'clock' | 'letters'>,
  row: ListedLetter,
  caller: Caller,
): Promise<void> {
  const now = clock.now()
  const reader = callerLine(caller)
  const about = { releaseId: row.release_id, kind: row.kind, version: row.version }
  await letters.change(row.letter_id, { now }, (letter) =>
    decide(letter, { type: 'ReadLetter', reader, now, about }),
  )
}
