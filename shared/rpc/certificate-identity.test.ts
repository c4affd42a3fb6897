// The table of certificates: what each says, and who that is. The golden part of the room: a row that
// changes its right side is a change of who may come in.
import { webcrypto } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { callerLine } from '../identity/identity.js'
import { identityOfCertificate } from './certificate-identity.js'
import {
  BasicConstraintsExtension,
  Extension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from './x509.js'

const DOMAIN = 'huiqian.local'
const CODE = '11441800MB2C12346B'
const AGENCY = `spiffe://${DOMAIN}/agency/${CODE}/registry`
const SERVICE = `spiffe://${DOMAIN}/service/delivery`

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
let keys: webcrypto.CryptoKeyPair
beforeAll(async () => {
  keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
})

async function certificate(extensions: Extension[], name = 'CN=test'): Promise<Uint8Array> {
  const made = await X509CertificateGenerator.createSelfSigned(
    { name, keys, signingAlgorithm: ALGORITHM, extensions },
    webcrypto,
  )
  return new Uint8Array(made.rawData)
}
const uri = (value: string) => ({ type: 'url' as const, value })
const san = (...names: (string | { type: string; value: string })[]): Extension =>
  new SubjectAlternativeNameExtension(
    names.map((name) => (typeof name === 'string' ? uri(name) : name)),
  )

/** Extensions, subject where it matters, and the identity (or why there is none). */
const TABLE: [string, () => Extension[], string, subject?: string][] = [
  // who may come in
  ['an agency', () => [san(AGENCY)], `agency/${CODE}/registry`],
  [
    'an agency with another system',
    () => [san(AGENCY.replace('registry', 'oa-2.test_1'))],
    `agency/${CODE}/oa-2.test_1`,
  ],
  ['a service', () => [san(SERVICE)], 'service/delivery'],
  [
    'a service that is a TLS server, too',
    () => [san(SERVICE, { type: 'dns', value: 'localhost' }, { type: 'ip', value: '127.0.0.1' })],
    'service/delivery',
  ],
  ['an operator', () => [san(`spiffe://${DOMAIN}/operator/zhang.wei`)], 'operator/zhang.wei'],
  [
    'an auditor',
    () => [san(`spiffe://${DOMAIN}/auditor/provincial-office`)],
    'auditor/provincial-office',
  ],
  ['a name of one character', () => [san(`spiffe://${DOMAIN}/service/a`)], 'service/a'],
  [
    'a name of 64 characters',
    () => [san(`spiffe://${DOMAIN}/service/${'a'.repeat(64)}`)],
    `service/${'a'.repeat(64)}`,
  ],
  [
    'an e-mail address beside the URI',
    () => [san(SERVICE, { type: 'email', value: 'a@b.cn' })],
    'service/delivery',
  ],
  [
    'a common name that claims another',
    () => [san(AGENCY)],
    `agency/${CODE}/registry`,
    `CN=spiffe://${DOMAIN}/service/coordination`,
  ],
  // how many URIs
  ['no SAN, the URI as common name', () => [], 'no-uri-san', `CN=${SERVICE}`],
  ['no URI, only names', () => [san({ type: 'dns', value: 'localhost' })], 'no-uri-san'],
  ['the URI as a DNS name', () => [san({ type: 'dns', value: SERVICE })], 'no-uri-san'],
  ['the URI as an e-mail address', () => [san({ type: 'email', value: SERVICE })], 'no-uri-san'],
  ['two URIs', () => [san(AGENCY, SERVICE)], 'several-uri-sans'],
  ['the same URI twice', () => [san(AGENCY, AGENCY)], 'several-uri-sans'],
  [
    'a URI of ours and one of the web',
    () => [san(AGENCY, 'https://example.cn/')],
    'several-uri-sans',
  ],
  ['two SAN extensions', () => [san(AGENCY), san(SERVICE)], 'san-extension-repeated'],
  [
    'two SAN extensions, one without URI',
    () => [san(AGENCY), san({ type: 'dns', value: 'x' })],
    'san-extension-repeated',
  ],
  [
    'a SAN extension that cannot be read',
    () => [new Extension('2.5.29.17', false, new Uint8Array([0x30, 0x05, 0x86]))],
    'unreadable',
  ],
  // which authority
  [
    'another trust domain',
    () => [san(`spiffe://other.local/service/delivery`)],
    'other-trust-domain',
  ],
  [
    'a domain that begins like ours',
    () => [san(`spiffe://${DOMAIN}.evil.cn/service/delivery`)],
    'other-trust-domain',
  ],
  [
    'a domain that ends like ours',
    () => [san(`spiffe://evil.${DOMAIN}/service/delivery`)],
    'other-trust-domain',
  ],
  [
    'our domain in capitals',
    () => [san(SERVICE.replace('huiqian', 'HUIQIAN'))],
    'other-trust-domain',
  ],
  [
    'our domain with a port',
    () => [san(SERVICE.replace(DOMAIN, `${DOMAIN}:443`))],
    'other-trust-domain',
  ],
  [
    'our domain after a user',
    () => [san(SERVICE.replace(DOMAIN, `x@${DOMAIN}`))],
    'other-trust-domain',
  ],
  [
    'our domain with a NUL',
    () => [san(SERVICE.replace(DOMAIN, `${DOMAIN}\0`))],
    'other-trust-domain',
  ],
  ['no domain', () => [san('spiffe:///service/delivery')], 'other-trust-domain'],
  // which scheme
  ['https', () => [san(SERVICE.replace('spiffe', 'https'))], 'not-a-spiffe-uri'],
  ['SPIFFE in capitals', () => [san(SERVICE.replace('spiffe', 'SPIFFE'))], 'not-a-spiffe-uri'],
  ['a space before', () => [san(` ${SERVICE}`)], 'not-a-spiffe-uri'],
  ['an empty URI', () => [san('')], 'not-a-spiffe-uri'],
  // which path
  ['no path', () => [san(`spiffe://${DOMAIN}`)], 'path'],
  ['an unknown kind', () => [san(`spiffe://${DOMAIN}/admin/root`)], 'path'],
  ['a kind in capitals', () => [san(`spiffe://${DOMAIN}/Service/delivery`)], 'path'],
  ['a service without name', () => [san(`spiffe://${DOMAIN}/service`)], 'path'],
  ['a service with an empty name', () => [san(`spiffe://${DOMAIN}/service/`)], 'path'],
  ['a slash at the end', () => [san(`${SERVICE}/`)], 'path'],
  ['a segment too many', () => [san(`${SERVICE}/x`)], 'path'],
  ['two slashes', () => [san(`spiffe://${DOMAIN}//service/delivery`)], 'path'],
  ['dots for a name', () => [san(`spiffe://${DOMAIN}/service/..`)], 'path'],
  ['a way up', () => [san(`spiffe://${DOMAIN}/agency/../service/delivery`)], 'path'],
  ['percent for a letter', () => [san(`spiffe://${DOMAIN}/service/%64elivery`)], 'path'],
  ['percent for a slash', () => [san(`spiffe://${DOMAIN}/service%2Fdelivery`)], 'path'],
  ['a query', () => [san(`${SERVICE}?as=coordination`)], 'path'],
  ['a fragment', () => [san(`${SERVICE}#x`)], 'path'],
  ['a line feed at the end', () => [san(`${SERVICE}\n`)], 'path'],
  ['a NUL at the end', () => [san(`${SERVICE}\0`)], 'path'],
  ['a name of 65 characters', () => [san(`spiffe://${DOMAIN}/service/${'a'.repeat(65)}`)], 'path'],
  ['an agency without system', () => [san(`spiffe://${DOMAIN}/agency/${CODE}`)], 'path'],
  ['an agency with an empty system', () => [san(`spiffe://${DOMAIN}/agency/${CODE}/`)], 'path'],
  [
    'a wrong check character',
    () => [san(AGENCY.replace(CODE, '11441800MB2C12346A'))],
    'credit-code',
  ],
  [
    'a credit code in small letters',
    () => [san(AGENCY.replace(CODE, CODE.toLowerCase()))],
    'credit-code',
  ],
  [
    'a credit code that is too short',
    () => [san(AGENCY.replace(CODE, CODE.slice(1)))],
    'credit-code',
  ],
  // what else it must not be
  [
    'a certificate of an authority',
    () => [san(SERVICE), new BasicConstraintsExtension(true, 0, true)],
    'is-an-authority',
  ],
]

describe('the table of certificates', () => {
  test.each(TABLE)('%s', async (_, extensions, expected, subject) => {
    const identity = identityOfCertificate(await certificate(extensions(), subject), DOMAIN)
    expect('fault' in identity ? identity.fault : callerLine(identity.caller)).toBe(expected)
  })
  test('has at least forty rows, of both outcomes, none twice', () => {
    expect(TABLE.length).toBeGreaterThanOrEqual(40)
    expect(new Set(TABLE.map(([title]) => title)).size).toBe(TABLE.length)
    expect(TABLE.filter(([, , expected]) => expected.includes('/')).length).toBeGreaterThanOrEqual(
      10,
    )
  })
  test.each([[new Uint8Array()], [new Uint8Array([0x30])], [Buffer.from('not a certificate')]])(
    'bytes that are no certificate say nothing',
    (bytes) => expect(identityOfCertificate(bytes, DOMAIN)).toEqual({ fault: 'unreadable' }),
  )
})
