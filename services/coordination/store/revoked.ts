// Certificates that are refused, as heard of the directory: in the own database and in memory.
import type { Database, Statement } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type Revoked = {
  has(fingerprint: string): boolean
  put(fingerprint: string): Statement
  learn(fingerprints: readonly string[]): void
  /** Reads the own database again: another instance may have heard. */
  refresh(): Promise<void>
}

export async function openRevoked(database: Database<Schema>): Promise<Revoked> {
  const known = new Set<string>()
  const refresh = async (): Promise<void> => {
    const rows = await database.read.selectFrom('revoked').select('fingerprint').execute()
    for (const { fingerprint } of rows) known.add(fingerprint)
  }
  await refresh()
  const put = database.compileOnce<Schema['revoked']>((db, $) =>
    db
      .insertInto('revoked')
      .values({ fingerprint: $('fingerprint') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return {
    refresh,
    has: (fingerprint) => known.has(fingerprint),
    put: (fingerprint) => put({ fingerprint }),
    learn: (fingerprints) => fingerprints.forEach((fingerprint) => known.add(fingerprint)),
  }
}
