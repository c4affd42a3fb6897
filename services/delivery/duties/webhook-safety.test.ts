import { describe, expect, test } from 'vitest'
import { certificatesForServers, webhookServer } from '../notification-servers.fixture.js'
import { isPublicAddress } from './public-address.js'
import { sendWebhook } from './send-webhook.js'
import { signatureOf } from './webhook-signature.js'

describe('an address', () => {
  test.each([
    ...['8.8.8.8', '114.114.114.114', '223.5.5.5', '172.15.0.1', '172.32.0.1', '192.167.1.1'],
    ...['2400:3200::1', '2001:4860:4860::8888'],
  ])('%s is of the world', (address) => expect(isPublicAddress(address)).toBe(true))

  test.each([
    ...['127.0.0.1', '127.255.255.255', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '0.0.0.0', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['192.0.2.1', '203.0.113.9', '::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1'],
    ...['2001::1', '3fff::1', 'fec0::1', '::127.0.0.1', 'localhost', '', '127.1', '0x7f000001'],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))
})

test('the signature is that of the README', () => {
  const body = '{"kind":"reminder"}'
  expect(signatureOf('0123456789abcdef0123456789abcdef', 1_790_000_000, body)).toBe(
    'v1=2c09b105cd29bbb2a4f46e89490491cb85056f77703895db1c98f6993aa7d708',
  )
})

describe('what is connected to', () => {
  test.each([
    ['a name that means this machine', (port: number) => `https://localhost:${port}/`],
    ['this machine itself', (port: number) => `https://127.0.0.1:${port}/`],
    ['this machine in other figures', (port: number) => `https://2130706433:${port}/`],
  ])('is never %s, unless the configuration lets it', async (_, urlOf) => {
    const certificates = await certificatesForServers()
    const server = await webhookServer(certificates)
    let connections = 0
    server.onConnection(() => connections++)
    const { signal } = new AbortController()
    const sending = { notificationId: 'n', body: '{}', secret: 's', now: 0, signal }
    const options = { ca: certificates.ca, timeoutMs: 5_000 }
    const url = urlOf(server.port)
    expect(await sendWebhook(url, sending, { ...options, allowPrivate: false })).toBe(
      'address-refused',
    )
    expect(connections).toBe(0)
    expect(await sendWebhook(url, sending, { ...options, allowPrivate: true })).toBe('')
    expect(connections).toBe(1)
    await server.close()
    certificates.remove()
  })

  test('is nothing where nobody listens, or the name is nobody’s', async () => {
    const { signal } = new AbortController()
    const sending = { notificationId: 'n', body: '{}', secret: 's', now: 0, signal }
    const options = { ca: undefined, timeoutMs: 5_000, allowPrivate: true }
    expect(await sendWebhook('https://127.0.0.1:1/', sending, options)).toBe('refused')
    expect(await sendWebhook('https://nobody.invalid/', sending, options)).toBe('unresolved')
  })
})
