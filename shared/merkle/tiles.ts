// Tiles (c2sp.org/tlog-tiles): a log as files that never change once they are full, 256 hashes wide. Pure.
import type { MerkleTree } from './tree.js'

export const TILE_WIDTH = 256
const TILE_HEIGHT = 8

export type Tile = {
  /** 0: leaves; each level above holds the roots of whole tiles below. */
  readonly level: number
  readonly index: number
  /** How many hashes it has: 256, or fewer at the right edge of the tree. */
  readonly width: number
}

/** `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits: `x001/x234/067`. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${grouped(index)}${partial(width)}`

/** Where the entries of a tile of leaves lie. */
export const entriesPath = ({ index, width }: Omit<Tile, 'level'>): string =>
  `tile/entries/${grouped(index)}${partial(width)}`

const partial = (width: number): string => (width === TILE_WIDTH ? '' : `.p/${width}`)

function grouped(index: number): string {
  const groups = [String(index % 1_000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1_000); rest > 0; rest = Math.floor(rest / 1_000))
    groups.unshift(`x${String(rest % 1_000).padStart(3, '0')}`)
  return groups.join('/')
}

/** Every tile of a tree of that size: whole ones, and one at the right edge of each level that is not. */
export function tilesOf(size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0, hashes = size; hashes > 0; level++) {
    const whole = Math.floor(hashes / TILE_WIDTH)
    for (let index = 0; index < whole; index++) tiles.push({ level, index, width: TILE_WIDTH })
    const rest = hashes % TILE_WIDTH
    if (rest > 0) tiles.push({ level, index: whole, width: rest })
    hashes = whole
  }
  return tiles
}

/** The bytes of a tile: its hashes, one after another. */
export const tileBytes = (tree: MerkleTree, { level, index, width }: Tile): Buffer =>
  Buffer.concat(
    Array.from({ length: width }, (_, at) =>
      tree.node(level * TILE_HEIGHT, index * TILE_WIDTH + at),
    ),
  )

/** Entries as a bundle: each with its length in two bytes before it. */
export function entryBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > 0xffff)
        throw new RangeError('an entry of a bundle has at most 65,535 bytes')
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}

/** The entries of a bundle; undefined where it does not end with an entry. */
export function parseEntryBundle(bundle: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = []
  for (let at = 0; at < bundle.length;) {
    if (at + 2 > bundle.length) return undefined
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) return undefined
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}
