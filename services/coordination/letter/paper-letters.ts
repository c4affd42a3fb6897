// Letters about paper and about deadlines that moved: who is told of a service on paper and of what waits
// for a decision (告知书), and of what was corrected (更正通知). Pure.
import type { PaperEvent } from '../paper/paper.js'
import type { ConsultationEvent } from '../consultation/events.js'
import type { Given } from '../consultation/opinion.js'
import { presentConsultations, type Release } from '../release/state.js'
import type { TakeOverEvent } from '../standing/take-over.js'
import { derivedLetterId, type LetterToPost } from './follow-up.js'

/** What a notice about paper says; the `subject` of the letter. */
export type PaperTopic =
  | 'paper-recorded'
  | 'paper-late'
  | 'paper-undecided'
  | 'paper-contested'
  | 'paper-confirmed'
  | 'paper-rejected'
  | 'paper-opinion'
  | 'taken-over'

const letter =
  (after: Release, consultationId: string, once: string | number) =>
  (kind: 'notice' | 'correction', recipient: string, subject: string): LetterToPost => ({
    letterId: derivedLetterId(after.id, consultationId, kind, recipient, subject, once),
    releaseId: after.id,
    ...{ consultationId, kind, recipient, subject },
  })

/** Who is told of a service on paper: the consulted agency at once, and the competent authority of what waits for it. */
export function paperLettersOf(after: Release, event: PaperEvent): LetterToPost[] {
  const { consultationId } = event
  const agency = after.consultations[consultationId]?.agency ?? ''
  const notice = (recipient: string | undefined, topic: PaperTopic, at: number): LetterToPost[] =>
    recipient === undefined ? [] : [letter(after, consultationId, at)('notice', recipient, topic)]
  switch (event.type) {
    case 'PaperServiceRecorded': {
      const { late, authority, recordedAt } = event
      return [
        ...notice(agency, late ? 'paper-late' : 'paper-recorded', recordedAt),
        ...notice(authority, 'paper-undecided', recordedAt),
      ]
    }
    case 'PaperServiceContested': {
      const { authority, contestedAt } = event
      return [
        ...notice(after.releasingAgency, 'paper-contested', contestedAt),
        ...notice(authority, 'paper-undecided', contestedAt),
      ]
    }
    case 'PaperServiceDecided': {
      const { confirmed, decidedAt } = event
      return [agency, after.releasingAgency].flatMap((one) =>
        notice(one, confirmed ? 'paper-confirmed' : 'paper-rejected', decidedAt),
      )
    }
  }
}

/** Whoever did not record a reply on paper is told that it is on record. */
export function paperOpinionLettersOf(
  after: Release,
  consultationId: string,
  opinion: Given,
): LetterToPost[] {
  const { paper, digest } = opinion
  if (paper === undefined) return []
  const agency = after.consultations[consultationId]?.agency ?? ''
  const told = [
    ...(paper.recordedBy === 'consulted' ? [] : [agency]),
    ...(paper.recordedBy === 'releasing' ? [] : [after.releasingAgency]),
  ]
  return told.map((recipient) =>
    letter(after, consultationId, `${digest} ${paper.recordedAt}`)(
      'notice',
      recipient,
      `paper-opinion:${digest}`,
    ),
  )
}

/** The successor is told what it took over, and is served the letters that never arrived. */
export function takeOverLettersOf(
  after: Release,
  { agency, successor, tookOverAt, served }: TakeOverEvent,
): LetterToPost[] {
  const about = presentConsultations(after).find((one) => one.agency === agency)
  // A release that asks nobody has no consultation to hang the notice on.
  const subject = about === undefined ? `succession:${agency}` : `taken-over:${agency}`
  return [
    letter(after, about?.id ?? '', tookOverAt)('notice', successor, subject),
    ...served.map((id) => ({
      letterId: derivedLetterId(after.id, id, 'consultation_letter', agency, successor),
      releaseId: after.id,
      ...{ consultationId: id, kind: 'consultation_letter' as const, recipient: agency },
      subject: '',
    })),
  ]
}

type Correcting = Extract<
  ConsultationEvent,
  { type: 'DeadlineMoved' | 'DeemingCorrected' | 'DeemedConsentReversed' }
>

/** Both parties are told what was corrected and why: `<cause>|<notice>`. */
export function correctionsOf(after: Release, event: Correcting): LetterToPost[] {
  const { consultationId } = event
  const consultation = after.consultations[consultationId]
  const both = [consultation?.agency ?? '', after.releasingAgency]
  if (event.type === 'DeemedConsentReversed') {
    // The deadline that moved with it says both.
    if (event.cause === 'calendar-revision' || event.cause === 'outage') return []
    const cause =
      event.cause === 'admitted-in-time' || event.cause === 'paper-reply'
        ? 'deemed-consent-reversed'
        : `${event.cause}-reversed`
    const once = consultation?.opinion?.admittedAt ?? consultation?.paper?.waitsSince ?? 0
    return both.map((one) => letter(after, consultationId, once)('correction', one, cause))
  }
  const { cause, notice, deadline } = event
  const reverses = event.type === 'DeadlineMoved' && event.reverses === true
  const what = event.type === 'DeemingCorrected' ? '-corrected' : reverses ? '-reversed' : ''
  const subject = notice === undefined ? `${cause}${what}` : `${cause}${what}|${notice}`
  return both.map((one) => letter(after, consultationId, deadline.at)('correction', one, subject))
}
