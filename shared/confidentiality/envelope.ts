// The bytes of something sealed, and what the seal covers: where it belongs. Moved to another place, it
// does not open. Pure.
//
//   1 byte   format, 1
//   1 byte   suite
//   n bytes  nonce, as long as the suite's
//   …        ciphertext and tag
import { suiteOfNumber, type SuiteKey } from './suites.js'

const FORMAT = 1
const HEADER_BYTES = 2

/** Where sealed bytes belong: what they are, then the names that find them. */
export type Place = readonly string[]

export function sealed(key: SuiteKey, place: Place, nonce: Uint8Array, plain: Uint8Array): Buffer {
  const header = Buffer.from([FORMAT, key.suite.number])
  return Buffer.concat([header, nonce, key.seal(nonce, cover(header, place), plain)])
}

/** Which suite it says it was sealed with; undefined: none that is known here. */
export const suiteOf = (bytes: Uint8Array) =>
  bytes[0] === FORMAT ? suiteOfNumber(bytes[1]) : undefined

/** The plain bytes; undefined where they are not what was sealed here, with this key. */
export function opened(key: SuiteKey, place: Place, bytes: Uint8Array): Buffer | undefined {
  if (suiteOf(bytes) !== key.suite) return undefined
  const from = HEADER_BYTES + key.suite.nonceBytes
  if (bytes.length < from) return undefined
  const covered = cover(bytes.subarray(0, HEADER_BYTES), place)
  return key.open(bytes.subarray(HEADER_BYTES, from), covered, bytes.subarray(from))
}

/** Each name with its length before it: no two places have the same cover. */
function cover(header: Uint8Array, place: Place): Buffer {
  const parts: Uint8Array[] = [Buffer.from('huiqian sealed\n'), header]
  for (const name of place) {
    const bytes = Buffer.from(name, 'utf8')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    parts.push(length, bytes)
  }
  return Buffer.concat(parts)
}
