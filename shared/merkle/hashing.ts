// RFC 6962 (9162) 2.1.1: how a leaf, a node and an empty tree are hashed, with SHA-256. The one byte in front keeps a leaf
// from passing for a node. Pure.
import { createHash } from 'node:crypto'

export const HASH_BYTES = 32

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** The hash of what stands in the log. */
export const leafHash = (entry: Uint8Array): Buffer =>
  createHash('sha256').update(LEAF).update(entry).digest()

/** The hash of two subtrees, side by side. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest()

/** The root of a tree without leaves. */
export const emptyRoot = (): Buffer => createHash('sha256').digest()
