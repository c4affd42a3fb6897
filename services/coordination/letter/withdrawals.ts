// Which letters are withdrawn when a consultation or a confirmation ends (superseded, or withdrawn with its
// release): those that ask for a reply that is not awaited any more. What states facts stays. Pure.
import type { Id } from '../../../shared/identity/identity.js'
import { hasEndedWithItsRound, type Consultation } from '../consultation/consultation.js'
import type { Release } from '../release/state.js'
import { derivedLetterId } from './follow-up.js'

/** The letters whose consultations and confirmations this change of a release has ended, posted or not. */
export const lettersToWithdraw = (before: Release, after: Release): Id<'letter'>[] => [
  ...ofConsultations(before, after),
  ...ofConfirmations(before, after),
]

const ofConfirmations = (before: Release, after: Release): Id<'letter'>[] =>
  Object.values(after.confirmations).flatMap(({ id, status }) => {
    const old = before.confirmations[id]
    if (old === undefined || old.status === 'ended' || status !== 'ended') return []
    return [old.letterId, ...old.reminderLetters]
  })

function ofConsultations(before: Release, after: Release): Id<'letter'>[] {
  return Object.values(after.consultations).flatMap((consultation) => {
    const old = before.consultations[consultation.id]
    if (old === undefined || hasEndedWithItsRound(old) || !hasEndedWithItsRound(consultation))
      return []
    return [
      old.letterId,
      ...old.reminderLetters.map(({ letterId }) => letterId),
      ...defectNotice(after.id, old),
    ]
  })
}

function defectNotice(
  releaseId: string,
  { id, agency, status, opinion }: Consultation,
): Id<'letter'>[] {
  return status === 'defective' && opinion !== undefined
    ? [derivedLetterId(releaseId, id, 'defect_notice', agency, opinion.admittedAt)]
    : []
}
