// Confirmations of a joint release (沟通确认): coordination rules, art. 5 para 2. Each co-producer is asked
// about each version; an answer is a yes or a contradiction, and silence is neither, for ever. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { SignedBy } from '../../../shared/identity/signing-key.js'
import type { Pack } from '../pack/pack.js'

/**
 * - awaited: asked, not answered · confirmed: accurate and consistent · contradicted: not accurate
 * - ended: a newer version was put to the co-producer, or the release was withdrawn
 */
export type ConfirmationStatus = 'awaited' | 'confirmed' | 'contradicted' | 'ended'

/** What a co-producer answered; its words lie in the content store. */
export type ConfirmationAnswer = {
  readonly accurate: boolean
  /** Where the co-producer signed it: with which key, and the digest of what is kept of it. */
  readonly signed?: SignedBy
  /** Digest of the answer in its canonical form: reasons and signatory. */
  readonly digest: string
  readonly at: Instant
  /** Caller line of whoever gave it. */
  readonly by: string
}

export type Confirmation = {
  readonly id: Id<'confirmation'>
  readonly letterId: Id<'letter'>
  readonly agency: Id<'agency'>
  readonly version: number
  readonly status: ConfirmationStatus
  readonly askedAt: Instant
  /** The standing answer; kept when the version has ended. */
  readonly answer?: ConfirmationAnswer
  readonly remindedAt: readonly Instant[]
  /** Letters of the reminders, in the same order. */
  readonly reminderLetters: readonly Id<'letter'>[]
  /** When the next reminder is due while it is awaited; absent: no calendar said. */
  readonly remindAt?: Instant
}

export type Confirmations = Readonly<Record<string, Confirmation>>

/** One co-producer that is asked. */
export type AskedToConfirm = {
  readonly confirmationId: Id<'confirmation'>
  readonly letterId: Id<'letter'>
  readonly agency: Id<'agency'>
  readonly remindAt?: Instant
}

export type JointEvent =
  | {
      readonly type: 'ConfirmationsRequested'
      readonly version: number
      readonly askedAt: Instant
      readonly confirmations: readonly AskedToConfirm[]
    }
  | {
      readonly type: 'JointReleaseConfirmed'
      readonly confirmationId: Id<'confirmation'>
      readonly version: number
      /** Digest of the draft that is confirmed: a yes is to this text and no other. */
      readonly draftDigest: string
      readonly answer: ConfirmationAnswer
      readonly replaces: boolean
    }
  | {
      readonly type: 'JointReleaseContradicted'
      readonly confirmationId: Id<'confirmation'>
      readonly version: number
      readonly draftDigest: string
      readonly answer: ConfirmationAnswer
      readonly replaces: boolean
    }
  | {
      readonly type: 'ConfirmationReminderIssued'
      readonly confirmationId: Id<'confirmation'>
      readonly letterId: Id<'letter'>
      /** 1 for the first. */
      readonly ordinal: number
      readonly remindedAt: Instant
      readonly remindAt?: Instant
    }

/** Folds one event into the confirmations of a release. */
export function evolveConfirmations(state: Confirmations, event: JointEvent): Confirmations {
  switch (event.type) {
    case 'ConfirmationsRequested':
      return {
        ...state,
        ...Object.fromEntries(
          event.confirmations.map(({ confirmationId, letterId, agency, remindAt }) => [
            confirmationId,
            {
              id: confirmationId,
              ...{ letterId, agency, version: event.version },
              status: 'awaited' as const,
              askedAt: event.askedAt,
              remindedAt: [],
              reminderLetters: [],
              ...(remindAt === undefined ? {} : { remindAt }),
            },
          ]),
        ),
      }
    case 'JointReleaseConfirmed':
    case 'JointReleaseContradicted': {
      const status = event.type === 'JointReleaseConfirmed' ? 'confirmed' : 'contradicted'
      return changed(state, event.confirmationId, ({ remindAt: _none, ...confirmation }) => ({
        ...confirmation,
        status,
        answer: event.answer,
      }))
    }
    case 'ConfirmationReminderIssued':
      return changed(state, event.confirmationId, ({ remindAt: _passed, ...confirmation }) => ({
        ...confirmation,
        remindedAt: [...confirmation.remindedAt, event.remindedAt],
        reminderLetters: [...confirmation.reminderLetters, event.letterId],
        ...(event.remindAt === undefined ? {} : { remindAt: event.remindAt }),
      }))
  }
}

function changed(
  state: Confirmations,
  id: string,
  change: (confirmation: Confirmation) => Confirmation,
): Confirmations {
  const confirmation = state[id]
  return confirmation === undefined ? state : { ...state, [id]: change(confirmation) }
}

/** A newer version, or a withdrawal: what was asked can no longer be answered; what was answered stays readable. */
export function endConfirmations(state: Confirmations): Confirmations {
  const ids = Object.keys(state)
  if (ids.length === 0) return state
  return Object.fromEntries(
    Object.entries(state).map(([id, { remindAt: _none, ...confirmation }]) => [
      id,
      { ...confirmation, status: 'ended' as const },
    ]),
  )
}

type Joint = { readonly confirmations: Confirmations; readonly version: number }

/** Confirmations of the present version, in the order in which they were asked for. */
export const presentConfirmations = ({ confirmations, version }: Joint): Confirmation[] =>
  Object.values(confirmations).filter((one) => one.version === version)

/** The co-producers whose confirmation is needed: none where the pack has them consulted instead. */
export const mustConfirm = (
  { particulars }: { readonly particulars: { readonly coProducers: readonly Id<'agency'>[] } },
  { confirmations }: Pick<Pack, 'confirmations'>,
): readonly Id<'agency'>[] => (confirmations.byConsultation === true ? [] : particulars.coProducers)

/** Co-producers that say the present version is not accurate: negotiated like an objection (art. 5, 6 para 3). */
export const contradictions = (release: Joint): Confirmation[] =>
  presentConfirmations(release).filter(({ status }) => status === 'contradicted')
