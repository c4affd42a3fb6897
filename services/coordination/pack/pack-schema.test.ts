// The schema that authors of packs write against agrees with what the service reads: whatever part of a
// pack is missing or of another kind, both refuse it, and both take every pack of the house.
import { readdirSync, readFileSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, test } from 'vitest'
import { readPack } from './read-pack.js'

const room = new URL('./', import.meta.url)
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, room), 'utf8'))
const bySchema = new Ajv({ allErrors: true }).compile(read('policy-pack.schema.json') as object)
const files = readdirSync(new URL('packs/', room)).map((file) => `packs/${file}`)

type Path = readonly (string | number)[]
type Container = Record<string | number, unknown>

/** Every place of a value, its parts' places included. */
function* places(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value))
    yield* places(part, [...path, Array.isArray(value) ? Number(key) : key])
}

const changed = (
  data: unknown,
  path: Path,
  change: (at: Container, key: string | number) => void,
) => {
  const copy = structuredClone(data)
  const at = path.slice(0, -1).reduce((part, key) => part[key] as Container, copy as Container)
  change(at, path.at(-1)!)
  return copy
}
const isTaken = (data: unknown): boolean => 'pack' in readPack(data)

describe('the schema of policy packs', () => {
  test.each(files)('takes %s, as the reader does', (file) => {
    expect(bySchema(read(file)), JSON.stringify(bySchema.errors)).toBe(true)
    expect(isTaken(read(file))).toBe(true)
  })

  test.each([
    [true, { source: 'house', of: ['opinion', 'confirmation'] }],
    [true, { source: 'house', of: [] }],
    [false, { source: 'house' }],
    [false, { of: ['opinion'] }],
    [false, { source: 'house', of: ['ruling'] }],
    [false, 'opinion'],
  ])('takes (%s) signatures %j, as the reader does', (taken, signatures) => {
    const data = { ...(read('packs/qingyuan-2011.json') as object), signatures }
    expect([bySchema(data), isTaken(data)]).toEqual([taken, taken])
  })

  test.each(files)('refuses %s without any of its parts, exactly where the reader does', (file) => {
    const data = read(file)
    const all = [...places(data)].filter(
      (path) => path[0] !== 'articles' && typeof path.at(-1) === 'string',
    )
    const differ = all.filter((path) => {
      const without = changed(data, path, (at, key) => delete at[key])
      return bySchema(without) !== isTaken(without)
    })
    expect(differ).toEqual([])
    const refused = all.filter(
      (path) => !bySchema(changed(data, path, (at, key) => delete at[key])),
    )
    expect(refused.length).toBeGreaterThan(80)
  })

  test.each(files)('refuses %s with a part of another kind, as the reader does', (file) => {
    const data = read(file)
    const all = [...places(data)].filter((path) => path[0] !== 'articles')
    for (const other of [7.5, {}, true]) {
      const differ = all.filter((path) => {
        const wrong = changed(data, path, (at, key) => (at[key] = other))
        return bySchema(wrong) !== isTaken(wrong)
      })
      expect(differ.map((path) => [other, ...path])).toEqual([])
    }
  })
})
