// Who calls through the front door: a proxy that ends TLS and shows the certificate of whoever called it. Its word
// counts for nothing but the certificate's bytes: they are verified here, as the handshake would have. Pure.
import { X509Certificate } from 'node:crypto'
import type { Caller, Instant } from '../identity/identity.js'

/** The metadata in which a front door shows the caller's certificate: PEM, percent-encoded (nginx: `$ssl_client_escaped_cert`). */
export const SHOWN_CERTIFICATE = 'x-client-certificate'

const ENCODED_BYTES_MAX = 16_384
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** Whether what this caller shows in the metadata is looked at; of nobody else it is. */
export const isFrontDoor = (caller: Caller): boolean =>
  caller.kind === 'service' && caller.name === 'front-door'

/** The certificate that was shown, or undefined where the text is no certificate, or more than one. */
export function shownCertificate(text: string): X509Certificate | undefined {
  if (text.length > ENCODED_BYTES_MAX) return undefined
  try {
    const pem = decodeURIComponent(text)
    const [only, ...more] = pem.match(PEM) ?? []
    return only === undefined || more.length > 0 || only !== pem.trim()
      ? undefined
      : new X509Certificate(only)
  } catch {
    return undefined
  }
}

/**
 * Whether one of the authorities (PEM texts in one) issued the certificate, for callers. As TLS here does, it takes
 * no authority between the two; the times of the caller's certificate are asked elsewhere, at every call.
 */
export function isIssuedBy(shown: X509Certificate, authorities: string, now: Instant): boolean {
  const purposes: readonly string[] | undefined = shown.keyUsage // Node's name for the extended key usage
  if (purposes !== undefined && !purposes.includes(CLIENT_AUTH)) return false
  return (authorities.match(PEM) ?? []).some((pem) => {
    const authority = new X509Certificate(pem)
    return (
      authority.ca &&
      Date.parse(authority.validFrom) <= now &&
      now <= Date.parse(authority.validTo) &&
      shown.checkIssued(authority) &&
      shown.verify(authority.publicKey)
    )
  })
}
