// Checkpoints (c2sp.org/tlog-checkpoint): which log, how many leaves, which root; and what a witness signs of one
// (c2sp.org/tlog-cosignature). Pure.
import { HASH_BYTES } from './hashing.js'
import { fromBase64, isKeyName, type NoteSignature } from './note.js'

export type Checkpoint = {
  /** Which log: a name like an address, without a space. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** The text of the note, without further lines: they are not recommended, and we write none. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new Error('the origin of a log has no space and no plus')
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('the size of a log is a number')
  if (root.length !== HASH_BYTES) throw new Error(`a root has ${HASH_BYTES} bytes`)
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

const DECIMAL = /^(0|[1-9][0-9]{0,15})$/

/** The checkpoint in the text of a note; undefined where it is none. Lines that follow are covered by the signature and not ours. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (!text.endsWith('\n')) return undefined
  const lines = text.slice(0, -1).split('\n')
  const [origin = '', size = '', encoded = ''] = lines
  const root = fromBase64(encoded)
  if (lines.some((line) => line === '') || lines.length < 3) return undefined
  if (!DECIMAL.test(size) || !Number.isSafeInteger(Number(size))) return undefined
  if (root?.length !== HASH_BYTES) return undefined
  return { origin, size: Number(size), root }
}

/** What a witness signs: when it saw the checkpoint (seconds since 1970), and the text of the checkpoint. */
export const cosignedMessage = (text: string, seconds: number): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8')

const SIGNATURE_BYTES = 64

/** The bytes of a cosignature: the time in eight bytes, and the signature. */
export function cosignatureBytes(seconds: number, signature: Uint8Array): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  return Buffer.concat([time, signature])
}

/** A cosignature taken apart; undefined where it is none. */
export function parseCosignature({
  signature: bytes,
}: NoteSignature): { readonly seconds: number; readonly signature: Buffer } | undefined {
  if (bytes.length !== 8 + SIGNATURE_BYTES) return undefined
  const seconds = bytes.readBigUInt64BE()
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return { seconds: Number(seconds), signature: bytes.subarray(8) }
}
