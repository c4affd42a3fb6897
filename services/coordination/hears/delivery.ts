// What coordination hears of delivery: a consultation letter entered its mailbox, and the clock starts
// (协调 art. 6 para 2); or it could not, and no clock starts; or a reminder did, which the certificate of deemed
// consent states. Many entries are one commit, cursor included.
import { Announcement } from '../../../gen/huiqian/delivery/v1/announcements.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Act } from '../../../shared/bus/into-record.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import type { Coordination } from '../coordination.js'
import { standing } from '../standing/standing.js'
import { readingsOf, type HeardReading } from './readings.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Release } from '../release/state.js'
import { recordReceipt, recordReminderDelivered, recordUndelivered } from '../release/release.js'

type Heard = {
  readonly releaseId: string
  readonly consultationId: string
} & (
  | { readonly what: 'letter-received'; readonly receivedAt: number }
  | { readonly what: 'letter-undelivered' }
  | { readonly what: 'reminder-delivered'; readonly letterId: string; readonly receivedAt: number }
)

/** Letters that carry the draft. */
const WITH_DRAFT: ReadonlySet<number> = new Set([
  LetterKind.CONSULTATION_LETTER,
  LetterKind.CONFIRMATION_REQUEST,
  LetterKind.DISPUTE_APPLICATION,
  LetterKind.CO_REVIEW_REQUEST,
])

type Means = Pick<Coordination, 'kinds' | 'packs' | 'agencies' | 'revisions' | 'clock'>

/** What the entries bring about: receipts, and letters that could not be delivered. */
export function actOnDelivery(
  { kinds, packs, agencies, revisions, clock }: Means,
  entries: readonly FeedEntry[],
): Act {
  const announcements = entries.map(({ announcement }) => Announcement.decode(announcement))
  const heard = announcements.flatMap(heardOf)
  const readings = readingsOf(kinds, announcements.flatMap(readOf))
  const deadlines = revisions.newest()
  // Without a calendar no deadline can be said: better to hear this later than to start no clock.
  if (heard.some(({ what }) => what === 'letter-received') && deadlines === undefined)
    throw new Error('no calendar was heard of yet')
  const loads = [...new Set(heard.map(({ releaseId }) => releaseId))].map((id) => ({
    kind: kinds.release.name,
    id,
  }))
  const decide = (release: Release, { agency }: Consultation, one: Heard) => {
    if (one.what === 'letter-undelivered') return recordUndelivered(release, one.consultationId)
    if (one.what === 'reminder-delivered') return recordReminderDelivered(release, one)
    const { consultationId, receivedAt } = one
    const pack = packs.byName(release.pack)
    // The clock is that of who received it: a successor, where the agency was taken over.
    const region = agencies.get(standing(agencies.get, agency, receivedAt))?.region ?? 'CN'
    const deadline = deadlines?.of(receivedAt, pack, region)
    const now = clock.now()
    return recordReceipt(release, pack, { consultationId, receivedAt, deadline, now })
  }
  return {
    loads: [...loads, ...readings.loads],
    decide(several) {
      const parts = new Map<string, readonly ReleaseEvent[]>()
      for (const one of heard) {
        const { releaseId, consultationId } = one
        const events = parts.get(releaseId) ?? []
        const present = events.reduce(evolve, several.state(kinds.release, releaseId).state)
        const consultation = present.consultations[consultationId]
        if (consultation === undefined) continue
        parts.set(releaseId, [...events, ...decide(present, consultation, one)])
      }
      return {
        parts: [
          ...[...parts]
            .filter(([, events]) => events.length > 0)
            .map(([id, events]) => ({ kind: kinds.release.name, id, events })),
          ...readings.parts,
        ],
      }
    },
  }
}

function readOf({ what }: Announcement): HeardReading[] {
  if (what?.$case !== 'letterRead') return []
  const { releaseId, letterKind, version, reader, readAt } = what.letterRead
  if (releaseId === '' || !WITH_DRAFT.has(letterKind)) return []
  return [{ releaseId, version, reader, readAt, where: 'letter' }]
}

function heardOf({ what }: Announcement): Heard[] {
  if (what?.$case === 'letterReceived') {
    const { letterKind, letterId, releaseId, consultationId, receivedAt } = what.letterReceived
    if (letterKind === Number(LetterKind.CONSULTATION_LETTER))
      return [{ what: 'letter-received', releaseId, consultationId, receivedAt }]
    if (letterKind === Number(LetterKind.REMINDER))
      return [{ what: 'reminder-delivered', releaseId, consultationId, letterId, receivedAt }]
    return []
  }
  if (what?.$case === 'letterUndelivered') {
    const { releaseId, consultationId } = what.letterUndelivered
    return consultationId === '' ? [] : [{ what: 'letter-undelivered', releaseId, consultationId }]
  }
  return []
}
