// Letters that are written and not with delivery yet, in the service's own table `letter_to_post`, and the
// duty that posts them until they are: delivery takes each once, by its id, so that asking again after an
// unknown outcome is safe.
import type { Clock } from '../clock/clock.js'
import type { Database, Prepared } from '../database/database.js'
import type { Dossier } from '../dossier/dossier.js'
import type { Log } from '../process/log.js'
import type { Duty } from './duties.js'

const BATCH_MAX = 200
const CALL_BYTES_MAX = 900_000 // a message is 1 MiB at most
const REFUSED_WAIT_MS = 60_000
/** Refusals that pass by themselves: delivery has not heard of the agency yet; others were faster. */
const PASSING: ReadonlySet<string> = new Set(['AGENCY_UNKNOWN', 'OVERTAKEN'])

/** What the table has at least; a service's rows say more. */
export type OutboxRow = {
  letter_id: string
  /** Not before this instant: after a refusal it waits. */
  not_before: number
  queued_at: number
}

export type Outbox<Row extends OutboxRow> = {
  /** Letters to post by `now`, oldest first. */
  due(now: number, limit: number): Promise<Row[]>
  earliest(): Promise<number | undefined>
  readonly drop: Prepared<{ letter_id: string }>
  readonly postpone: Prepared<{ letter_id: string; not_before: number }>
}

export function outboxOf<
  Row extends OutboxRow,
  Schema extends { letter_to_post: Row } = { letter_to_post: Row },
>(database: Database<Schema>): Outbox<Row> {
  const own = database as unknown as Database<{ letter_to_post: OutboxRow }>
  const due = own.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('letter_to_post')
      .selectAll()
      .where('not_before', '<=', $('now'))
      .orderBy('not_before')
      .orderBy('queued_at')
      .orderBy('letter_id')
      .limit($('limit')),
  )
  const first = own.compileOnce<Record<string, never>>((db) =>
    db.selectFrom('letter_to_post').select('not_before').orderBy('not_before').limit(1),
  )({})
  return {
    due: async (now, limit) => (await own.query(due({ now, limit }))) as unknown as Row[],
    earliest: async () => (await own.query(first))[0]?.['not_before'] as number | undefined,
    drop: own.compileOnce<{ letter_id: string }>((db, $) =>
      db.deleteFrom('letter_to_post').where('letter_id', '=', $('letter_id')),
    ),
    postpone: own.compileOnce<{ letter_id: string; not_before: number }>((db, $) =>
      db
        .updateTable('letter_to_post')
        .set({ not_before: $('not_before') })
        .where('letter_id', '=', $('letter_id')),
    ),
  }
}

export type PostOptions<Row extends OutboxRow, Letter> = {
  readonly outbox: Outbox<Row>
  readonly dossier: Pick<Dossier, 'changeTogether'>
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  /** The letters of a round, whole; undefined where what one was about is gone. */
  readonly write: (rows: readonly Row[]) => Promise<readonly (Letter | undefined)[]>
  readonly bytesOf: (letter: Letter) => number
  /** Posts letters; gives the stable reason of each that was refused. */
  readonly post: (
    letters: Letter[],
  ) => Promise<readonly { readonly letterId: string; readonly refusedReason: string }[]>
}

export const postLetters = <Row extends OutboxRow, Letter>(
  options: PostOptions<Row, Letter>,
): Duty => ({
  name: 'post-letters',
  nextAt: () => options.outbox.earliest(),
  async round() {
    const { outbox, clock, write, post, log } = options
    const now = clock.now()
    const rows = await outbox.due(now, BATCH_MAX)
    if (rows.length === 0) return 0
    const letters = (await write(rows)).filter((letter) => letter !== undefined)
    const refused = new Set<string>()
    for (const call of inCalls(letters, options.bytesOf))
      for (const { letterId, refusedReason } of await post(call)) {
        // Posted before its recipient was taken over: it arrived there, and stays.
        if (refusedReason === '' || refusedReason === 'LETTER_ID_REUSED') continue
        refused.add(letterId)
        // Nobody is told by a letter that delivery will refuse again and again: a person must look.
        if (!PASSING.has(refusedReason))
          log.error('delivery refuses a letter', { letter: letterId, reason: refusedReason })
      }
    await forget(options, rows, refused, now)
    return rows.length - refused.size
  },
})

async function forget<Row extends OutboxRow>(
  { dossier, outbox }: Pick<PostOptions<Row, unknown>, 'dossier' | 'outbox'>,
  rows: readonly Row[],
  refused: ReadonlySet<string>,
  now: number,
): Promise<void> {
  const statements = rows.map(({ letter_id }) =>
    refused.has(letter_id)
      ? outbox.postpone({ letter_id, not_before: now + REFUSED_WAIT_MS })
      : outbox.drop({ letter_id }),
  )
  await dossier.changeTogether([], { now }, () => ({ parts: [], statements }))
}

/** Letters in as many calls as the size of a message asks for. */
function inCalls<Letter>(
  letters: readonly Letter[],
  bytesOf: (letter: Letter) => number,
): Letter[][] {
  const calls: Letter[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const letter of letters) {
    const size = bytesOf(letter)
    if (bytes + size > CALL_BYTES_MAX) {
      calls.push([])
      bytes = 0
    }
    calls.at(-1)?.push(letter)
    bytes += size
  }
  return calls
}
