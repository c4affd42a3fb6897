// A certificate is refused from now on. The set is kept in memory too: it is asked at every call.
import type { CredentialRevoked } from '../../../gen/huiqian/directory/v1/announcements.js'
import type { Clock } from '../../../shared/clock/clock.js'
import type { Statement } from '../../../shared/database/database.js'
import type { RevokedCredentials } from '../store/revoked-credentials.js'

export type Revoked = {
  /** Whether a certificate is refused, by the SHA-256 of its DER in lower-case hex. */
  has(fingerprint: string): boolean
  /** Reads the table again: another instance may have heard. */
  refresh(): Promise<void>
  heard(announcement: CredentialRevoked): readonly Statement[]
}

export function revoked(table: RevokedCredentials, clock: Clock): Revoked {
  const refused = new Set<string>()
  return {
    has: (fingerprint) => refused.has(fingerprint),
    async refresh() {
      for (const fingerprint of await table.all()) refused.add(fingerprint)
    },
    heard({ fingerprint }) {
      refused.add(fingerprint) // at once: the commit only keeps it
      return [table.heard(fingerprint, clock.now())]
    },
  }
}
