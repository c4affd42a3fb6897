import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureAuthority, ensureCertificate } from './authority.js'

const NOW = Date.parse('2026-09-28T10:00:00Z')
const DAY = 86_400_000
const SERVER = {
  uri: 'spiffe://huiqian.local/service/a',
  dns: ['localhost'],
  ips: ['127.0.0.1'],
  file: 'service-a',
}

let dir: string
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'huiqian-authority-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const files = (): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).map((each) =>
    join(each.parentPath, each.name),
  )

describe('an authority', () => {
  test('is made once, for ten years, and kept', async () => {
    const first = await ensureAuthority(dir, () => NOW)
    const again = await ensureAuthority(dir, () => NOW + DAY)
    expect(again.ca).toBe(first.ca)
    const certificate = new X509Certificate(first.ca)
    expect(certificate.ca).toBe(true)
    expect(Date.parse(certificate.validTo) - NOW).toBe(3650 * DAY)
  })
  test('is the same for many who ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => ensureAuthority(dir, () => NOW)))
    expect(new Set(all.map(({ ca }) => ca)).size).toBe(1)
    for (const { issuer } of all) expect(issuer.key).toBe(all[0]?.issuer.key)
  })
  test('keeps its files from everybody else', async () => {
    const authority = await ensureAuthority(join(dir, 'certificates'), () => NOW)
    await ensureCertificate(authority, SERVER)
    for (const file of files())
      expect([file, (statSync(file).mode & 0o777).toString(8)]).toEqual([
        file,
        statSync(file).isDirectory() ? '700' : '600',
      ])
    expect(files()).toHaveLength(6) // two folders, four files: nothing is left lying about
  })
})

describe('a certificate', () => {
  test('says what was asked for, is of its authority, and fits its key', async () => {
    const authority = await ensureAuthority(dir, () => NOW)
    const { cert, key, ca, files: paths } = await ensureCertificate(authority, SERVER)
    const certificate = new X509Certificate(cert)
    expect(certificate.subjectAltName).toBe(
      'URI:spiffe://huiqian.local/service/a, DNS:localhost, IP Address:127.0.0.1',
    )
    expect(certificate.ca).toBe(false)
    expect(certificate.verify(new X509Certificate(ca).publicKey)).toBe(true)
    expect(Date.parse(certificate.validTo) - NOW).toBe(365 * DAY)
    expect(Date.parse(certificate.validFrom)).toBeLessThan(NOW)
    expect([paths.ca, paths.cert, paths.key].map((file) => readFileSync(file, 'utf8'))).toEqual([
      ca,
      cert,
      key,
    ])
  })
  test('of a server may serve; that of a caller may not', async () => {
    const authority = await ensureAuthority(dir, () => NOW)
    const usage = async (request: typeof SERVER): Promise<string[]> =>
      new X509Certificate((await ensureCertificate(authority, request)).cert).keyUsage
    expect(await usage(SERVER)).toEqual(['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'])
    expect(await usage({ ...SERVER, dns: [], ips: [], file: 'caller' })).toEqual([
      '1.3.6.1.5.5.7.3.2',
    ])
  })
  test('is kept while it serves, and made anew when it does not', async () => {
    let now = NOW
    const authority = await ensureAuthority(dir, () => now)
    const certOf = async (more = {}): Promise<string> =>
      (await ensureCertificate(authority, { ...SERVER, ...more })).cert
    const first = await certOf()
    expect(await certOf()).toBe(first)
    now = NOW + 334 * DAY
    expect(await certOf()).toBe(first)
    now = NOW + 336 * DAY // fewer than thirty days are left
    const second = await certOf()
    expect(second).not.toBe(first)
    const third = await certOf({ uri: 'spiffe://huiqian.local/service/b' })
    expect(third).not.toBe(second)
    writeFileSync(join(dir, 'service-a.key.pem'), authority.issuer.key) // another's key
    expect(await certOf({ uri: 'spiffe://huiqian.local/service/b' })).not.toBe(third)
  })
  test('is not written outside its folder', async () => {
    const authority = await ensureAuthority(dir, () => NOW)
    await expect(ensureCertificate(authority, { ...SERVER, file: '../x' })).rejects.toThrow(
      'no name for',
    )
  })
})
