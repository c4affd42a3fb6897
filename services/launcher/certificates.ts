// The certificates of a house: from the operator's authority, as files, or from a development
// authority in the data folder, which makes what is missing and overwrites nothing that still serves.
import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../shared/identity/identity.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import { ensureAuthority, ensureCertificate } from '../../shared/rpc/authority.js'
import { issueForKey } from '../../shared/rpc/issue-certificate.js'
import type { Certificates } from '../../shared/rpc/peers.js'
import { fingerprintOf } from '../../shared/rpc/callers.js'
import { rotating, type Rotating } from '../../shared/rpc/rotating.js'
import type { HouseConfig } from './house-config.js'
import type { ServiceName } from './services.js'

/** What a certificate is for: its path after the trust domain. */
export type Subject =
  | { readonly kind: 'server' }
  | { readonly kind: 'service'; readonly name: ServiceName | 'front-door' }
  | { readonly kind: 'operator'; readonly name: string }
  | { readonly kind: 'security'; readonly name: string }
  | { readonly kind: 'auditor'; readonly name: string }
  | { readonly kind: 'agency'; readonly code: string; readonly system?: string }

export type HouseCertificates = {
  readonly folder: string
  /** Whether it makes what is missing: a development authority. */
  readonly makes: boolean
  /** Issues a certificate for a key that somebody else has; absent: the operator's own authority does. */
  readonly issue?: (
    uri: string,
    publicKey: Uint8Array,
  ) => Promise<{ certificate: string; fingerprint: string }>
  /** The certificate of somebody, and its key; made by a development authority where it is missing. */
  of(subject: Subject): Promise<Certificates>
  /** Reads the files again: what was exchanged in the folder is taken, where it serves. Looked at every few seconds. */
  look(): Promise<void>
}

/** Told of certificates that were exchanged, or could not be. */
export type OnExchange = (
  file: string,
  outcome: { readonly fingerprint: string } | { readonly error: unknown },
) => void

/** Opens the certificates of the house. `realNow` is never the house's clock. */
export async function openCertificates(
  { data, certificates, trustDomain, serverNames }: HouseConfig,
  realNow: () => Instant,
  onExchange: OnExchange,
): Promise<HouseCertificates> {
  if (certificates.kind === 'given') {
    const { folder } = certificates
    const find = (subject: Subject) => Promise.resolve(readGiven(folder, fileOf(subject)))
    return { folder, makes: false, ...remembered(folder, find, realNow, onExchange) }
  }
  const folder = join(data, 'certificates')
  const authority = await ensureAuthority(folder, realNow)
  return {
    folder,
    makes: true,
    async issue(uri, publicKey) {
      const certificate = await issueForKey(authority.issuer, uri, publicKey, realNow())
      const { raw } = new X509Certificate(certificate)
      return { certificate, fingerprint: createHash('sha256').update(raw).digest('hex') }
    },
    ...remembered(
      folder,
      (subject) => {
        const request = { file: fileOf(subject), uri: `spiffe://${trustDomain}/${pathOf(subject)}` }
        const server = { dns: ['localhost', ...serverNames], ips: ['127.0.0.1'] }
        return ensureCertificate(authority, {
          ...request,
          ...(subject.kind === 'server' ? server : {}),
        })
      },
      realNow,
      onExchange,
    ),
  }
}

/** The same object each time: calls over it then share a connection, and it goes with what is exchanged. */
function remembered(
  folder: string,
  find: (subject: Subject) => Promise<Certificates>,
  realNow: () => Instant,
  onExchange: OnExchange,
): Pick<HouseCertificates, 'of' | 'look'> {
  const known = new Map<string, Promise<Rotating>>()
  const seen = new Map<string, string>() // what was read last, so that a fault is told once
  const textOf = ({ ca, cert, key }: Certificates): string => [ca, cert, key].join('\n')
  return {
    of(subject) {
      const file = fileOf(subject)
      const found = known.get(file) ?? find(subject).then(rotating)
      known.set(file, found)
      return found
    },
    async look() {
      for (const [file, standing] of known) {
        const own = await standing
        const before = seen.get(file) ?? textOf(own)
        let text = before
        try {
          const read = readGiven(folder, file)
          text = textOf(read)
          if (text === before) continue
          own.take(read, realNow())
          onExchange(file, { fingerprint: fingerprintOf(new X509Certificate(read.cert).raw) })
        } catch (error) {
          if (text === before) text = String(error) // it could not even be read
          if (text !== before) onExchange(file, { error })
        }
        seen.set(file, text)
      }
    },
  }
}

function pathOf(subject: Subject): string {
  switch (subject.kind) {
    case 'server':
      return 'service/launcher'
    case 'service':
    case 'operator':
    case 'security':
    case 'auditor':
      return `${subject.kind}/${subject.name}`
    case 'agency':
      return `agency/${subject.code}/${subject.system ?? 'desk'}`
  }
}

/** The name of its files: `agency-<credit code>`, `service-delivery`, `operator-admin`. */
export function fileOf(subject: Subject): string {
  switch (subject.kind) {
    case 'server':
      return 'server'
    case 'service':
    case 'operator':
    case 'security':
    case 'auditor':
      return `${subject.kind}-${subject.name}`
    case 'agency':
      return `agency-${subject.code}${subject.system === undefined ? '' : `-${subject.system}`}`
  }
}

function readGiven(folder: string, file: string): Certificates {
  const read = (path: string): string => {
    if (!existsSync(path)) throw new OperatorError(`the certificate file ${path} is missing`)
    return readFileSync(path, 'utf8')
  }
  return {
    ca: read(join(folder, 'authority', 'ca.crt.pem')),
    cert: read(join(folder, `${file}.crt.pem`)),
    key: read(join(folder, `${file}.key.pem`)),
  }
}
