// A certificate request (PKCS #10): its key, once it is seen that whoever made it has the private one.
import { createPublicKey, webcrypto, type KeyObject } from 'node:crypto'
import { Pkcs10CertificateRequest } from './x509.js'

const RSA_BITS_MIN = 3_072
const CURVES = new Set(['prime256v1', 'secp384r1'])

export type CertificateRequest =
  | { readonly publicKey: Buffer }
  | { readonly fault: 'unreadable' | 'not-signed-by-its-key' | 'weak-key' }

/** The public key (SPKI, DER) of a request in DER, or what is wrong with it. What else the request says counts for nothing. */
export async function readCertificateRequest(der: Uint8Array): Promise<CertificateRequest> {
  let request: Pkcs10CertificateRequest
  let key: KeyObject
  let publicKey: Buffer
  try {
    request = new Pkcs10CertificateRequest(new Uint8Array(der))
    publicKey = Buffer.from(request.publicKey.rawData)
    key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' })
    if (!(await request.verify(webcrypto))) return { fault: 'not-signed-by-its-key' }
  } catch {
    return { fault: 'unreadable' }
  }
  return isStrong(key) ? { publicKey } : { fault: 'weak-key' }
}

function isStrong({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'ed25519') return true
  if (type === 'ec') return CURVES.has(details?.namedCurve ?? '')
  return type === 'rsa' && (details?.modulusLength ?? 0) >= RSA_BITS_MIN
}
