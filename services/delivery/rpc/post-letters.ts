// Letters are posted: for services only. Each letter has its own answer.
import {
  LetterState,
  type Letter,
  type PostLettersRequest,
  type PostLettersResponse,
  type PostedLetter as PostedMessage,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Reason } from '../../../shared/refusal/catalogue.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { unusable } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { post, type PostedLetter, type PostingOutcome } from '../posting.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { postedLetterOf } from './letter-message.js'
import { serviceNameOf } from './relation.js'

const LETTERS_MAX = 500

export const postLetters = (delivery: Parameters<typeof post>[0], onDue: () => void) =>
  unary<PostLettersRequest, PostLettersResponse>(async ({ letters }, context) => {
    if (letters.length > LETTERS_MAX) throw tooMany(letters.length)
    const postedBy = serviceNameOf(context)
    const read = letters.map((letter) => readingOf(letter, postedBy))
    const readable = read.filter((reading) => typeof reading !== 'string')
    const posted = await post(delivery, readable)
    if (posted.some(({ is }) => is !== 'refused')) onDue() // one waits for a mailbox, or somebody is to be told
    const outcomes = posted.values()
    return {
      letters: letters.map(({ letterId }, index) => {
        const reading = read[index]
        if (typeof reading === 'string')
          return messageOf(letterId, { is: 'refused', reason: reading })
        const outcome = outcomes.next()
        if (outcome.done === true) throw new Error('a posted letter has no outcome')
        return messageOf(letterId, outcome.value)
      }),
    }
  })

function readingOf(letter: Letter, postedBy: string): PostedLetter | Reason {
  try {
    return postedLetterOf(letter, postedBy)
  } catch (error) {
    if (error instanceof Refusal) return error.reason // its neighbours are taken
    throw error
  }
}

function messageOf(letterId: string, outcome: PostingOutcome): PostedMessage {
  const nothing = { letterId, state: LetterState.UNSPECIFIED, receivedAt: undefined }
  switch (outcome.is) {
    case 'arrived': {
      const receivedAt = timestampOf(outcome.receivedAt)
      return { letterId, state: LetterState.ARRIVED, receivedAt, refusedReason: '' }
    }
    case 'undelivered':
      return { ...nothing, state: LetterState.UNDELIVERED, refusedReason: '' }
    case 'refused':
      return { ...nothing, refusedReason: outcome.reason }
  }
}

function tooMany(count: number): Refusal {
  return unusable('letters', String(count), 'house/letter', {
    zh: `每次最多投递 ${LETTERS_MAX} 封。`,
    en: `At most ${LETTERS_MAX} letters a call.`,
  })
}
