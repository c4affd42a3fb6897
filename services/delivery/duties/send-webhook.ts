// Sends one notification to a webhook: https only, to an address that was looked at, without following
// anything, in bounded time, and with as good as nothing read of the answer.
import { lookup as resolve } from 'node:dns'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { rootCertificates } from 'node:tls'
import type { Sending } from './send.js'
import { isPublicAddress } from './public-address.js'
import {
  NOTIFICATION_HEADER,
  SIGNATURE_HEADER,
  signatureOf,
  TIMESTAMP_HEADER,
} from './webhook-signature.js'

const ANSWER_BYTES_MAX = 16 * 1024

export type WebhookOptions = {
  /** Whether loopback and private addresses may be sent to. */
  readonly allowPrivate: boolean
  /** Further authorities, PEM; undefined: the usual ones only. */
  readonly ca: string | undefined
  /** For all of it: finding, connecting, sending, the answer. */
  readonly timeoutMs: number
}

/** Sends, and gives the word of the failure; '' where it was taken. Never rejects. */
export function sendWebhook(
  url: string,
  { notificationId, body, secret, now, signal }: Sending,
  { allowPrivate, ca, timeoutMs }: WebhookOptions,
): Promise<string> {
  const target = new URL(url)
  const host = target.hostname.replace(/^\[|\]$/g, '') // of a literal IPv6 address
  if (isIP(host) !== 0 && !allowPrivate && !isPublicAddress(host))
    return Promise.resolve('address-refused')
  const timestamp = Math.floor(now / 1000)
  return new Promise((end) => {
    const bytes = Buffer.from(body, 'utf8')
    const sent = request(target, {
      method: 'POST',
      agent: false,
      lookup: checkedLookup(allowPrivate),
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      headers: {
        'content-type': 'application/json',
        'content-length': bytes.length,
        'user-agent': 'Huiqian',
        [NOTIFICATION_HEADER]: notificationId,
        [TIMESTAMP_HEADER]: String(timestamp),
        [SIGNATURE_HEADER]: signatureOf(secret, timestamp, body),
      },
    })
    const finish = (word: string): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stopped)
      sent.destroy()
      end(word)
    }
    const stopped = (): void => finish('stopped')
    const timer = setTimeout(() => finish('timeout'), timeoutMs)
    signal.addEventListener('abort', stopped, { once: true })
    if (signal.aborted) return stopped()
    sent.on('error', (error: NodeJS.ErrnoException) => finish(wordOf(error)))
    sent.on('response', (answer) => {
      const { statusCode = 0 } = answer
      if (statusCode < 200 || statusCode > 299)
        return finish(`status-${Math.floor(statusCode / 100)}xx`) // a redirect, too
      let read = 0
      answer.on('data', (chunk: Buffer) => (read += chunk.length) > ANSWER_BYTES_MAX && finish(''))
      answer.on('end', () => finish(''))
      answer.on('error', () => finish('')) // it was taken: the status said so
    })
    sent.end(bytes)
  })
}

/** Looks a name up and gives only addresses that may be sent to: what is connected to is what was looked at. */
const checkedLookup =
  (allowPrivate: boolean): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '')
      const allowed = addresses.filter(({ address }) => allowPrivate || isPublicAddress(address))
      const [first] = allowed
      // One private address among public ones is refused, too: a name that says both means no good.
      if (first === undefined || allowed.length < addresses.length)
        return done(Object.assign(new Error('address refused'), { code: 'ADDRESS_REFUSED' }), '')
      if (options.all === true) return done(null, allowed)
      done(null, first.address, first.family)
    })
  }

function wordOf({ code = '' }: NodeJS.ErrnoException): string {
  if (code === 'ADDRESS_REFUSED') return 'address-refused'
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unresolved'
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO)/.test(code)) return 'tls'
  return 'connection'
}
