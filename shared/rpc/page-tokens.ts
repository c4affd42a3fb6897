// Page tokens: where a listing goes on, signed, so that nobody can make one up or carry one over to
// another listing. A token holds the key of the last row, never an offset.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../refusal/refusal.js'

const SIGNATURE_BYTES = 16
const TOKEN_CHARACTERS_MAX = 1024

/** The values of the ordering columns of the last row told. */
export type Position = readonly (string | number)[]

export type PageTokens = {
  /** `scope` is the listing: the call, who makes it, and every filter. */
  encode(scope: string, position: Position): string
  /** Undefined for the first page (an empty token). */
  decode(scope: string, token: string): Position | undefined
}

/** Tokens under a secret of the service (at least 16 bytes). */
export function pageTokens(secret: Uint8Array): PageTokens {
  if (secret.length < 16) throw new Error('the secret of page tokens has at least 16 bytes')
  const sign = (scope: string, body: string): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([scope, body]))
      .digest()
      .subarray(0, SIGNATURE_BYTES)
  return {
    encode(scope, position) {
      const body = JSON.stringify(position)
      return Buffer.concat([sign(scope, body), Buffer.from(body)]).toString('base64url')
    },
    decode(scope, token) {
      if (token === '') return undefined
      const refused = new Refusal('malformed', 'PAGE_TOKEN', 'house/pages', { field: 'page_token' })
      if (token.length > TOKEN_CHARACTERS_MAX) throw refused
      const bytes = Buffer.from(token, 'base64url')
      const body = bytes.subarray(SIGNATURE_BYTES).toString()
      const signature = bytes.subarray(0, SIGNATURE_BYTES)
      if (signature.length !== SIGNATURE_BYTES) throw refused
      if (!timingSafeEqual(signature, sign(scope, body))) throw refused
      // One token has one spelling: base64url would pass over stray characters.
      if (bytes.toString('base64url') !== token) throw refused
      return JSON.parse(body) as Position // signed by us: it is what encode wrote
    },
  }
}
