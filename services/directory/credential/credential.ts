// A certificate on record: registered, proposed for revocation by one security operator, revoked by another.
// A revoked one stays revoked: its fingerprint is never registered again. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'

const RULE = 'house/credentials'
const TWO_PERSONS = 'house/two-persons'

export type CredentialEvent =
  | { readonly type: 'CredentialRegistered'; readonly uri: string }
  | {
      readonly type: 'CredentialRevocationProposed'
      readonly reason: string
      readonly proposedBy: string
    }
  | {
      readonly type: 'CredentialRevoked'
      readonly reason: string
      readonly proposedBy: string
      readonly revokedBy: string
    }

export type CredentialState = {
  readonly uri?: string
  readonly registeredAt?: Instant
  readonly revokedAt?: Instant
  readonly revocationReason?: string
  readonly revokedBy?: string
  /** The first of the two who are needed; it works as before until the second has confirmed. */
  readonly proposedBy?: string
  readonly proposedAt?: Instant
}

export type CredentialCommand =
  | { readonly type: 'RegisterCredential'; readonly uri: string }
  | {
      readonly type: 'RevokeCredential'
      readonly reason: string
      /** Who asks, as one line. */
      readonly by: string
    }

export const unknown: CredentialState = {}

export function evolve(
  state: CredentialState,
  event: CredentialEvent,
  recordedAt: Instant,
): CredentialState {
  switch (event.type) {
    case 'CredentialRegistered':
      return { ...state, uri: event.uri, registeredAt: recordedAt }
    case 'CredentialRevoked':
      return {
        ...state,
        ...{ revokedAt: recordedAt, revokedBy: event.revokedBy },
        revocationReason: event.reason,
      }
    case 'CredentialRevocationProposed':
      return {
        ...state,
        ...{ proposedBy: event.proposedBy, proposedAt: recordedAt },
        revocationReason: event.reason,
      }
  }
}

export function decide(
  state: CredentialState,
  fingerprint: string,
  command: CredentialCommand,
): CredentialEvent[] {
  switch (command.type) {
    case 'RegisterCredential': {
      checkFingerprint(fingerprint)
      if (state.revokedAt !== undefined)
        throw new Refusal('out-of-order', 'CREDENTIAL_REVOKED', RULE, { field: 'fingerprint' })
      if (state.uri !== undefined)
        throw new Refusal('out-of-order', 'CREDENTIAL_EXISTS', RULE, { field: 'fingerprint' })
      mustBeUri(command.uri)
      return [{ type: 'CredentialRegistered', uri: command.uri }]
    }
    case 'RevokeCredential': {
      checkFingerprint(fingerprint)
      if (state.revokedAt !== undefined) return [] // it is refused already, for the reason given first
      const { reason, by } = command
      const { proposedBy, revocationReason = '' } = state
      if (proposedBy === undefined)
        return [{ type: 'CredentialRevocationProposed', reason, proposedBy: by }]
      if (proposedBy === by)
        throw new Refusal('out-of-order', 'REVOCATION_NEEDS_SECOND_OPERATOR', TWO_PERSONS, {
          field: 'fingerprint',
          operator: by,
        })
      // The reason on record is what was proposed: the second confirms it, and adds none of its own.
      return [{ type: 'CredentialRevoked', reason: revocationReason, proposedBy, revokedBy: by }]
    }
  }
}

function checkFingerprint(fingerprint: string): void {
  if (/^[0-9a-f]{64}$/.test(fingerprint)) return
  throw new Refusal('malformed', 'FIELD_VALUE', RULE, {
    field: 'fingerprint',
    value: fingerprint.slice(0, 80),
    why_zh: '应为证书 DER 的 SHA-256，64 位小写十六进制',
    why_en: 'it is the SHA-256 of the certificate’s DER, 64 hexadecimal digits in lower case',
  })
}

const URI =
  /^spiffe:\/\/[a-z0-9.-]+\/(agency\/[0-9A-Z]{18}\/[\w.-]+|(operator|security|auditor|service)\/[\w.-]+)$/

export function mustBeUri(uri: string): void {
  if (uri.length <= 300 && URI.test(uri)) return
  throw new Refusal('malformed', 'FIELD_VALUE', RULE, {
    field: 'uri',
    value: uri.slice(0, 80),
    why_zh: '应为证书中的 URI SAN，如 spiffe://<域>/agency/<代码>/<系统>',
    why_en: 'it is the URI SAN of the certificate, as spiffe://<domain>/agency/<code>/<system>',
  })
}
