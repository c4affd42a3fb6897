// Hearing into a record: what an announcement brings about, and that it was heard, are one commit of
// the dossier. How far the own feed was announced is kept beside it.
import type { Clock } from '../clock/clock.js'
import type { Along, Dossier, FeedEntry, Several } from '../dossier/dossier.js'
import type { Part } from '../dossier/dossier.js'
import type { Marks } from '../dossier/marks.js'
import type { Database, Statement } from '../database/database.js'
import type { Cursor, ListenerOptions } from './listener.js'
import type { RelayOptions } from './relay.js'

/** What entries bring about. No parts and no statements: they concern nobody here. */
export type Act = {
  /** The streams that the decision looks at. */
  readonly loads: readonly { readonly kind: string; readonly id: string }[]
  readonly decide: (several: Several) => {
    readonly parts: readonly Part[]
    readonly statements?: Along
  }
}

export type IntoRecordOptions = {
  readonly dossier: Pick<Dossier, 'changeTogether'>
  readonly marks: Marks
  readonly source: string
  readonly clock: Clock
  /** Looks at entries (their bytes, own tables) and gives what is to be decided; may be asked again. */
  readonly act: (entries: readonly FeedEntry[]) => Promise<Act> | Act
}

/** The part of a listener that keeps its cursor and effects in a dossier. */
export function intoRecord(
  options: IntoRecordOptions,
): Pick<ListenerOptions, 'load' | 'handle' | 'quarantine'> {
  const { dossier, marks, source, clock } = options

  const commit = (act: Act, cursor: Cursor, from: number, also: Statement[]): Promise<unknown> =>
    dossier.changeTogether(act.loads, { now: clock.now() }, (several) => {
      const { parts, statements = [] } = act.decide(several)
      return { parts, statements: [...statements, ...also, moved(cursor, from)] }
    })

  const moved = (cursor: Cursor, from: number): Statement => {
    const { sequence, incarnation, chain } = cursor
    const row = { source, incarnation, sequence, chain }
    return from === 0 ? marks.beginCursor(row) : marks.moveCursor({ ...row, from })
  }

  return {
    load: () => marks.cursor(source),
    async handle(entries, cursor) {
      await commit(await options.act(entries), cursor, entries[0]!.sequence - 1, [])
    },
    async quarantine({ sequence }, errorClass, cursor) {
      const aside = marks.putAside({ source, sequence, error: errorClass, at: clock.now() })
      await commit({ loads: [], decide: () => ({ parts: [] }) }, cursor, sequence - 1, [aside])
    },
  }
}

/** Where a relay keeps how far it announced: by the feed's incarnation, since a restored feed starts anew. */
export function relayMarkIn(
  database: Pick<Database<unknown>, 'write'>,
  marks: Pick<Marks, 'relayMark' | 'moveRelayMark'>,
): NonNullable<RelayOptions['mark']> {
  const target = (incarnation: string): string => `bus:${incarnation}`
  return {
    load: (incarnation) => marks.relayMark(target(incarnation)),
    async save(incarnation, sequence) {
      const move = marks.moveRelayMark({ target: target(incarnation), sequence })
      await database.write((transaction) => transaction.run([move]))
    },
  }
}
