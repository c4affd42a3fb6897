// Whether all that stands in a message's bytes was read: compares them with what was read, written
// again. Encoders may write values that are as good as absent (0, empty); nothing else may be left.
// Pure, and without the contract: a difference in a field's bytes is looked into as a message.

type Entry = { readonly number: number; readonly wire: number; readonly value: Buffer }

/** True where `received` says no more than `read`, which was decoded from it and written again. */
export function sameReading(received: Buffer, read: Buffer): boolean {
  if (received.equals(read)) return true
  const [there, ours] = [entriesOf(received), entriesOf(read)]
  if (there === undefined || ours === undefined) return false
  for (const [number, entries] of there) {
    const waiting = [...(ours.get(number) ?? [])]
    for (const entry of entries) {
      const next = waiting[0]
      if (next && next.wire === entry.wire && sameValue(entry, next)) waiting.shift()
      else if (!isAsGoodAsAbsent(entry)) return false
    }
    if (waiting.length > 0) return false
    ours.delete(number)
  }
  return ours.size === 0
}

const sameValue = (there: Entry, ours: Entry): boolean =>
  there.value.equals(ours.value) || (there.wire === 2 && sameReading(there.value, ours.value))

const isAsGoodAsAbsent = ({ value }: Entry): boolean => value.every((byte) => byte === 0)

/** The fields of a message by number, in order; undefined where the bytes are none. */
function entriesOf(bytes: Buffer): Map<number, Entry[]> | undefined {
  const entries = new Map<number, Entry[]>()
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at)
    if (tag === undefined) return undefined
    const [number, wire] = [Math.floor(tag.value / 8), tag.value % 8]
    const size = sizeOf(bytes, tag.end, wire)
    if (size === undefined || number === 0) return undefined
    const end = size.from + size.length
    if (end > bytes.length) return undefined
    const entry = { number, wire, value: bytes.subarray(size.from, end) }
    const others = entries.get(number)
    if (others) others.push(entry)
    else entries.set(number, [entry])
    at = end
  }
  return entries
}

function sizeOf(
  bytes: Buffer,
  at: number,
  wire: number,
): { from: number; length: number } | undefined {
  if (wire === 1) return { from: at, length: 8 }
  if (wire === 5) return { from: at, length: 4 }
  const number = wire === 0 || wire === 2 ? varint(bytes, at) : undefined
  if (number === undefined) return undefined
  return wire === 0
    ? { from: at, length: number.end - at }
    : { from: number.end, length: number.value }
}

function varint(bytes: Buffer, at: number): { value: number; end: number } | undefined {
  let value = 0
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, end: at + index + 1 }
  }
  return undefined
}
