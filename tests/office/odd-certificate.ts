// Certificates that nobody should have, signed by the house's own development authority: with no URI, or
// with two. Only the tests make them.
import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ExtendedKeyUsageExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '../../shared/rpc/x509.js'
import type { Certificates } from '../../shared/rpc/peers.js'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const DAY_MS = 86_400_000

/** A certificate with these URIs in it, whatever they are. */
export async function certificateWith(
  folder: string,
  uris: readonly string[],
): Promise<Certificates> {
  const ca = readFileSync(join(folder, 'authority', 'ca.crt.pem'), 'utf8')
  const caKey = PemConverter.decodeFirst(
    readFileSync(join(folder, 'authority', 'ca.key.pem'), 'utf8'),
  )
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const names = uris.map((value) => ({ type: 'url' as const, value }))
  const certificate = await X509CertificateGenerator.create(
    {
      subject: 'CN=11441800QY0000193K', // a name in the subject makes nobody anybody
      issuer: new X509Certificate(ca).subject,
      notBefore: new Date(Date.now() - DAY_MS),
      notAfter: new Date(Date.now() + DAY_MS),
      publicKey: keys.publicKey,
      signingKey: await webcrypto.subtle.importKey('pkcs8', caKey, ALGORITHM, false, ['sign']),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new ExtendedKeyUsageExtension([CLIENT_AUTH]),
        ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
      ],
    },
    webcrypto,
  )
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { ca, cert: certificate.toString('pem'), key: PemConverter.encode(pkcs8, 'PRIVATE KEY') }
}
