// What coordination hears of delivery: a consultation letter entered its mailbox, and the clock starts
// (协调 art. 6 para 2); or it could not, and no clock starts. Many entries are one commit, cursor included.
import { Announcement } from '../../../gen/huiqian/delivery/v1/announcements.js'
import { LetterKind } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Act } from '../../../shared/bus/into-record.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import type { Coordination } from '../coordination.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { recordReceipt, recordUndelivered } from '../release/release.js'

type Heard = {
  readonly releaseId: string
  readonly consultationId: string
  /** Undefined: it could not be delivered. */
  readonly receivedAt: number | undefined
}

type Means = Pick<Coordination, 'kinds' | 'packs' | 'agencies' | 'revisions' | 'clock'>

/** What the entries bring about: receipts, and letters that could not be delivered. */
export function actOnDelivery(
  { kinds, packs, agencies, revisions, clock }: Means,
  entries: readonly FeedEntry[],
): Act {
  const heard = entries.flatMap(heardOf)
  const deadlines = revisions.newest()
  // Without a calendar no deadline can be said: better to hear this later than to start no clock.
  if (heard.some(({ receivedAt }) => receivedAt !== undefined) && deadlines === undefined)
    throw new Error('no calendar was heard of yet')
  const loads = [...new Set(heard.map(({ releaseId }) => releaseId))].map((id) => ({
    kind: kinds.release.name,
    id,
  }))
  return {
    loads,
    decide(several) {
      const now = clock.now()
      const parts = new Map<string, readonly ReleaseEvent[]>()
      for (const { releaseId, consultationId, receivedAt } of heard) {
        const events = parts.get(releaseId) ?? []
        const present = events.reduce(evolve, several.state(kinds.release, releaseId).state)
        const consultation = present.consultations[consultationId]
        if (consultation === undefined) continue
        const pack = packs.byName(present.pack)
        const region = agencies.get(consultation.agency)?.region ?? 'CN'
        const decided =
          receivedAt === undefined
            ? recordUndelivered(present, consultationId)
            : recordReceipt(present, pack, {
                consultationId,
                receivedAt,
                deadline: deadlines?.of(receivedAt, pack, region),
                now,
              })
        parts.set(releaseId, [...events, ...decided])
      }
      return {
        parts: [...parts]
          .filter(([, events]) => events.length > 0)
          .map(([id, events]) => ({ kind: kinds.release.name, id, events })),
      }
    },
  }
}

function heardOf({ announcement }: FeedEntry): Heard[] {
  const { what } = Announcement.decode(announcement)
  if (what?.$case === 'letterReceived') {
    const { letterKind, releaseId, consultationId, receivedAt } = what.letterReceived
    return letterKind === Number(LetterKind.CONSULTATION_LETTER)
      ? [{ releaseId, consultationId, receivedAt }]
      : []
  }
  if (what?.$case === 'letterUndelivered') {
    const { releaseId, consultationId } = what.letterUndelivered
    return consultationId === '' ? [] : [{ releaseId, consultationId, receivedAt: undefined }]
  }
  return []
}
