// Through a front door: its caller is whoever it shows, verified here; nobody else's showing counts.
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnedClock } from '../clock/turned-clock.js'
import { systemClock } from '../clock/system-clock.js'
import { callerLine } from '../identity/identity.js'
import { ensureAuthority, ensureCertificate, type StoredCertificates } from './authority.js'
import { fingerprintOf } from './callers.js'
import { SHOWN_CERTIFICATE } from './forwarded.js'
import {
  DOMAIN,
  drained,
  failureOf,
  HEALTH_BUREAU,
  openTestHouse,
  words,
  type Doing,
  type TestHouse,
} from './server.fixture.js'

const DAY = 86_400_000
const AGENCY = `agency/${HEALTH_BUREAU}/registry`
const whoAmI: Doing = { say: (_, { caller }) => Promise.resolve(words(callerLine(caller))) }
const showing = (...pems: string[]) => ({
  metadata: { [SHOWN_CERTIFICATE]: encodeURIComponent(pems.join('')) },
})
const fingerprint = (pem: string): string => fingerprintOf(new X509Certificate(pem).raw)

let house: TestHouse
let door: StoredCertificates
let other: StoredCertificates
beforeAll(async () => {
  house = await openTestHouse()
  const uri = `spiffe://${DOMAIN}/service/front-door`
  door = await ensureCertificate(house.authority, { uri, file: 'front-door' })
  const gateway = `spiffe://${DOMAIN}/agency/${HEALTH_BUREAU}/gateway`
  other = await ensureCertificate(house.authority, { uri: gateway, file: 'gateway' })
})
afterAll(() => house.close())

describe('a certificate that a front door shows', () => {
  test('is the caller’s, call by call on one connection', async () => {
    const calls = house.call(await house.serve(whoAmI), door)
    const gateway = showing(other.cert)
    expect((await calls.say(words(''), showing(house.agency.cert))).message).toBe(AGENCY)
    expect((await calls.say(words(''), gateway)).message).toBe(`agency/${HEALTH_BUREAU}/gateway`)
    expect((await calls.say(words(''), showing(house.agency.cert))).message).toBe(AGENCY)
  })

  test('counts from nobody else: an agency or another service stays who it is', async () => {
    const running = await house.serve(whoAmI)
    const shown = showing(house.service.cert)
    expect((await house.call(running).say(words(''), shown)).message).toBe(AGENCY)
    const service = house.call(running, house.service)
    expect((await service.say(words(''), showing(house.agency.cert))).message).toBe(
      'service/delivery',
    )
  })

  test.each(['service/delivery', 'operator/admin', 'security/first', 'auditor/one'])(
    'is an agency’s and no other: %s comes itself, for a certificate is public',
    async (path) => {
      const uri = `spiffe://${DOMAIN}/${path}`
      const file = path.replace('/', '-')
      const { cert } = await ensureCertificate(house.authority, { uri, file })
      const everybody: Doing = {
        ...whoAmI,
        roles: ['agency', 'operator', 'security', 'auditor', 'service/delivery'],
      }
      const calls = house.call(await house.serve(everybody), door)
      expect((await failureOf(calls.say(words(''), showing(cert)))).params['why']).toBe(
        'no-certificate',
      )
    },
  )

  test('is missing: the door speaks for itself, and has no work', async () => {
    const calls = house.call(await house.serve(whoAmI), door)
    expect(await failureOf(calls.say(words('')))).toMatchObject({ reason: 'CALL_NOT_PERMITTED' })
  })

  test('of another authority, or an authority’s own, speaks for nobody', async () => {
    const calls = house.call(await house.serve(whoAmI), door)
    const elsewhere = await ensureAuthority(join(house.authority.dir, 'elsewhere'), systemClock.now)
    const uri = `spiffe://${DOMAIN}/${AGENCY}`
    const forged = await ensureCertificate(elsewhere, { uri, file: 'forged' })
    const of = async (pem: string) => failureOf(calls.say(words(''), showing(pem)))
    expect((await of(forged.cert)).params['why']).toBe('no-certificate')
    expect((await of(house.authority.ca)).status).toBe('UNAUTHENTICATED')
  })

  test.each([
    ['none', 'nothing'],
    [
      'cut short',
      encodeURIComponent('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'),
    ],
    ['broken in its encoding', '%E4%'],
    ['too long', 'A'.repeat(20_000)],
  ])('that is %s is not read', async (_, text) => {
    const calls = house.call(await house.serve(whoAmI), door)
    const failure = await failureOf(
      calls.say(words(''), { metadata: { [SHOWN_CERTIFICATE]: text } }),
    )
    expect(failure).toMatchObject({ status: 'UNAUTHENTICATED', params: { why: 'unreadable' } })
  })

  test('that is two is not read: nobody guesses which one counts', async () => {
    const calls = house.call(await house.serve(whoAmI), door)
    const both = showing(house.agency.cert, house.service.cert)
    expect((await failureOf(calls.say(words(''), both))).params['why']).toBe('unreadable')
  })

  test('that is revoked or has run out is refused at every call; its streams are cut off', async () => {
    const revoked = new Set<string>()
    const realClock = turnedClock(systemClock.now())
    const identity = { trustDomain: DOMAIN, revoked: (one: string) => revoked.has(one) }
    const watched: Doing = {
      ...whoAmI,
      async *watch(request, { signal }) {
        yield await Promise.resolve(request)
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    }
    const limits = { recheckMs: 10 }
    const calls = house.call(await house.serve(watched, { identity, realClock, limits }), door)
    const shown = showing(house.agency.cert)
    await calls.say(words(''), shown)
    const stream = drained(calls.watch(words('first'), shown))
    revoked.add(fingerprint(house.agency.cert))
    expect((await failureOf(calls.say(words(''), shown))).params['why']).toBe('revoked')
    expect((await stream).failure?.status).toBe('UNAUTHENTICATED')
    const second = showing(other.cert)
    await calls.say(words(''), second)
    realClock.turnTo(systemClock.now() + 366 * DAY)
    expect((await failureOf(calls.say(words(''), second))).params['why']).toBe('expired')
  })

  test('counts no more when the door’s own certificate is revoked, on open streams too', async () => {
    const revoked = new Set<string>()
    const identity = { trustDomain: DOMAIN, revoked: (one: string) => revoked.has(one) }
    const calls = house.call(await house.serve(whoAmI, { identity }), door)
    const shown = showing(house.agency.cert)
    await calls.say(words(''), shown)
    revoked.add(fingerprint(door.cert))
    expect((await failureOf(calls.say(words(''), shown))).params['why']).toBe('revoked')
  })
})
