// Makes certificates and their keys (ECDSA P-256). Validity is real time, handed in.
import { webcrypto } from 'node:crypto'
import type { Instant } from '../identity/identity.js'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509.js'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const CLOCKS_APART_MS = 300_000 // begins a little in the past, for clocks that run behind
const DAY_MS = 86_400_000
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** A certificate and its key, as PEM texts. */
export type Issued = { readonly cert: string; readonly key: string }

/** What a leaf certificate says. Names and addresses only where it is a server's. */
export type LeafRequest = {
  readonly uri: string
  readonly dns?: readonly string[]
  readonly ips?: readonly string[]
}

/** A new authority, valid for ten years. */
export async function issueAuthority(name: string, now: Instant): Promise<Issued> {
  const keys = await newKeys()
  const cert = await X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      ...validity(now, 3650),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) }
}

/** A leaf certificate of an authority, valid for a year. */
export async function issueLeaf(
  authority: Issued,
  { uri, dns = [], ips = [] }: LeafRequest,
  now: Instant,
): Promise<Issued> {
  const keys = await newKeys()
  const request = { uri, dns, ips }
  const cert = await issueFor(authority, request, keys.publicKey, now)
  return { cert, key: await pemOf(keys.privateKey) }
}

/** A leaf certificate for a key that somebody else has (SPKI, DER): a caller's, never a server's. */
export async function issueForKey(
  authority: Issued,
  uri: string,
  publicKey: Uint8Array,
  now: Instant,
): Promise<string> {
  return issueFor(
    authority,
    { uri, dns: [], ips: [] },
    new PublicKey(new Uint8Array(publicKey)),
    now,
  )
}

async function issueFor(
  authority: Issued,
  { uri, dns, ips }: Required<LeafRequest>,
  publicKey: webcrypto.CryptoKey | PublicKey,
  now: Instant,
): Promise<string> {
  const issuer = new X509Certificate(authority.cert)
  const isServer = dns.length + ips.length > 0
  const names = [
    { type: 'url' as const, value: uri },
    ...dns.map((value) => ({ type: 'dns' as const, value })),
    ...ips.map((value) => ({ type: 'ip' as const, value })),
  ]
  const cert = await X509CertificateGenerator.create(
    {
      subject: 'O=Huiqian development', // says nothing: identity is the URI's alone
      issuer: issuer.subject,
      ...validity(now, 365),
      publicKey,
      signingKey: await importKey(authority.key),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension(isServer ? [CLIENT_AUTH, SERVER_AUTH] : [CLIENT_AUTH]),
        new SubjectAlternativeNameExtension(names),
        await AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
        await SubjectKeyIdentifierExtension.create(publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  )
  return cert.toString('pem')
}

const validity = (now: Instant, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - CLOCKS_APART_MS),
  notAfter: new Date(now + days * DAY_MS),
})

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

const pemOf = async (key: webcrypto.CryptoKey): Promise<string> =>
  PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')

const importKey = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign'])
