// Who is alarmed of a letter that delivery refuses.
import { expect, test } from 'vitest'
import { LetterState } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { alarmOf } from './post-letters.js'

test('a letter refused for what it is raises an alarm with its id; what passes by itself does not', () => {
  const told: unknown[] = []
  const answered = (letterId: string, refusedReason: string) => ({
    ...{ letterId, refusedReason, state: LetterState.UNSPECIFIED, receivedAt: undefined },
  })
  const letters = [
    answered('one', ''),
    answered('two', 'FIELD_TOO_LONG'),
    answered('three', 'AGENCY_UNKNOWN'),
    answered('four', 'OVERTAKEN'),
    answered('five', 'LETTER_ID_REUSED'),
  ]
  alarmOf({ letters }, { error: (event, fields) => void told.push([event, fields]) })
  expect(told).toEqual([
    ['delivery refuses a letter', { letter: 'two', reason: 'FIELD_TOO_LONG' }],
    ['delivery refuses a letter', { letter: 'five', reason: 'LETTER_ID_REUSED' }],
  ])
})
