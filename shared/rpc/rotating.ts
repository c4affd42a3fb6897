// Certificates that are exchanged while the house works: what is open goes on under the old ones, what is opened from
// then on has the new ones. A pair that does not fit together, or has run out, is refused, and the old one stays.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { experimental } from '@grpc/grpc-js'
import type { Instant } from '../identity/identity.js'
import { OperatorError } from '../process/operator-error.js'
import type { Certificates } from './peers.js'

type Listener = { readonly ca: ListenerOfCa; readonly own: ListenerOfOwn }
type ListenerOfCa = Parameters<experimental.CertificateProvider['addCaCertificateListener']>[0]
type ListenerOfOwn = Parameters<
  experimental.CertificateProvider['addIdentityCertificateListener']
>[0]

/** Certificates that always are the newest ones, and tell grpc-js of each exchange. */
export type Rotating = Certificates & {
  readonly provider: experimental.CertificateProvider
  /** Takes the place of what stood, for all connections from now on. Refuses what would not serve. */
  take(next: Certificates, now: Instant): void
}

/** Certificates that may be exchanged; `first` stands until then. */
export function rotating(first: Certificates): Rotating {
  let standing = first
  const cas = new Set<Listener['ca']>()
  const owns = new Set<Listener['own']>()
  const ca = () => ({ caCertificate: Buffer.from(standing.ca) })
  const own = () => ({
    certificate: Buffer.from(standing.cert),
    privateKey: Buffer.from(standing.key),
  })
  return {
    get ca() {
      return standing.ca
    },
    get cert() {
      return standing.cert
    },
    get key() {
      return standing.key
    },
    provider: {
      addCaCertificateListener(listener) {
        cas.add(listener)
        soon(() => cas.has(listener) && listener(ca()))
      },
      removeCaCertificateListener: (listener) => void cas.delete(listener),
      addIdentityCertificateListener(listener) {
        owns.add(listener)
        soon(() => owns.has(listener) && listener(own()))
      },
      removeIdentityCertificateListener: (listener) => void owns.delete(listener),
    },
    take(next, now) {
      mustServe(next, now)
      standing = next
      for (const listener of cas) listener(ca())
      for (const listener of owns) listener(own())
    },
  }
}

// grpc-js begins to listen to its own credentials only after it has asked for them: told at once, it would miss it.
const soon = (tell: () => unknown): void => queueMicrotask(() => void tell())

export const isRotating = (certificates: Certificates): certificates is Rotating =>
  'provider' in certificates

/** Refuses a certificate that is not of this key, not valid now, or not of an authority that the file names. */
function mustServe({ ca, cert, key }: Certificates, now: Instant): void {
  const faultOf = (): { zh: string; en: string } | undefined => {
    try {
      const own = new X509Certificate(cert)
      if (!own.checkPrivateKey(createPrivateKey(key)))
        return { zh: '证书与私钥不成对', en: 'the certificate is not of this key' }
      if (now < Date.parse(own.validFrom) || now > Date.parse(own.validTo))
        return { zh: '证书不在有效期内', en: 'the certificate is not valid now' }
      new X509Certificate(ca)
      return undefined
    } catch {
      return { zh: '证书、私钥或签发机构的文件无法解析', en: 'a certificate or key cannot be read' }
    }
  }
  const fault = faultOf()
  if (fault !== undefined) throw new OperatorError(fault)
}
