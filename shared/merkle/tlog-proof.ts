// A proof in one file (c2sp.org/tlog-proof): the place of a leaf, the hashes up to the root, and the checkpoint that
// has the root, as it was signed. Pure.
import { HASH_BYTES } from './hashing.js'
import { fromBase64 } from './note.js'

const FORM = 'c2sp.org/tlog-proof@v1'
const HASHES_MAX = 63
const INDEX = /^index (0|[1-9][0-9]{0,15})$/

export type TlogProof = {
  /** What is handed along and covered by nothing. */
  readonly extra?: Buffer
  readonly index: number
  readonly hashes: readonly Buffer[]
  /** The signed note, whole. */
  readonly checkpoint: string
}

export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [
    FORM,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Reads a proof; undefined where it is none. Whether it holds is another question. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n')
  if (end < 0) return undefined
  const [form, ...rest] = text.slice(0, end).split('\n')
  const checkpoint = text.slice(end + 2)
  if (form !== FORM || checkpoint === '') return undefined
  const extraLine = rest[0]?.startsWith('extra ') === true ? rest.shift() : undefined
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length))
  if (extraLine !== undefined && extra === undefined) return undefined
  const [, index] = INDEX.exec(rest.shift() ?? '') ?? []
  if (index === undefined || !Number.isSafeInteger(Number(index))) return undefined
  const hashes = rest.map(fromBase64)
  if (hashes.length > HASHES_MAX) return undefined
  const whole = hashes.filter((hash): hash is Buffer => hash?.length === HASH_BYTES)
  if (whole.length !== hashes.length) return undefined
  return { ...(extra && { extra }), index: Number(index), hashes: whole, checkpoint }
}
