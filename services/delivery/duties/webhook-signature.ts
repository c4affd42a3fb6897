// How a webhook proves where it comes from: HMAC-SHA-256 under the hook's secret over the timestamp, a
// full stop and the body, so that neither can be changed and an old one can be told (README has a vector).
import { createHmac } from 'node:crypto'

export const TIMESTAMP_HEADER = 'huiqian-timestamp'
export const SIGNATURE_HEADER = 'huiqian-signature'
export const NOTIFICATION_HEADER = 'huiqian-notification'

/** `v1=<hex>`. `timestamp`: seconds since 1970, UTC. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  const mac = createHmac('sha256', Buffer.from(secret, 'utf8'))
  return `v1=${mac.update(`${timestamp}.${body}`, 'utf8').digest('hex')}`
}
