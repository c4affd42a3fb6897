// Letters served on paper and replies on paper in a small world: taken, late on record, contested, confirmed,
// rejected; the receipt by wire beside them, heard at once or later; replies that were handed in before.
import { opinion, silent } from './law.fixture.js'
import { asks } from './law.fixture.js'
import type { Maker, Move, MovesOf, Reply, World } from './search-moves.fixture.js'
import type { PaperCalendar } from '../paper/serve.js'

const evidence = { digest: 'evidence', uploader: 'water-bureau' }

export type OnPaper = {
  readonly agency: string
  /** When it may have been received on paper. */
  readonly receipts: readonly number[]
  /** When the letter entered the mailbox, where that is heard of only later. */
  readonly heardLater?: number
  readonly replies?: readonly Reply[]
  /** When a reply may have been handed in. */
  readonly handedIn?: readonly number[]
  readonly by?: readonly ('releasing' | 'consulted' | 'authority')[]
  readonly recordBy: (receivedAt: number) => number
  readonly endOfFirstWorkingDayAfter: PaperCalendar['endOfFirstWorkingDayAfter']
}

export const onPaper =
  (what: OnPaper): MovesOf =>
  (world, now, move) => {
    const { agency, recordBy, endOfFirstWorkingDayAfter } = what
    const { pack } = world
    const consultationId = asks(agency, 1)
    const about = { consultationId, agency }
    const common = {
      ...{ consultationId, now, by: 'somebody', authority: 'office' },
      calendar: {
        deadlineOf: (receivedAt: number) => world.deadline(agency, 1, receivedAt),
        ...{ recordBy, endOfFirstWorkingDayAfter },
      },
    }
    const served = what.receipts
      .filter((receivedAt) => receivedAt <= now)
      .map((receivedAt) =>
        move(
          'paper',
          `${agency} signed for it at ${receivedAt}`,
          (law, release) =>
            law.recordPaperService(release, pack, {
              ...{ ...common, receivedAt, evidence, signedByDigest: 'signed' },
            }),
          about,
        ),
      )
    const decided = [true, false].map((confirmed) =>
      move(
        'decide-paper',
        `the service on ${agency} is ${confirmed ? 'confirmed' : 'rejected'}`,
        (law, release) =>
          law.decidePaperService(release, pack, { ...common, confirmed, reasonDigest: 'why' }),
        { ...about, says: confirmed ? 'yes' : 'no' },
      ),
    )
    const contested = move(
      'contest',
      `${agency} contests the service`,
      (law, release) => law.contestPaperService(release, pack, { ...common, reasonDigest: 'why' }),
      about,
    )
    return [
      ...served,
      contested,
      ...decided,
      ...heardLater(world, what, now, move),
      ...handedIn(world, what, now, move),
    ]
  }

function heardLater(world: World, what: OnPaper, now: number, move: Maker): Move[] {
  const { agency, heardLater: receivedAt } = what
  if (receivedAt === undefined || receivedAt >= now) return []
  const consultationId = asks(agency, 1)
  const deadline = world.deadline(agency, 1, receivedAt)
  return [
    move(
      'receipt',
      `it is heard that ${agency} received it by wire`,
      (law, release) =>
        law.recordReceipt(release, world.pack, { consultationId, receivedAt, deadline, now }),
      { consultationId, agency },
    ),
  ]
}

function handedIn(world: World, what: OnPaper, now: number, move: Maker): Move[] {
  const { agency, replies = [], by = [] } = what
  const consultationId = asks(agency, 1)
  return (what.handedIn ?? [])
    .filter((admittedAt) => admittedAt <= now)
    .flatMap((admittedAt) =>
      replies.flatMap(({ kind }) =>
        by.map((part) => {
          const reply = opinion(kind, admittedAt)
          return move(
            'paper-reply',
            `${kind} of ${agency} on paper of ${admittedAt}, recorded by ${part}`,
            (law, release) =>
              law.recordPaperOpinion(release, world.pack, {
                ...silent(now, { downtimes: world.downtimes ?? [] }),
                ...{ consultationId, opinion: reply, evidence, part },
                remarkId: `remark-${release.remarks.length}`,
                declarationId: `declaration-${release.declarations.length}`,
                draftDigest: release.draftDigest,
                ownWordUntil: now + 86_400_000,
              }),
            {
              ...{ consultationId, agency, reply, recordedBy: part },
              // A clearance that is undone and found again and again would never end.
              applies: ({ remarks, consultations, endedClearances }) =>
                remarks.length <= world.remarksMax &&
                endedClearances.length < 1 &&
                consultationId in consultations,
            },
          )
        }),
      ),
    )
}
