// The development authority: certificates for a house that has no other. It keeps its files in a
// folder of its own (0700, files 0600), makes what is missing and keeps what still serves. A house
// in earnest gets its certificates from its operator's authority and never calls this.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../identity/identity.js'
import { issueAuthority, issueLeaf, type Issued, type LeafRequest } from './issue-certificate.js'
import type { Certificates } from './peers.js'

const RENEW_BEFORE_MS = 30 * 86_400_000

/** What the development authority calls its house, where nothing else is configured. */
export const DEVELOPMENT_TRUST_DOMAIN = 'huiqian.local'

export type Authority = {
  readonly dir: string
  /** The authority's certificate: what everybody trusts. */
  readonly ca: string
  /** Real time; certificates are never valid by the house's clock. */
  readonly now: () => Instant
  readonly issuer: Issued
}

/** A certificate on disk: PEM texts, and where they lie. */
export type StoredCertificates = Certificates & {
  readonly files: { readonly ca: string; readonly cert: string; readonly key: string }
}

/** The authority in a folder, made there if there is none. `now` is real time. Two processes at once get the same one. */
export async function ensureAuthority(dir: string, now: () => Instant): Promise<Authority> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  chmodSync(dir, 0o700)
  const room = join(dir, 'authority')
  if (!existsSync(room)) {
    const made = mkdtempSync(join(dir, '.authority-'))
    const issued = await issueAuthority('Huiqian development authority', now())
    write(join(made, 'ca.crt.pem'), issued.cert)
    write(join(made, 'ca.key.pem'), issued.key)
    try {
      renameSync(made, room) // certificate and key appear together, or not at all
    } catch (error) {
      rmSync(made, { recursive: true, force: true })
      if (!existsSync(room)) throw error
    }
  }
  const cert = readFileSync(join(room, 'ca.crt.pem'), 'utf8')
  const key = readFileSync(join(room, 'ca.key.pem'), 'utf8')
  return { dir, ca: cert, now, issuer: { cert, key } }
}

/** The certificate kept as `<file>.crt.pem` and `<file>.key.pem`; made anew where it is missing, says something else, or ends within 30 days. */
export async function ensureCertificate(
  authority: Authority,
  request: LeafRequest & { readonly file: string },
): Promise<StoredCertificates> {
  const { dir, ca } = authority
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(request.file))
    throw new Error(`${request.file} is no name for a certificate's file`)
  const files = {
    ca: join(dir, 'authority', 'ca.crt.pem'),
    cert: join(dir, `${request.file}.crt.pem`),
    key: join(dir, `${request.file}.key.pem`),
  }
  const kept = existsSync(files.cert) && existsSync(files.key) ? readPair(files) : undefined
  if (kept && stillServes(kept, request, authority)) return { ca, ...kept, files }
  const issued = await issueLeaf(authority.issuer, request, authority.now())
  write(files.key, issued.key)
  write(files.cert, issued.cert)
  return { ca, ...issued, files }
}

const readPair = (files: { cert: string; key: string }): Issued => ({
  cert: readFileSync(files.cert, 'utf8'),
  key: readFileSync(files.key, 'utf8'),
})

function stillServes({ cert, key }: Issued, request: LeafRequest, authority: Authority): boolean {
  const certificate = new X509Certificate(cert)
  const names = (certificate.subjectAltName ?? '').split(', ')
  const wanted = [
    `URI:${request.uri}`,
    ...(request.dns ?? []).map((name) => `DNS:${name}`),
    ...(request.ips ?? []).map((ip) => `IP Address:${ip}`),
  ]
  return (
    names.length === wanted.length &&
    wanted.every((name) => names.includes(name)) &&
    certificate.verify(new X509Certificate(authority.ca).publicKey) &&
    certificate.checkPrivateKey(createPrivateKey(key)) &&
    Date.parse(certificate.validTo) - authority.now() > RENEW_BEFORE_MS
  )
}

function write(file: string, text: string): void {
  const draft = `${file}.new`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, file)
}
