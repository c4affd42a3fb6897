// The revoked certificates in memory, for the server to ask at every call. Another instance may have
// revoked one: they are read again on its announcement, and every few seconds in any case.
import type { Clock } from '../../../shared/clock/clock.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Instant } from '../../../shared/identity/identity.js'
import type { CredentialTable } from '../store/credentials.js'

const EVERY_MS = 5_000

export type Revoked = {
  has(fingerprint: string): boolean
  refresh(): Promise<void>
  readonly duty: Duty
}

export function revokedCredentials(table: Pick<CredentialTable, 'revoked'>, clock: Clock): Revoked {
  let known: ReadonlySet<string> = new Set()
  let next: Instant = -Infinity
  const refresh = async (): Promise<void> => {
    known = new Set(await table.revoked())
    next = clock.now() + EVERY_MS
  }
  return {
    has: (fingerprint) => known.has(fingerprint),
    refresh,
    duty: {
      name: 'reread-revoked',
      nextAt: () => Promise.resolve(next),
      async round() {
        await refresh()
        return 0 // it changes nothing on record
      },
    },
  }
}
