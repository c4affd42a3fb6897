// A Merkle tree that only grows (RFC 6962): appends, roots of every size it ever had, proofs that a leaf is in it and that
// a later tree holds an earlier one. Of each level the hashes of its full subtrees lie in one flat buffer: 64 bytes a leaf
// in all, and nothing is computed twice. Pure: it stores nothing.
import { emptyRoot, HASH_BYTES, nodeHash } from './hashing.js'

export type MerkleTree = {
  readonly size: number
  /** Adds a leaf by its hash; gives its index. */
  append(leaf: Uint8Array): number
  /** The root as it was with so many leaves. Throws a RangeError beyond the tree. */
  root(size?: number): Buffer
  /** From the leaf's sibling up: what its hash is put together with to give the root of that size. */
  inclusionProof(index: number, size?: number): Buffer[]
  /** What shows that the tree of `newSize` holds the tree of `oldSize` unchanged, at its beginning. */
  consistencyProof(oldSize: number, newSize?: number): Buffer[]
  /** The hash of a full subtree: the leaves from `index * 2^level`, `2^level` of them. For tiles. */
  node(level: number, index: number): Buffer
}

const FIRST_CAPACITY = 64

/** One level: hashes of full subtrees, one after another. */
class Level {
  #bytes = Buffer.alloc(FIRST_CAPACITY * HASH_BYTES)
  count = 0
  push(hash: Uint8Array): void {
    const at = this.count * HASH_BYTES
    if (at === this.#bytes.length) {
      const grown = Buffer.alloc(this.#bytes.length * 2)
      this.#bytes.copy(grown)
      this.#bytes = grown
    }
    this.#bytes.set(hash, at)
    this.count++
  }
  at(index: number): Buffer {
    if (index < 0 || index >= this.count) throw new RangeError(`no subtree ${index}`)
    return Buffer.from(this.#bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES))
  }
}

export function merkleTree(leaves: Iterable<Uint8Array> = []): MerkleTree {
  const levels: Level[] = [new Level()]
  const level = (number: number): Level => (levels[number] ??= new Level())
  const size = (): number => level(0).count

  const append = (leaf: Uint8Array): number => {
    if (leaf.length !== HASH_BYTES) throw new RangeError(`a hash has ${HASH_BYTES} bytes`)
    const index = size()
    level(0).push(leaf)
    // Each pair that is full now makes a node one level up.
    for (let number = 0; level(number).count % 2 === 0; number++) {
      const { count } = level(number)
      level(number + 1).push(nodeHash(level(number).at(count - 2), level(number).at(count - 1)))
    }
    return index
  }

  /** The hash of the leaves from `from` (a multiple of the next power of two above their number) to `to`. */
  const hashOf = (from: number, to: number): Buffer => {
    const count = to - from
    if (count === 1) return level(0).at(from)
    const half = splitOf(count)
    if (count === 2 * half) return level(Math.log2(count)).at(from / count)
    return nodeHash(hashOf(from, from + half), hashOf(from + half, to))
  }

  const mustBeSize = (number: number, least = 0): void => {
    if (!Number.isSafeInteger(number) || number < least || number > size())
      throw new RangeError(`the tree has ${size()} leaves: ${number} is no size of it`)
  }

  const path = (index: number, from: number, to: number): Buffer[] => {
    if (to - from === 1) return []
    const half = from + splitOf(to - from)
    return index < half
      ? [...path(index, from, half), hashOf(half, to)]
      : [...path(index, half, to), hashOf(from, half)]
  }

  /** `whole`: the old tree ends at `to`, so that its hash is known to whoever asks. */
  const subproof = (old: number, from: number, to: number, whole: boolean): Buffer[] => {
    if (old === to) return whole ? [] : [hashOf(from, to)]
    const half = from + splitOf(to - from)
    return old <= half
      ? [...subproof(old, from, half, whole), hashOf(half, to)]
      : [...subproof(old, half, to, false), hashOf(from, half)]
  }

  for (const leaf of leaves) append(leaf)
  return {
    get size() {
      return size()
    },
    append,
    root(of = size()) {
      mustBeSize(of)
      return of === 0 ? emptyRoot() : hashOf(0, of)
    },
    inclusionProof(index, of = size()) {
      mustBeSize(of, 1)
      if (!Number.isSafeInteger(index) || index < 0 || index >= of)
        throw new RangeError(`a tree of ${of} leaves has no leaf ${index}`)
      return path(index, 0, of)
    },
    consistencyProof(oldSize, newSize = size()) {
      mustBeSize(newSize)
      mustBeSize(oldSize)
      if (oldSize > newSize) throw new RangeError('a tree does not hold a larger one')
      return oldSize === 0 ? [] : subproof(oldSize, 0, newSize, true)
    },
    node: (number, index) => level(number).at(index),
  }
}

/** The largest power of two below a number of leaves: where RFC 6962 splits them. */
function splitOf(count: number): number {
  let half = 1
  while (half * 2 < count) half *= 2
  return half
}
