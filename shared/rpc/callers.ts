// Who makes a call, from the certificate of its connection and from nothing else; through a front door, from the one
// that the door shows, verified here. A certificate is read once and remembered; whether it is valid and not revoked
// is asked at every call.
import { createHash } from 'node:crypto'
import type { ServerUnaryCall } from '@grpc/grpc-js'
import type { Caller, Instant } from '../identity/identity.js'
import { identityOfCertificate, type CertificateIdentity } from './certificate-identity.js'
import { certificateRefused } from './certificate-faults.js'
import { isFrontDoor, isIssuedBy, shownCertificate, SHOWN_CERTIFICATE } from './forwarded.js'
import { innerSocket } from './inner-stream.js'

const REMEMBERED_MAX = 10_000

/** Anything that grpc-js hands to a handler. */
export type AnyCall = Pick<
  ServerUnaryCall<unknown, unknown>,
  'getAuthContext' | 'getPeer' | 'metadata'
>

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
  /** The certificate of the front door that showed it: where that does not hold, neither does this. */
  readonly via?: SeenCertificate
}

export type Callers = {
  /** The certificate of a call; refuses where there is none. */
  certificateOf(call: AnyCall): SeenCertificate
  /** Whom it speaks for, now; refuses what has no identity, is revoked or out of its validity. */
  callerOf(certificate: SeenCertificate): Caller
}

/**
 * The certificates seen, with a bound on how many are remembered. `realNow` is never the house's clock: certificates live in
 * real time. `authorities` gives those that are trusted now, PEM texts in one.
 */
export function callers(
  options: IdentityOptions,
  realNow: () => Instant,
  authorities: () => string,
): Callers {
  const byFingerprint = new Map<string, SeenCertificate>()
  const bySocket = new WeakMap<object, SeenCertificate>()
  const shownBefore = new Map<string, { seen: SeenCertificate; by: string }>()

  const read = (der: Uint8Array): SeenCertificate => {
    const fingerprint = fingerprintOf(der)
    const known = byFingerprint.get(fingerprint)
    byFingerprint.delete(fingerprint) // and put in again below: the newest stand last
    const seen = known ?? { fingerprint, identity: identityOfCertificate(der, options.trustDomain) }
    byFingerprint.set(fingerprint, seen)
    forgetOldest(byFingerprint)
    return seen
  }

  const ofConnection = (call: AnyCall): SeenCertificate => {
    const socket = innerSocket(call)
    const known = socket && bySocket.get(socket)
    if (known) return known
    const der = call.getAuthContext().sslPeerCertificate?.raw
    if (der === undefined) throw certificateRefused('no-certificate')
    const seen = read(der)
    if (socket) bySocket.set(socket, seen)
    return seen
  }

  /** What a front door shows: its bytes are verified once for each set of authorities, and read as any other's. */
  const shownBy = (via: SeenCertificate, text: string): SeenCertificate => {
    const by = authorities()
    const known = shownBefore.get(text)
    if (known?.by === by) return { ...known.seen, via }
    const shown = shownCertificate(text)
    if (shown === undefined) throw certificateRefused('unreadable')
    if (!isIssuedBy(shown, by, realNow())) throw certificateRefused('no-certificate')
    const seen = read(shown.raw)
    // A certificate is public, and the door shows no proof of its key: it must never be two operators, or a service.
    if ('caller' in seen.identity && seen.identity.caller.kind !== 'agency')
      throw certificateRefused('no-certificate')
    shownBefore.delete(text)
    shownBefore.set(text, { seen, by })
    forgetOldest(shownBefore)
    return { ...seen, via }
  }

  const callerOf = ({ fingerprint, identity, via }: SeenCertificate): Caller => {
    if (via !== undefined) callerOf(via)
    if ('fault' in identity) throw certificateRefused(identity.fault)
    const now = realNow()
    if (now < identity.notBefore) throw certificateRefused('not-yet-valid')
    if (now > identity.notAfter) throw certificateRefused('expired')
    if (options.revoked?.(fingerprint)) throw certificateRefused('revoked')
    return identity.caller
  }

  return {
    callerOf,
    certificateOf(call) {
      const own = ofConnection(call)
      if ('fault' in own.identity || !isFrontDoor(own.identity.caller)) return own
      const [text, ...more] = call.metadata.get(SHOWN_CERTIFICATE)
      if (text === undefined) return own // then it speaks for itself, and has no work here
      if (typeof text !== 'string' || more.length > 0) throw certificateRefused('unreadable')
      return shownBy(own, text)
    },
  }
}

function forgetOldest(remembered: Map<string, unknown>): void {
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED_MAX) break
    remembered.delete(oldest)
  }
}

/** SHA-256 of a certificate's DER, in lower-case hex: how a credential is named everywhere in the house. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
