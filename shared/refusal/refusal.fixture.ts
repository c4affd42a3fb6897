// For tests of the law: what a piece of work is refused with. Any other error, or none, is the test's own failure.
import { Refusal } from './refusal.js'

export function refusalOf(work: () => unknown): Refusal {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was not refused')
}

export const reasonOf = (work: () => unknown): string => refusalOf(work).reason
