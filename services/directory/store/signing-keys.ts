// Signing keys: kept in step, and listed.
import type { Statement } from '../../../shared/database/database.js'
import type { SigningKeyState } from '../signing-key/signing-key.js'
import type { DirectoryDatabase, DirectoryTables } from './schema.js'

export type SigningKeyRow = DirectoryTables['signing_key']
export type SigningKeyTable = ReturnType<typeof signingKeyTable>

export function signingKeyTable(database: DirectoryDatabase) {
  const put = database.compileOnce<SigningKeyRow>((db, $) => {
    const row = {
      agency: $('agency'),
      suite: $('suite'),
      public_key: $('public_key'),
      required: $('required'),
      proposed_by: $('proposed_by'),
      registered_by: $('registered_by'),
      registered_at: $('registered_at'),
      retired_at: $('retired_at'),
    }
    return db
      .insertInto('signing_key')
      .values({ key_id: $('key_id'), ...row })
      .onConflict((conflict) => conflict.column('key_id').doUpdateSet(row))
  })
  return {
    post(key_id: string, { facts, ...state }: SigningKeyState): readonly Statement[] {
      if (facts === undefined) return []
      const { agency, suite, publicKey: public_key, required } = facts
      return [
        put({
          ...{ key_id, agency, suite, public_key, required: required ? 1 : 0 },
          proposed_by: state.proposedBy ?? '',
          registered_by: state.registeredBy ?? '',
          registered_at: state.registeredAt ?? null,
          retired_at: state.retiredAt ?? null,
        }),
      ]
    },
    /** Those after a key id, in order; of one agency, where one is named. */
    async page(agency: string, after: string, limit: number): Promise<SigningKeyRow[]> {
      let query = database.read
        .selectFrom('signing_key')
        .selectAll()
        .where('key_id', '>', after)
        .orderBy('key_id')
        .limit(limit)
      if (agency !== '') query = query.where('agency', '=', agency)
      return query.execute()
    },
  }
}
