// S: raw SQLite rows/s at synchronous=FULL with 100 rows a transaction, one index beside the key.
import Database from 'better-sqlite3'
import { spreadOf, type Spread } from './measure.js'

const ROWS = 20_000
const BATCH = 100

export function rawRows(file: string): Spread {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec(
    'create table raw (id integer primary key, due integer, body blob); create index raw_due on raw (due)',
  )
  const insert = database.prepare('insert into raw (due, body) values (?, ?)')
  const body = Buffer.alloc(256, 7)
  const batch = database.transaction(() => {
    for (let row = 0; row < BATCH; row++) insert.run(row, body)
  })
  const perSecond: number[] = []
  for (let repeat = 0; repeat < 5; repeat++) {
    const from = performance.now()
    for (let done = 0; done < ROWS; done += BATCH) batch()
    perSecond.push(ROWS / ((performance.now() - from) / 1_000))
  }
  database.close()
  return spreadOf(perSecond)
}
