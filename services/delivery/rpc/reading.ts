// That a letter was read goes on record before its content is answered.
import { callerLine, type Caller } from '../../../shared/identity/identity.js'
import type { Delivery } from '../delivery.js'
import { decide } from '../letter/letter.js'

export async function recordReading(
  { clock, letters }: Pick<Delivery, 'clock' | 'letters'>,
  letterId: string,
  caller: Caller,
): Promise<void> {
  const now = clock.now()
  const reader = callerLine(caller)
  await letters.change(letterId, { now }, (letter) =>
    decide(letter, { type: 'ReadLetter', reader, now }),
  )
}
