// What escalation hears of coordination: a dispute was filed, and its file is read; a new version, a
// withdrawal or an agreement ended one. Many entries are one commit, cursor included.
import { Announcement } from '../../../gen/huiqian/coordination/v1/announcements.js'
import type { DisputeFileServiceClient } from '../../../gen/huiqian/coordination/v1/dispute_file.js'
import type { Act } from '../../../shared/bus/into-record.js'
import type { Statement } from '../../../shared/database/database.js'
import type { Along, FeedEntry } from '../../../shared/dossier/dossier.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { end, receive } from '../dispute/coordinate.js'
import type { DisputeEvent, EndingCause } from '../dispute/events.js'
import { evolve } from '../dispute/evolve.js'
import type { Dispute } from '../dispute/state.js'
import { remindAt, type Escalation } from '../escalation.js'
import { fileOf } from './file-message.js'

type Files = Calls<typeof DisputeFileServiceClient.service>
type Means = Pick<
  Escalation,
  'kinds' | 'content' | 'destructions' | 'questions' | 'agencies' | 'revisions' | 'clock'
>

/** One thing that was heard, of one dispute. */
type Heard = {
  readonly disputeId: string
  readonly decide: (dispute: Dispute, now: number) => readonly DisputeEvent[]
  readonly statements?: Along
}

const CAUSES: readonly (EndingCause | undefined)[] = [
  undefined,
  'draft-revised',
  'release-withdrawn',
  'nothing-in-dispute',
]

/** What the entries bring about. Files are read before the commit that keeps them. */
export async function actOnCoordination(
  room: Means,
  files: () => Pick<Files, 'getDisputeFile'>,
  entries: readonly FeedEntry[],
): Promise<Act> {
  const heard: Heard[] = []
  const destroyed: Statement[] = []
  const filedHere = new Map<string, string[]>() // by release: these are in no table yet
  for (const { announcement } of entries) {
    const told = Announcement.decode(announcement)
    const { event, releaseId, disputeId } = told
    if (event === 'DisputeFiled') {
      heard.push(await filed(room, files, disputeId))
      filedHere.set(releaseId, [...(filedHere.get(releaseId) ?? []), disputeId])
    }
    if (event === 'DisputeEnded') heard.push(ended(disputeId, CAUSES[told.detail]))
    if (event === 'ContentDestroyed')
      destroyed.push(room.destructions.queue({ release_id: releaseId, since: room.clock.now() }))
    if (event === 'DraftRevised' || event === 'ReleaseWithdrawn')
      for (const id of [
        ...(await room.questions.openOf(releaseId)),
        ...(filedHere.get(releaseId) ?? []),
      ])
        heard.push(
          event === 'DraftRevised'
            ? ended(id, 'draft-revised', told.draftVersion)
            : ended(id, 'release-withdrawn'),
        )
  }
  const { dispute: kind } = room.kinds
  const loads = [...new Set(heard.map(({ disputeId }) => disputeId))].map((id) => ({
    kind: kind.name,
    id,
  }))
  return {
    loads,
    decide(several) {
      const now = room.clock.now()
      const events = new Map<string, readonly DisputeEvent[]>()
      for (const { disputeId, decide } of heard) {
        const before = events.get(disputeId) ?? []
        const present = before.reduce(evolve, several.state(kind, disputeId).state)
        events.set(disputeId, [...before, ...decide(present, now)])
      }
      return {
        parts: [...events]
          .filter(([, decided]) => decided.length > 0)
          .map(([id, decided]) => ({ kind: kind.name, id, events: decided })),
        statements: [...heard.flatMap(({ statements = [] }) => statements), ...destroyed],
      }
    },
  }
}

async function filed(
  room: Means,
  files: () => Pick<Files, 'getDisputeFile'>,
  disputeId: string,
): Promise<Heard> {
  const { file } = await files().getDisputeFile({ disputeId })
  if (file?.disputeId !== disputeId) throw new Error('coordination answered without the file')
  const { filed: facts, sealed } = fileOf(file)
  const { coordinator, remindEvery, releaseId: release } = facts
  return {
    disputeId,
    decide: (dispute, now) =>
      receive(dispute, facts, { now, remindAt: remindAt(room, now, remindEvery, coordinator) }),
    statements: [room.content.put({ release, part: 'dispute', ...sealed })],
  }
}

const ended = (disputeId: string, cause?: EndingCause, version?: number): Heard => ({
  disputeId,
  decide: (dispute, now) =>
    end(dispute, {
      ...{ cause: cause ?? 'nothing-in-dispute', now },
      // Coordination ended it itself: then it is over whatever version followed.
      version: version ?? Number.POSITIVE_INFINITY,
    }),
})
