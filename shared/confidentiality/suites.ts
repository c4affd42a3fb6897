// The ciphers that content is sealed with. A suite is named in what it sealed, and in what that seal covers,
// so that nothing can be read as if another suite had made it. Pure; the nonce is handed in.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto'

export type SuiteName = 'aes-256-gcm' | 'sm4-sm3'

/** A key of 32 bytes, ready for one suite. */
export type SuiteKey = {
  readonly suite: Suite
  /** Ciphertext and tag. `covered` is not stored and must be the same when it is opened. */
  seal(nonce: Uint8Array, covered: Uint8Array, plain: Uint8Array): Buffer
  /** The plain bytes; undefined where one bit of nonce, cover, ciphertext or tag is another. */
  open(nonce: Uint8Array, covered: Uint8Array, sealed: Uint8Array): Buffer | undefined
}

export type Suite = {
  readonly name: SuiteName
  /** Stands in everything it sealed; never given to another suite. */
  readonly number: number
  readonly nonceBytes: number
  readonly tagBytes: number
  key(secret: Uint8Array): SuiteKey
}

export const SECRET_BYTES = 32

const aes256gcm: Suite = {
  ...{ name: 'aes-256-gcm', number: 1, nonceBytes: 12, tagBytes: 16 },
  key: (secret) => ({
    suite: aes256gcm,
    seal(nonce, covered, plain) {
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(covered)
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(nonce, covered, sealed) {
      const at = sealed.length - aes256gcm.tagBytes
      if (at < 0) return undefined
      const cipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 })
      cipher.setAAD(covered).setAuthTag(sealed.subarray(at))
      try {
        return Buffer.concat([cipher.update(sealed.subarray(0, at)), cipher.final()])
      } catch {
        return undefined // the tag is another: Node says it by throwing
      }
    },
  }),
}

// OpenSSL 3.0 has SM4 in counter mode and SM3, but neither GCM nor CCM of SM4 (hazards C3): encrypt, then MAC,
// with two keys derived from the one.
const sm4sm3: Suite = {
  ...{ name: 'sm4-sm3', number: 2, nonceBytes: 16, tagBytes: 32 },
  key(secret) {
    const derived = Buffer.from(hkdfSync('sm3', secret, '', 'huiqian sm4-ctr hmac-sm3', 48))
    const [encrypting, authenticating] = [derived.subarray(0, 16), derived.subarray(16)]
    const tagOf = (nonce: Uint8Array, covered: Uint8Array, ciphertext: Uint8Array): Buffer =>
      createHmac('sm3', authenticating)
        .update(lengthOf(covered))
        .update(covered)
        .update(nonce)
        .update(ciphertext)
        .digest()
    return {
      suite: sm4sm3,
      seal(nonce, covered, plain) {
        const cipher = createCipheriv('sm4-ctr', encrypting, nonce)
        const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
        return Buffer.concat([ciphertext, tagOf(nonce, covered, ciphertext)])
      },
      open(nonce, covered, sealed) {
        const at = sealed.length - sm4sm3.tagBytes
        if (at < 0) return undefined
        const ciphertext = sealed.subarray(0, at)
        if (!timingSafeEqual(tagOf(nonce, covered, ciphertext), sealed.subarray(at)))
          return undefined
        const cipher = createDecipheriv('sm4-ctr', encrypting, nonce)
        return Buffer.concat([cipher.update(ciphertext), cipher.final()])
      },
    }
  },
}

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return length
}

export const SUITES: Readonly<Record<SuiteName, Suite>> = {
  'aes-256-gcm': aes256gcm,
  'sm4-sm3': sm4sm3,
}
export const SUITE_NAMES = Object.keys(SUITES) as readonly SuiteName[]

export const suiteOfNumber = (number: number | undefined): Suite | undefined =>
  Object.values(SUITES).find((suite) => suite.number === number)
