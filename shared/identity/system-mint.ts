// The mint of a running house: the operating system's randomness.
import { randomBytes } from 'node:crypto'
import { mintFrom, type Mint } from './identity.js'

const POOL_BYTES = 4096 // one system call serves many ids

/** Random bytes from the system, drawn in pools. */
export function systemMint(): Mint {
  let pool = randomBytes(POOL_BYTES)
  let used = 0
  return mintFrom((length) => {
    if (length > POOL_BYTES) return new Uint8Array(randomBytes(length))
    if (used + length > POOL_BYTES) {
      pool = randomBytes(POOL_BYTES)
      used = 0
    }
    return new Uint8Array(pool.subarray(used, (used += length)))
  })
}
