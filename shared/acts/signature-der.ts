// The two numbers of an SM2 signature out of its DER, in the one form that DER allows: the library takes many, and what
// can be written in two ways is two signatures to whoever compares them. Pure.

const NUMBER_BYTES = 32

/** r and s as 64 bytes; undefined: this is not the DER of two numbers of at most 32 bytes. */
export function numbersOf(der: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(der)
  if (bytes.length < 8 || bytes.length > 72 || bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2)
    return undefined
  const first = numberAt(bytes, 2)
  const second = first && numberAt(bytes, first.end)
  if (second?.end !== bytes.length) return undefined
  return Buffer.concat([first!.value, second.value])
}

function numberAt(bytes: Buffer, at: number): { value: Buffer; end: number } | undefined {
  const length = bytes[at + 1] ?? 0
  const [from, end] = [at + 2, at + 2 + length]
  if (bytes[at] !== 0x02 || length === 0 || end > bytes.length) return undefined
  const [top = 0, next = 0] = [bytes[from], bytes[from + 1]]
  if (top >= 0x80) return undefined // negative
  if (top === 0 && length > 1 && next < 0x80) return undefined // longer than it need be
  const plain = bytes.subarray(top === 0 ? from + 1 : from, end)
  if (plain.length > NUMBER_BYTES) return undefined
  return { value: Buffer.concat([Buffer.alloc(NUMBER_BYTES - plain.length), plain]), end }
}
