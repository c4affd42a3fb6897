// Whether a proof holds: all that somebody outside needs to check a log, apart from how the tree computes proofs
// (RFC 9162 2.1.3.2 and 2.1.4.2). Pure.
import { emptyRoot, HASH_BYTES, nodeHash } from './hashing.js'

/** Whether the leaf stands at `index` in the tree of that size and root. Size and root come from a checkpoint that is trusted. */
export function inclusionHolds(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isNumber(index) || !isNumber(size) || index >= size) return false
  if (!areHashes([leaf, root, ...proof])) return false
  let [at, last] = [index, size - 1]
  let hash: Buffer = Buffer.from(leaf)
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && hash.equals(root)
}

/** Whether the tree of `newSize` holds the tree of `oldSize` unchanged. Every tree holds the empty one. */
export function consistencyHolds(
  old: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isNumber(old.size) || !isNumber(newer.size) || old.size > newer.size) return false
  if (!areHashes([old.root, newer.root, ...proof])) return false
  if (old.size === newer.size) return proof.length === 0 && same(old.root, newer.root)
  if (old.size === 0) return proof.length === 0 && same(old.root, emptyRoot())
  // A whole old tree is a node of the new one, and left out of the proof: its root is known.
  const parts = isPowerOfTwo(old.size) ? [old.root, ...proof] : [...proof]
  const [first, ...rest] = parts
  if (first === undefined) return false
  let [at, last] = [old.size - 1, newer.size - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let [before, after]: [Buffer, Buffer] = [Buffer.from(first), Buffer.from(first)]
  for (const part of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(part, before)
      after = nodeHash(part, after)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else after = nodeHash(after, part)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && before.equals(old.root) && after.equals(newer.root)
}

const half = (number: number): number => Math.floor(number / 2)
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
const isNumber = (number: number): boolean => Number.isSafeInteger(number) && number >= 0
const isPowerOfTwo = (number: number): boolean => Number.isInteger(Math.log2(number))
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every(({ length }) => length === HASH_BYTES)
