// A deadline that was not firm is settled when more is known (design: a notice that was awaited). Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { isFirm, type DeadlineRecord } from '../consultation/deadline.js'
import type { ReleaseEvent } from './events.js'
import { hasEnded, type Release } from './state.js'

/**
 * A deadline that was not firm is computed again with what is known now (design: a notice that was awaited). It is never
 * earlier than what was told, and never before the end of the first working day after the agencies are told. What was
 * told moves only to a firm deadline: while the notice is still awaited there is no news, however often one looks.
 */
export function settleDeadline(
  release: Release,
  command: {
    readonly consultationId: string
    readonly computed: DeadlineRecord
    /** Where the notice came after the computed date: the end of the first working day after now; undefined where no calendar has it. */
    readonly afterTelling: DeadlineRecord | undefined
    readonly now: Instant
  },
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation?.status !== 'running' || hasEnded(release)) return []
  const { deadline: told } = consultation
  if (told !== undefined && (isFirm(told) || !isFirm(command.computed))) return []
  const next = isFirm(command.computed) ? firmAfterTelling(told, command) : command.computed
  if (next === undefined) return []
  const deadline =
    told !== undefined && told.at > next.at ? { ...next, at: told.at, lastDay: told.lastDay } : next
  return [
    {
      type: 'DeadlineMoved',
      consultationId: consultation.id,
      cause: 'calendar-revision',
      ...(told === undefined ? {} : { from: told.at }),
      deadline,
    },
  ]
}

// Undefined while the calendar cannot say for sure when the first working day after the telling ends.
function firmAfterTelling(
  told: DeadlineRecord | undefined,
  { computed, afterTelling, now }: Parameters<typeof settleDeadline>[1],
): DeadlineRecord | undefined {
  if (computed.at > now && (told === undefined || told.at > now)) return computed
  if (afterTelling === undefined || !isFirm(afterTelling)) return undefined
  return computed.at >= afterTelling.at ? computed : afterTelling
}
