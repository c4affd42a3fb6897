// Keys with which agencies sign their acts: the two ways of signing, what a public key looks like, and how it is named.
// Pure: the law, the services that verify and the client of whoever checks later read the same.
import { createHash } from 'node:crypto'

/** The two ways of signing: Ed25519 (RFC 8032, 64 bytes); SM2 with SM3 (GB/T 32918, DER, user id 1234567812345678). */
export const SIGNING_SUITES = ['ed25519', 'sm2'] as const
export type SigningSuite = (typeof SIGNING_SUITES)[number]

export const isSigningSuite = (name: string): name is SigningSuite =>
  (SIGNING_SUITES as readonly string[]).includes(name)

const FORM: Readonly<Record<SigningSuite, RegExp>> = {
  ed25519: /^[0-9a-f]{64}$/,
  sm2: /^04[0-9a-f]{128}$/,
}

/** Whether hex is written as a public key of this suite is: 32 bytes, or the 65 of an uncompressed point. */
export const isPublicKey = (suite: SigningSuite, publicKey: string): boolean =>
  FORM[suite].test(publicKey)

/** The name of a key: SHA-256 of `<suite>:<public key in hex>`, hex. */
export const keyIdOf = (suite: SigningSuite, publicKey: string): string =>
  createHash('sha256').update(`${suite}:${publicKey}`).digest('hex')

/** What the event of a signed act keeps of it. */
export type SignedBy = {
  readonly keyId: string
  /** SHA-256 of the kept form: statement, signature, key. */
  readonly digest: string
}
