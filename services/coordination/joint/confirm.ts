// Asking co-producers, their answers, and reminders while an answer is awaited (协调 art. 5 para 2). Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { settledByRuling } from '../dispute/dispute.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { Deciding, mustBeOpen } from '../release/release.js'
import { hasEnded, type Release } from '../release/state.js'
import {
  mustConfirm,
  presentConfirmations,
  type ConfirmationAnswer,
  type JointEvent,
} from './joint.js'

/** Ids for one more letter, and when to remind of it. */
export type AskingMeans = {
  readonly ids: (agency: string) => {
    readonly consultationId: string
    readonly letterId: Id<'letter'>
  }
  readonly remindAt?: (agency: string) => Instant | undefined
}

/** The requests to confirm that go out with the letters of a version: to each co-producer, each time. */
export function askToConfirm(
  release: Release,
  pack: Pack,
  means: AskingMeans,
  now: Instant,
): JointEvent[] {
  // Whom a ruling settled was heard on it: it is not asked again about the text of the ruling.
  const coProducers = mustConfirm(release, pack).filter(
    (agency) => settledByRuling(release, agency) === undefined,
  )
  if (coProducers.length === 0) return []
  return [
    {
      type: 'ConfirmationsRequested',
      version: release.version,
      askedAt: now,
      confirmations: coProducers.map((agency) => {
        const { consultationId: confirmationId, letterId } = means.ids(agency)
        const remindAt = means.remindAt?.(agency)
        return {
          ...{ confirmationId, letterId, agency },
          ...(remindAt === undefined ? {} : { remindAt }),
        }
      }),
    },
  ]
}

/** A co-producer answers. The answer may be replaced until the version is cleared. */
export function confirmJointRelease(
  release: Release,
  pack: Pack,
  command: {
    readonly confirmationId: string
    /** Digest of the draft that the answer is about. */
    readonly draftDigest: string
    readonly hasReasons: boolean
    readonly answer: ConfirmationAnswer
    readonly now: Instant
  },
): readonly ReleaseEvent[] {
  const confirmation = release.confirmations[command.confirmationId]
  if (confirmation === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  const { answer, draftDigest } = command
  const rule = ruleOf(pack, pack.confirmations)
  if (!answer.accurate && !command.hasReasons)
    throw new Refusal('malformed', 'FIELD_MISSING', rule, {
      field: 'reasons',
      why_zh: '认为内容不准确、不一致的，须写明何处不准确。',
      why_en: 'Say what is not accurate or not consistent.',
    })
  mustBeOpen(release, pack, { zh: '确认', en: 'be confirmed' })
  if (confirmation.version !== release.version || draftDigest !== release.draftDigest)
    throw new Refusal('out-of-order', 'VERSION_SUPERSEDED', rule, {
      field: 'draft_digest',
      given: draftDigest.slice(0, 64),
      version: release.version,
    })
  if (release.cleared !== undefined)
    throw new Refusal('out-of-order', 'CONFIRMATION_CLOSED', rule, { field: 'confirmation_id' })
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: answer.accurate ? 'JointReleaseConfirmed' : 'JointReleaseContradicted',
      confirmationId: confirmation.id,
      version: confirmation.version,
      draftDigest,
      answer,
      replaces: confirmation.answer !== undefined,
    },
  ])
  return deciding.end()
}

/** Reminders of confirmations that are still awaited. They say nothing of an effect: silence has none. */
export function decideConfirmationReminders(
  release: Release,
  command: {
    readonly now: Instant
    readonly letterId: (confirmationId: string) => Id<'letter'>
    /** When to remind again, after now. */
    readonly next: (agency: string) => Instant | undefined
  },
): readonly ReleaseEvent[] {
  if (hasEnded(release)) return []
  return presentConfirmations(release).flatMap((confirmation): ReleaseEvent[] => {
    const { id, agency, status, remindAt, remindedAt } = confirmation
    if (status !== 'awaited' || remindAt === undefined || command.now < remindAt) return []
    const next = command.next(agency)
    return [
      {
        type: 'ConfirmationReminderIssued',
        confirmationId: id,
        letterId: command.letterId(id),
        ordinal: remindedAt.length + 1,
        remindedAt: command.now,
        ...(next === undefined ? {} : { remindAt: next }),
      },
    ]
  })
}
