// Who proposed a revocation and who confirmed it, beside the certificate.
import type { Kysely } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('credential').addColumn('revoked_by', 'text').execute()
  await db.schema.alterTable('credential').addColumn('proposed_by', 'text').execute()
  await db.schema.alterTable('credential').addColumn('proposed_at', int8(db)).execute()
}

export const twoPersons: Migration = { name: 'directory-0003-two-persons', up }
