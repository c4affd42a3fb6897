// The secret that signs page tokens: kept in the service's own table `page_secret`; whoever asks first makes it.
import type { Database } from '../database/database.js'
import type { Mint } from '../identity/identity.js'

const SECRET_BYTES = 32

type Table = { page_secret: { id: number; secret: Uint8Array } }

export async function pageSecret<Schema extends Table>(
  database: Database<Schema>,
  mint: Mint,
): Promise<Uint8Array> {
  const own = database as unknown as Database<Table>
  const find = own.compileOnce<object>((db) => db.selectFrom('page_secret').select('secret'))
  const make = own.compileOnce<{ secret: Uint8Array }>((db, $) =>
    db
      .insertInto('page_secret')
      .values({ id: 1, secret: $('secret') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const secret = mint.bytes(SECRET_BYTES)
  await own.write((transaction) => transaction.run([make({ secret })]))
  const [row] = await own.query(find({}))
  return row?.['secret'] as Uint8Array
}
