// Who makes a call, from the certificate of its connection and from nothing else. The certificate is
// read once and remembered; whether it is valid and not revoked is asked at every call.
import { createHash } from 'node:crypto'
import type { ServerUnaryCall } from '@grpc/grpc-js'
import type { Caller, Instant } from '../identity/identity.js'
import { identityOfCertificate, type CertificateIdentity } from './certificate-identity.js'
import { certificateRefused } from './certificate-faults.js'
import { innerSocket } from './inner-stream.js'

const REMEMBERED_MAX = 10_000

/** Anything that grpc-js hands to a handler. */
export type AnyCall = Pick<ServerUnaryCall<unknown, unknown>, 'getAuthContext' | 'getPeer'>

export type IdentityOptions = {
  /** The part after `spiffe://` that this house trusts. */
  readonly trustDomain: string
  /** Whether a certificate is revoked, by the SHA-256 of its DER in lower-case hex. Asked at every call: keep it in memory. */
  readonly revoked?: (fingerprint: string) => boolean
}

/** A certificate that was seen, and what it says. */
export type SeenCertificate = {
  readonly fingerprint: string
  readonly identity: CertificateIdentity
}

export type Callers = {
  /** The certificate of a call; refuses where there is none. */
  certificateOf(call: AnyCall): SeenCertificate
  /** Whom it speaks for, now; refuses what has no identity, is revoked or out of its validity. */
  callerOf(certificate: SeenCertificate): Caller
}

/** The certificates seen, with a bound on how many are remembered. `realNow` is never the house's clock: certificates live in real time. */
export function callers(options: IdentityOptions, realNow: () => Instant): Callers {
  const byFingerprint = new Map<string, SeenCertificate>()
  const bySocket = new WeakMap<object, SeenCertificate>()

  const read = (der: Buffer): SeenCertificate => {
    const fingerprint = fingerprintOf(der)
    const known = byFingerprint.get(fingerprint)
    byFingerprint.delete(fingerprint) // and put in again below: the newest stand last
    const seen = known ?? { fingerprint, identity: identityOfCertificate(der, options.trustDomain) }
    byFingerprint.set(fingerprint, seen)
    for (const oldest of byFingerprint.keys()) {
      if (byFingerprint.size <= REMEMBERED_MAX) break
      byFingerprint.delete(oldest)
    }
    return seen
  }

  return {
    certificateOf(call) {
      const socket = innerSocket(call)
      const known = socket && bySocket.get(socket)
      if (known) return known
      const der = call.getAuthContext().sslPeerCertificate?.raw
      if (der === undefined) throw certificateRefused('no-certificate')
      const seen = read(der)
      if (socket) bySocket.set(socket, seen)
      return seen
    },
    callerOf({ fingerprint, identity }) {
      if ('fault' in identity) throw certificateRefused(identity.fault)
      const now = realNow()
      if (now < identity.notBefore) throw certificateRefused('not-yet-valid')
      if (now > identity.notAfter) throw certificateRefused('expired')
      if (options.revoked?.(fingerprint)) throw certificateRefused('revoked')
      return identity.caller
    },
  }
}

/** SHA-256 of a certificate's DER, in lower-case hex: how a credential is named everywhere in the house. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
