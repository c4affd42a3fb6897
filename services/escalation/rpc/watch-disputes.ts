// WatchDisputes: first what is open now, then every dispute of the caller as it grows, along the own feed.
// Nothing is kept for a reader that is away: it comes back with its cursor.
import { Announcement } from '../../../gen/huiqian/escalation/v1/announcements.js'
import type {
  WatchDisputesRequest,
  WatchDisputesResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { Caller } from '../../../shared/identity/identity.js'
import { unusable } from '../../../shared/rpc/fields.js'
import { serverStream } from '../../../shared/rpc/rpc.js'
import type { Escalation } from '../escalation.js'
import { disputeMessage } from './dispute-message.js'
import { agenciesOf, ownAgency, partIfAny } from './relation.js'

const PAGE_MAX = 200
const OPEN = ['filed', 'accepted'] as const
const PREFIX = 'dispute:'

/** Where a reader stands: in the feed, and while it is told what is open, behind which dispute. */
type Place = {
  readonly sequence: number
  readonly behind?: { readonly filedAt: number; readonly disputeId: string }
}

type Room = Pick<Escalation, 'dossier' | 'disputes' | 'disputesOf' | 'wakes' | 'content' | 'clock'>

export const watchDisputes = (room: Room) =>
  serverStream<WatchDisputesRequest, WatchDisputesResponse>(
    async function* ({ afterCursor }, context) {
      const { caller, signal } = context
      const agency = ownAgency(context)
      const wake = room.wakes.on(agency, signal) // before the first reading: nothing falls in between
      const head = await room.dossier.head()
      const place = placeOf(afterCursor, head.sequence)
      if (afterCursor === '' || place.behind !== undefined) yield* openNow(room, caller, place)
      let seen = place.sequence
      while (!signal.aborted) {
        const { entries } = await room.dossier.tail(seen, PAGE_MAX)
        for (const [disputeId, sequence] of disputesIn(entries)) {
          const dispute = await told(room, caller, disputeId)
          if (dispute !== undefined) yield { dispute, cursor: cursorOf({ sequence }) }
        }
        seen = entries.at(-1)?.sequence ?? seen
        if (entries.length < PAGE_MAX) await wake()
      }
    },
    { cursorOf: ({ cursor }) => cursor },
  )

/** The disputes that are open as the watch begins, the oldest first. */
async function* openNow(
  room: Room,
  caller: Caller,
  { sequence, behind }: Place,
): AsyncGenerator<WatchDisputesResponse> {
  let last = behind
  for (;;) {
    const rows = await room.disputesOf({
      agencies: agenciesOf(caller),
      statuses: OPEN,
      part: undefined,
      from: last && [last.filedAt, last.disputeId],
      limit: PAGE_MAX,
    })
    for (const { filed_at: filedAt, dispute_id: disputeId } of rows) {
      last = { filedAt, disputeId }
      const dispute = await told(room, caller, disputeId)
      if (dispute !== undefined) yield { dispute, cursor: cursorOf({ sequence, behind: last }) }
    }
    if (rows.length < PAGE_MAX) return
  }
}

async function told(room: Room, caller: Caller, disputeId: string) {
  const found = await room.disputes.read(disputeId)
  if (partIfAny(caller, found.state) === undefined) return undefined
  return disputeMessage(room, caller, found, 'facts')
}

/** The disputes that a page tells of, each once, at its last entry. */
function disputesIn(
  entries: readonly { readonly sequence: number; readonly announcement: Uint8Array }[],
): [string, number][] {
  const found = new Map<string, number>()
  for (const { sequence, announcement } of entries) {
    const stream = Announcement.decode(announcement).mark?.stream ?? ''
    if (!stream.startsWith(PREFIX)) continue
    const id = stream.slice(PREFIX.length)
    found.delete(id)
    found.set(id, sequence)
  }
  return [...found]
}

const cursorOf = ({ sequence, behind }: Place): string =>
  behind === undefined ? `${sequence}` : `${sequence}.${behind.filedAt}.${behind.disputeId}`

function placeOf(cursor: string, head: number): Place {
  if (cursor === '') return { sequence: head }
  const [, sequence, filedAt, disputeId] =
    /^(\d{1,15})(?:\.(\d{1,15})\.([0-9a-f-]{36}))?$/.exec(cursor) ?? []
  if (sequence === undefined || Number(sequence) > head)
    throw unusable('after_cursor', cursor, 'house/fields', {
      zh: '不是本服务给出的游标。请用空游标重新开始。',
      en: 'It is no cursor of this service. Begin again with an empty one.',
    })
  return {
    sequence: Number(sequence),
    ...(disputeId === undefined ? {} : { behind: { filedAt: Number(filedAt), disputeId } }),
  }
}
