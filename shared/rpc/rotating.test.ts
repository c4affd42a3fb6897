// Certificates are exchanged while calls run: none is dropped, and new connections have the new ones.
import { X509Certificate } from 'node:crypto'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../clock/system-clock.js'
import { callerLine } from '../identity/identity.js'
import { ensureCertificate, type StoredCertificates } from './authority.js'
import { rotating } from './rotating.js'
import { DOMAIN, openTestHouse, words, type Doing, type TestHouse } from './server.fixture.js'

let house: TestHouse
let next: StoredCertificates
beforeAll(async () => {
  house = await openTestHouse()
  const uri = `spiffe://${DOMAIN}/service/delivery`
  next = await ensureCertificate(house.authority, { uri, dns: ['localhost'], file: 'next' })
})
afterAll(() => house.close())

const serial = (pem: string): string => new X509Certificate(pem).serialNumber

/** The serial number of the certificate that whoever connects now is shown. */
const shownAt = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const [host = '', port = ''] = address.split(':')
    const { cert, key } = house.agency
    const own = { ca: house.authority.ca, cert, key, servername: 'localhost' }
    const socket = connectTls({ host, port: Number(port), ALPNProtocols: ['h2'], ...own }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', reject)
  })

describe('the certificate of a server', () => {
  test('is exchanged without dropping a call; who connects from then on sees the new one', async () => {
    let go = (): void => {}
    const held = new Promise<void>((resolve) => (go = resolve))
    const doing: Doing = {
      async say(request) {
        await held
        return request
      },
      async *watch(request) {
        yield request
        await held
        yield words('after')
      },
    }
    const own = rotating(house.service)
    const running = await house.serve(doing, { certificates: own })
    const calls = house.call(running)
    const call = calls.say(words('before'))
    const stream = calls.watch(words('before'))[Symbol.asyncIterator]()
    await stream.next()
    expect(await shownAt(running.address)).toBe(serial(house.service.cert))

    own.take(next, systemClock.now())
    expect(await shownAt(running.address)).toBe(serial(next.cert))
    go()
    expect((await call).message).toBe('before')
    expect(await stream.next()).toMatchObject({ value: { message: 'after' } })
    expect((await calls.say(words('again'))).message).toBe('again')
    expect((await house.call(running).say(words('new'))).message).toBe('new')
  })

  test('that does not fit its key, has run out, or cannot be read is not taken: the old one stays', async () => {
    const own = rotating(house.service)
    const running = await house.serve({}, { certificates: own })
    const now = systemClock.now()
    const refused = (cert: string, key: string, at = now) =>
      expect(() => own.take({ ca: house.authority.ca, cert, key }, at))
    refused(next.cert, house.service.key).toThrow('the certificate is not of this key')
    refused(next.cert, next.key, now + 3_650 * 86_400_000).toThrow('not valid now')
    refused(next.cert.slice(0, 200), next.key).toThrow('cannot be read')
    expect(await shownAt(running.address)).toBe(serial(house.service.cert))
  })
})

test('the certificate of a caller is exchanged: calls go on, and the next connection is the new one’s', async () => {
  const who: Doing = { say: (_, { caller }) => Promise.resolve(words(callerLine(caller))) }
  const own = rotating(house.agency)
  const first = await house.serve(who)
  const calls = house.call(first, own as unknown as StoredCertificates)
  expect((await calls.say(words(''))).message).toMatch(/^agency\//)
  own.take({ ...next, ca: house.authority.ca }, systemClock.now())
  expect((await calls.say(words(''))).message).toMatch(/^agency\//) // on the connection that is open
  const second = await house.serve(who)
  const anew = house.call(second, own as unknown as StoredCertificates)
  expect((await anew.say(words(''))).message).toBe('service/delivery')
})
