// The secret that signs page tokens; whoever asks first makes it.
import type { Mint } from '../../../shared/identity/identity.js'
import type { Database } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

const SECRET_BYTES = 32

export async function pageSecret(database: Database<Schema>, mint: Mint): Promise<Uint8Array> {
  const find = database.compileOnce<object>((db) => db.selectFrom('page_secret').select('secret'))
  const make = database.compileOnce<{ secret: Uint8Array }>((db, $) =>
    db
      .insertInto('page_secret')
      .values({ id: 1, secret: $('secret') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const secret = mint.bytes(SECRET_BYTES)
  await database.write((transaction) => transaction.run([make({ secret })]))
  const [row] = await database.query(find({}))
  return row?.['secret'] as Uint8Array
}
