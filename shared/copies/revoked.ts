// Certificates that are refused, as heard of the directory: in the own database and in memory.
import type { Database } from '../database/database.js'
import type { Copy, CopyTables } from './copies.js'

type Table = Pick<CopyTables, 'revoked'>

export type Revoked = Copy<string> & { has(fingerprint: string): boolean }

export async function openRevoked<Schema extends Table>(
  database: Database<Schema>,
): Promise<Revoked> {
  const own = database as unknown as Database<Table>
  const known = new Set<string>()
  const refresh = async (): Promise<void> => {
    const rows = await own.read.selectFrom('revoked').select('fingerprint').execute()
    for (const { fingerprint } of rows) known.add(fingerprint)
  }
  await refresh()
  const put = own.compileOnce<Table['revoked']>((db, $) =>
    db
      .insertInto('revoked')
      .values({ fingerprint: $('fingerprint') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return {
    refresh,
    has: (fingerprint) => known.has(fingerprint),
    put: (fingerprints) => fingerprints.map((fingerprint) => put({ fingerprint })),
    learn: (fingerprints) => fingerprints.forEach((fingerprint) => known.add(fingerprint)),
  }
}
