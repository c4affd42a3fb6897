// Certificates that are refused: delivery's own copy of what the directory told.
import type { Instant } from '../../../shared/identity/identity.js'
import type { Statement } from '../../../shared/database/database.js'
import type { DeliveryDatabase } from './schema.js'

export type RevokedCredentials = ReturnType<typeof revokedCredentials>

export function revokedCredentials(database: DeliveryDatabase) {
  const add = database.compileOnce<{ fingerprint: string; heardAt: number }>((db, $) =>
    db
      .insertInto('revoked_credential')
      .values({ fingerprint: $('fingerprint'), heard_at: $('heardAt') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const all = database.compileOnce<object>((db) =>
    db.selectFrom('revoked_credential').select('fingerprint'),
  )
  return {
    heard: (fingerprint: string, heardAt: Instant): Statement => add({ fingerprint, heardAt }),
    async all(): Promise<string[]> {
      const rows = await database.query(all({}))
      return (rows as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint)
    },
  }
}
