// Messages that no client of ours would send, made from good ones: broken, cut, doubled, spliced, nested. From a seed,
// so that what went wrong can be made again.
import { performance } from 'node:perf_hooks'
import { readingSafely, UNREADABLE } from '../../shared/rpc/unreadable.js'
import { CALLS, type About, type Definition } from './calls.js'
import { NOBODY } from './cases.js'

/** Whole numbers below a limit, from a seed (xorshift, 32 bits). */
export function chance(seed: number): (below: number) => number {
  let state = seed | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const ABOUT: About = {
  ...{ state: 'consulting', releaseId: NOBODY, consultationId: NOBODY, confirmationId: NOBODY },
  ...{ disputeId: NOBODY, coReviewId: NOBODY, declarationId: NOBODY, letterId: NOBODY },
  ...{ draftDigest: '0f'.repeat(32), now: 1_790_000_000_000, requestId: 'fuzz' },
  codeOf: () => '11441800QY00000462',
  secrecyReview: { conclusion: 1, reviewer: '审查员', reviewedOn: '2026-09-01', recordNumber: '' },
}

export type Seedling = {
  readonly name: string
  readonly definition: Definition
  readonly bytes: Buffer
}

/** A good request of each call that takes one. */
export const SEEDLINGS: readonly Seedling[] = CALLS.filter(
  ({ definition }) => !definition.requestStream,
).map(({ name, definition, request }) => {
  const empty = definition.requestDeserialize(Buffer.alloc(0))
  const bytes = definition.requestSerialize(Object.assign(empty, request(ABOUT)))
  return { name, definition, bytes: Buffer.from(bytes) }
})

type Below = (below: number) => number
type Change = (bytes: Buffer, below: Below) => Buffer

const cutAt = (bytes: Buffer, below: Below) => below(bytes.length + 1)
const CHANGES: readonly Change[] = [
  (bytes, below) => {
    const changed = Buffer.from(bytes)
    if (changed.length > 0) changed[below(changed.length)]! ^= 1 << below(8)
    return changed
  },
  (bytes, below) => bytes.subarray(0, cutAt(bytes, below)),
  (bytes, below) => bytes.subarray(cutAt(bytes, below)),
  (bytes, below) => Buffer.concat([bytes, bytes.subarray(cutAt(bytes, below))]),
  (bytes, below) => {
    const other = SEEDLINGS[below(SEEDLINGS.length)]!.bytes
    return Buffer.concat([bytes.subarray(0, cutAt(bytes, below)), other])
  },
  (bytes, below) => {
    const at = cutAt(bytes, below)
    const noise = Buffer.from(Array.from({ length: 1 + below(12) }, () => below(256)))
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)])
  },
  // A field of any number and kind: unknown, twice, of another kind than the contract has.
  (bytes, below) => {
    const length = below(20)
    const value = Buffer.from(Array.from({ length }, () => below(256)))
    const field = [varint(below(40) * 8 + below(8)), varint(length), value]
    return Buffer.concat([...field, bytes, ...(below(2) === 0 ? field : [])])
  },
  // Lengths beyond the end, and varints that do not end.
  (bytes, below) => Buffer.concat([bytes, varint(below(20) * 8 + 2), varint(below(2 ** 31))]),
  (bytes, below) => Buffer.concat([bytes, Buffer.alloc(1 + below(12), 0xff)]),
  // Messages in messages, deeper than anything is.
  (bytes, below) => {
    let nested = Buffer.from(bytes.subarray(0, 40))
    const number = 1 + below(20)
    for (let depth = below(200); depth > 0; depth--)
      nested = Buffer.concat([varint(number * 8 + 2), varint(nested.length), nested])
    return nested
  },
]

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ;) {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    if (rest === 0) return Buffer.from([...bytes, low])
    bytes.push(low | 0x80)
  }
}

/** The next broken message. */
export function broken(below: Below): Seedling {
  const seedling = SEEDLINGS[below(SEEDLINGS.length)]!
  let { bytes } = seedling
  for (let changes = 1 + below(3); changes > 0; changes--)
    bytes = CHANGES[below(CHANGES.length)]!(bytes, below)
  return { ...seedling, bytes }
}

export type Fuzzed = {
  readonly messages: number
  readonly read: number
  readonly unreadable: number
  /** What threw, or was read in two ways: by call, in hexadecimal. */
  readonly wrong: readonly string[]
  /** Messages that took more than the limit at each of three tries. */
  readonly slow: readonly string[]
}

/** Reads so many broken messages as the door does. */
export function fuzz(messages: number, seed: number, limitMs = 50): Fuzzed {
  const below = chance(seed)
  const readers = new Map(
    SEEDLINGS.map(({ name, definition }) => [
      name,
      readingSafely(definition.requestDeserialize, (value) =>
        Buffer.from(definition.requestSerialize(value)),
      ),
    ]),
  )
  let read = 0
  const wrong: string[] = []
  const slow: string[] = []
  for (let made = 0; made < messages; made++) {
    const { name, definition, bytes } = broken(below)
    const reader = readers.get(name)!
    const told = `${name} ${bytes.subarray(0, 200).toString('hex')}`
    try {
      const from = performance.now()
      const request = reader(bytes)
      // A machine that paused is no hang: a message that hangs does so again.
      if (performance.now() - from > limitMs && fastestOf(3, () => reader(bytes)) > limitMs)
        slow.push(told)
      if (request === UNREADABLE) continue
      read++
      // What was taken is one message: written and read again, it says the same.
      const again = Buffer.from(definition.requestSerialize(request))
      const twice = Buffer.from(definition.requestSerialize(definition.requestDeserialize(again)))
      if (!again.equals(twice)) wrong.push(told)
    } catch (error) {
      wrong.push(`${told} ${(error as Error).name}`)
    }
  }
  return { messages, read, unreadable: messages - read, wrong, slow }
}

function fastestOf(tries: number, work: () => unknown): number {
  let fastest = Infinity
  for (let index = 0; index < tries; index++) {
    const from = performance.now()
    work()
    fastest = Math.min(fastest, performance.now() - from)
  }
  return fastest
}
