// Certificates on record: kept in step, listed, and the revoked ones for this process' memory.
import type { Statement } from '../../../shared/database/database.js'
import type { CredentialState } from '../credential/credential.js'
import type { DirectoryDatabase, DirectoryTables } from './schema.js'

type Row = DirectoryTables['credential']
export type KeptCredential = CredentialState & { readonly fingerprint: string }
export type CredentialTable = ReturnType<typeof credentialTable>

export function credentialTable(database: DirectoryDatabase) {
  const put = database.compileOnce<Row>((db, $) =>
    db
      .insertInto('credential')
      .values({
        fingerprint: $('fingerprint'),
        uri: $('uri'),
        registered_at: $('registered_at'),
        revoked_at: $('revoked_at'),
        revocation_reason: $('revocation_reason'),
        revoked_by: $('revoked_by'),
        proposed_by: $('proposed_by'),
        proposed_at: $('proposed_at'),
      })
      .onConflict((conflict) =>
        conflict.column('fingerprint').doUpdateSet({
          uri: $('uri'),
          registered_at: $('registered_at'),
          revoked_at: $('revoked_at'),
          revocation_reason: $('revocation_reason'),
          revoked_by: $('revoked_by'),
          proposed_by: $('proposed_by'),
          proposed_at: $('proposed_at'),
        }),
      ),
  )
  return {
    post: (fingerprint: string, state: CredentialState): Statement =>
      put({
        fingerprint,
        uri: state.uri ?? '',
        registered_at: state.registeredAt ?? null,
        revoked_at: state.revokedAt ?? null,
        revocation_reason: state.revocationReason ?? '',
        revoked_by: state.revokedBy ?? null,
        proposed_by: state.proposedBy ?? null,
        proposed_at: state.proposedAt ?? null,
      }),
    /** Those after a fingerprint, in order. */
    async page(revokedOnly: boolean, after: string, limit: number): Promise<KeptCredential[]> {
      let query = database.read
        .selectFrom('credential')
        .selectAll()
        .where('fingerprint', '>', after)
        .orderBy('fingerprint')
        .limit(limit)
      if (revokedOnly) query = query.where('revoked_at', 'is not', null)
      return (await query.execute()).map(stateOf)
    },
    async revoked(): Promise<string[]> {
      const query = database.read
        .selectFrom('credential')
        .select('fingerprint')
        .where('revoked_at', 'is not', null)
      return (await query.execute()).map(({ fingerprint }) => fingerprint)
    },
  }
}

function stateOf(row: Row): KeptCredential {
  return {
    fingerprint: row.fingerprint,
    ...(row.uri !== '' && { uri: row.uri }),
    ...(row.registered_at !== null && { registeredAt: row.registered_at }),
    ...(row.revocation_reason !== '' && { revocationReason: row.revocation_reason }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
    ...(row.revoked_by !== null && { revokedBy: row.revoked_by }),
    ...(row.proposed_by !== null && { proposedBy: row.proposed_by }),
    ...(row.proposed_at !== null && { proposedAt: row.proposed_at }),
  }
}
