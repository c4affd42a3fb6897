// RFC 8785: the one way to write a JSON value as bytes, so that its digest can be computed by anybody.
// Written out by hand for speed; the `canonicalize` package is its judge in the tests. Pure.

/** The canonical form. Throws on what JSON cannot say: NaN, bigint, Date, Map, undefined in a list. */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
      return value === 0 ? '0' : String(value) // -0 is written 0
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? listOf(value) : recordOf(value as Record<string, unknown>)
    default:
      throw new TypeError(`a ${typeof value} has no canonical form`)
  }
}

function listOf(values: readonly unknown[]): string {
  let text = '['
  for (let index = 0; index < values.length; index++)
    text += (index === 0 ? '' : ',') + canonical(values[index])
  return text + ']'
}

function recordOf(record: Record<string, unknown>): string {
  const prototype: unknown = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`a ${record.constructor?.name ?? 'thing'} has no canonical form`)
  const keys = Object.keys(record)
  if (!isSorted(keys)) keys.sort() // by UTF-16 code units, as the RFC asks
  let text = '{'
  for (const key of keys) {
    const value = record[key]
    if (value === undefined) continue
    text += (text.length === 1 ? '' : ',') + JSON.stringify(key) + ':' + canonical(value)
  }
  return text + '}'
}

function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++)
    if (keys[index - 1]! > keys[index]!) return false
  return true
}
