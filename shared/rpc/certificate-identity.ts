// Who a certificate speaks for: exactly one URI SAN, in exactly one of four forms. Everything else
// that a certificate may say (common name, organisation, other SANs) says nothing here. Pure.
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from './x509.js'
import { faultOfCreditCode } from '../identity/credit-code.js'
import type { Caller, Instant } from '../identity/identity.js'
import type { CertificateFault } from './certificate-faults.js'

const SAN = '2.5.29.17'
const BASIC_CONSTRAINTS = '2.5.29.19'
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/

/** What a certificate says, or why it says nothing that counts. */
export type CertificateIdentity =
  | {
      readonly caller: Caller
      readonly notBefore: Instant
      readonly notAfter: Instant
    }
  | { readonly fault: CertificateFault }

/** Reads the identity of a certificate (DER). Validity and revocation are asked at every call, not here. */
export function identityOfCertificate(der: Uint8Array, trustDomain: string): CertificateIdentity {
  let certificate: X509Certificate
  let uris: string[]
  try {
    certificate = new X509Certificate(new Uint8Array(der))
    const sans = certificate.extensions.filter((extension) => extension.type === SAN)
    if (sans.length === 0) return { fault: 'no-uri-san' }
    if (sans.length > 1) return { fault: 'san-extension-repeated' }
    const constraints = certificate.extensions.filter((each) => each.type === BASIC_CONSTRAINTS)
    if (constraints.some((each) => new BasicConstraintsExtension(each.rawData).ca))
      return { fault: 'is-an-authority' }
    uris = sans
      .flatMap((extension) => new SubjectAlternativeNameExtension(extension.rawData).names.items)
      .filter((name) => name.type === 'url')
      .map((name) => name.value)
  } catch {
    return { fault: 'unreadable' }
  }
  if (uris.length !== 1) return { fault: uris.length === 0 ? 'no-uri-san' : 'several-uri-sans' }
  const caller = callerOfUri(uris[0] ?? '', trustDomain)
  if (typeof caller === 'string') return { fault: caller }
  return {
    caller,
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
  }
}

/** The caller that a URI names, or what is wrong with it. Byte for byte: no decoding, no case folding. */
export function callerOfUri(uri: string, trustDomain: string): Caller | CertificateFault {
  if (!uri.startsWith('spiffe://')) return 'not-a-spiffe-uri'
  const [domain, ...path] = uri.slice('spiffe://'.length).split('/')
  if (domain !== trustDomain) return 'other-trust-domain'
  const [kind, ...names] = path
  switch (kind) {
    case 'agency': {
      const [agency, system, ...rest] = names
      if (agency === undefined || system === undefined || rest.length > 0) return 'path'
      if (faultOfCreditCode(agency) !== undefined) return 'credit-code'
      if (!NAME.test(system)) return 'path'
      return { kind, agency: agency, system }
    }
    case 'service':
    case 'operator':
    case 'security':
    case 'auditor': {
      const [name, ...rest] = names
      if (name === undefined || rest.length > 0 || !NAME.test(name)) return 'path'
      return { kind, name }
    }
    default:
      return 'path'
  }
}
