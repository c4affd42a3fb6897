// The secret that page tokens are signed with: made once, the same in every instance.
import type { Mint } from '../../../shared/identity/identity.js'
import type { DirectoryDatabase } from './schema.js'

const NAME = 'page-tokens'
const BYTES = 32

export async function pageSecret(database: DirectoryDatabase, mint: Mint): Promise<Uint8Array> {
  const put = database.compileOnce<{ value: Uint8Array }>((db, $) =>
    db
      .insertInto('secret')
      .values({ name: NAME, value: $('value') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const value = mint.bytes(BYTES)
  await database.write((transaction) => transaction.run([put({ value })]))
  const query = database.read.selectFrom('secret').select('value').where('name', '=', NAME)
  return (await query.executeTakeFirstOrThrow()).value // whoever was first made it
}
