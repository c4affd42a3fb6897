// What a signing key must look like, and how it is named. Pure.
import { createHash } from 'node:crypto'
import { faultOfCreditCode } from '../../../shared/identity/credit-code.js'
import { Refusal } from '../../../shared/refusal/refusal.js'

export const SIGNING_SUITES = ['ed25519', 'sm2'] as const
export type SigningSuite = (typeof SIGNING_SUITES)[number]

const FORM: Readonly<Record<SigningSuite, RegExp>> = {
  ed25519: /^[0-9a-f]{64}$/,
  sm2: /^04[0-9a-f]{128}$/,
}

/** The name of a key: SHA-256 of `<suite>:<public key in hex>`, hex. */
export const keyIdOf = (suite: SigningSuite, publicKey: string): string =>
  createHash('sha256').update(`${suite}:${publicKey}`).digest('hex')

export const creditCodeFault = (code: string): boolean => faultOfCreditCode(code) !== undefined

export function mustBePublicKey(suite: SigningSuite, publicKey: string): void {
  if (FORM[suite].test(publicKey)) return
  throw new Refusal('malformed', 'FIELD_VALUE', 'house/signing-keys', {
    field: 'public_key',
    value: publicKey.slice(0, 80),
    why_zh: 'Ed25519 为 32 字节，SM2 为 65 字节的未压缩点（04 开头）',
    why_en: 'it is 32 bytes for Ed25519, and for SM2 the 65 bytes of the uncompressed point (04…)',
  })
}
