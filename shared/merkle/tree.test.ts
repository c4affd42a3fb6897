// The tree against the definitions of RFC 6962, written down again as they stand there; known roots; proofs of every leaf
// and every pair of sizes; and that nothing else passes for one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyRoot, leafHash, nodeHash } from './hashing.js'
import { merkleTree } from './tree.js'
import { consistencyHolds, inclusionHolds } from './verify.js'

// The entries of the test data of Certificate Transparency, and the roots of their first 1, 2, … 8.
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657']
  .concat('606162636465666768696a6b6c6d6e6f')
  .map((hex) => Buffer.from(hex, 'hex'))
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const split = (count: number): number => 2 ** Math.ceil(Math.log2(count) - 1)
const MTH = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length === 0) return emptyRoot()
  if (leaves.length === 1) return leaves[0]!
  const k = split(leaves.length)
  return nodeHash(MTH(leaves.slice(0, k)), MTH(leaves.slice(k)))
}
const PATH = (m: number, leaves: readonly Buffer[]): Buffer[] => {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  return m < k
    ? [...PATH(m, leaves.slice(0, k)), MTH(leaves.slice(k))]
    : [...PATH(m - k, leaves.slice(k)), MTH(leaves.slice(0, k))]
}
const SUBPROOF = (m: number, leaves: readonly Buffer[], b: boolean): Buffer[] => {
  if (m === leaves.length) return b ? [] : [MTH(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...SUBPROOF(m, leaves.slice(0, k), b), MTH(leaves.slice(k))]
    : [...SUBPROOF(m - k, leaves.slice(k), false), MTH(leaves.slice(0, k))]
}

const LEAVES = Array.from({ length: 70 }, (_, at) => leafHash(Buffer.from(`entry ${at}`)))
const tree = merkleTree(LEAVES)
const sizes = Array.from({ length: LEAVES.length + 1 }, (_, size) => size)

describe('a tree', () => {
  test('has the known roots', () => {
    const known = merkleTree(ENTRIES.map(leafHash))
    expect(ROOTS.map((_, size) => known.root(size).toString('hex'))).toEqual(ROOTS)
  })

  test('has the root of every size it ever had, as the definition says', () => {
    for (const size of sizes) expect(tree.root(size)).toEqual(MTH(LEAVES.slice(0, size)))
  })

  test('proves each leaf at each size, as the definition says, and the proof holds', () => {
    for (const size of sizes)
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusionProof(index, size)
        expect(proof).toEqual(PATH(index, LEAVES.slice(0, size)))
        expect(inclusionHolds(LEAVES[index]!, index, size, proof, tree.root(size))).toBe(true)
      }
  })

  test('proves each size in each later one, as the definition says, and the proof holds', () => {
    for (const size of sizes)
      for (let old = 0; old <= size; old++) {
        const proof = tree.consistencyProof(old, size)
        if (old > 0) expect(proof).toEqual(SUBPROOF(old, LEAVES.slice(0, size), true))
        const [before, after] = [old, size].map((one) => ({ size: one, root: tree.root(one) }))
        expect(consistencyHolds(before!, after!, proof)).toBe(true)
      }
  })

  test('grows one leaf at a time into the same tree', () => {
    const grown = merkleTree()
    for (const [at, leaf] of LEAVES.entries()) {
      expect(grown.append(leaf)).toBe(at)
      expect(grown.root()).toEqual(tree.root(at + 1))
    }
    expect(grown.size).toBe(LEAVES.length)
  })

  test('answers for no size, leaf or hash that it has not', () => {
    for (const wrong of [
      () => tree.root(71),
      () => tree.root(-1),
      () => tree.root(1.5),
      () => tree.inclusionProof(70),
      () => tree.inclusionProof(5, 5),
      () => tree.inclusionProof(-1),
      () => tree.inclusionProof(0, 0),
      () => tree.consistencyProof(6, 5),
      () => tree.consistencyProof(1, 71),
      () => tree.node(3, 9),
      () => merkleTree().append(Buffer.alloc(31)),
    ])
      expect(wrong).toThrow(RangeError)
  })
})

describe('no other proof passes', () => {
  const changedAt = (bytes: Buffer, bit: number): Buffer => {
    const copy = Buffer.from(bytes)
    copy[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
    return copy
  }
  const bit = fc.nat(255)
  const place = fc
    .integer({ min: 1, max: 70 })
    .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)))

  test('of a leaf: with a bit changed, a hash too many or too few, another leaf or place', () => {
    fc.assert(
      fc.property(place, fc.nat(69), bit, ([size, index], other, at) => {
        const proof = tree.inclusionProof(index, size)
        const root = tree.root(size)
        const leaf = LEAVES[index]!
        const holds = (...[l, i, p, r]: [Buffer, number, Buffer[], Buffer]) =>
          inclusionHolds(l, i, size, p, r)
        expect(holds(changedAt(leaf, at), index, proof, root)).toBe(false)
        expect(holds(leaf, index, proof, changedAt(root, at))).toBe(false)
        expect(holds(leaf, index, [...proof, leaf], root)).toBe(false)
        expect(holds(leaf, size, proof, root)).toBe(false)
        if (other !== index) {
          expect(holds(LEAVES[other]!, index, proof, root)).toBe(false)
          expect(holds(leaf, other, proof, root)).toBe(false)
        }
        for (const [nth, hash] of proof.entries()) {
          expect(holds(leaf, index, proof.toSpliced(nth, 1), root)).toBe(false)
          expect(holds(leaf, index, proof.with(nth, changedAt(hash, at)), root)).toBe(false)
          expect(holds(leaf, index, proof.with(nth, hash.subarray(1)), root)).toBe(false)
        }
      }),
    )
  })

  test('of a tree in a later one: with a bit changed, a hash too many or too few, another old size', () => {
    fc.assert(
      fc.property(place, bit, ([size, less], at) => {
        const old = less + 1
        const proof = tree.consistencyProof(old, size)
        const [before, after] = [old, size].map((one) => ({ size: one, root: tree.root(one) }))
        if (before === undefined || after === undefined) throw new Error('two were made')
        expect(
          consistencyHolds({ ...before, root: changedAt(before.root, at) }, after, proof),
        ).toBe(false)
        expect(consistencyHolds(before, { ...after, root: changedAt(after.root, at) }, proof)).toBe(
          false,
        )
        expect(consistencyHolds(before, after, [...proof, before.root])).toBe(false)
        expect(consistencyHolds({ ...before, size: size + 1 }, after, proof)).toBe(false)
        for (const [nth, hash] of proof.entries()) {
          expect(consistencyHolds(before, after, proof.toSpliced(nth, 1))).toBe(false)
          expect(consistencyHolds(before, after, proof.with(nth, changedAt(hash, at)))).toBe(false)
        }
      }),
    )
  })

  test('of a tree whose history was written anew', () => {
    for (let old = 1; old < 40; old++)
      for (let at = 0; at < old; at++) {
        const forged = merkleTree(LEAVES.slice(0, 40).with(at, leafHash(Buffer.from('another'))))
        const before = { size: old, root: tree.root(old) }
        const after = { size: 40, root: forged.root() }
        expect(consistencyHolds(before, after, forged.consistencyProof(old))).toBe(false)
      }
  })
})
