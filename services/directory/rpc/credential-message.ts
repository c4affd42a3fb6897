import type { Credential } from '../../../gen/huiqian/directory/v1/directory.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { CredentialState } from '../credential/credential.js'

/** A certificate on record, as it is told. */
export function credentialMessage(fingerprint: string, state: CredentialState): Credential {
  const { uri = '', registeredAt, revokedAt, revocationReason = '' } = state
  const { revokedBy = '', proposedBy = '', proposedAt } = state
  return {
    fingerprint,
    uri,
    registeredAt: registeredAt === undefined ? undefined : timestampOf(registeredAt),
    revokedAt: revokedAt === undefined ? undefined : timestampOf(revokedAt),
    revocationReason,
    revokedBy,
    revocationProposedBy: proposedBy,
    revocationProposedAt: proposedAt === undefined ? undefined : timestampOf(proposedAt),
  }
}
