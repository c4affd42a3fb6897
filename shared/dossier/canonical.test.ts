import * as judge from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from './canonical.js'

// The package says `export default` and is a CommonJS function: its types and itself disagree.
const canonicalize = judge.default as unknown as (value: unknown) => string | undefined

describe('the canonical form', () => {
  test('is what RFC 8785 says, in its own example', () => {
    const example = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/',
      literals: [null, true, false],
    }
    expect(canonical(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('agrees with the package that is its judge, on any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(canonical(value)).toBe(canonicalize(value))
      }),
      { numRuns: 2_000 },
    )
  })

  test('sorts names by UTF-16 code units, whatever their order was', () => {
    const names = fc.array(fc.string({ unit: 'binary' }), { maxLength: 30 })
    fc.assert(
      fc.property(names, (keys) => {
        const record = Object.fromEntries(keys.map((key) => [key, 1]))
        expect(canonical(record)).toBe(canonicalize(record))
        expect(canonical(Object.fromEntries(Object.entries(record).reverse()))).toBe(
          canonical(record),
        )
      }),
    )
  })

  test('leaves out what is undefined and writes zero without a sign', () => {
    expect(canonical({ b: -0, a: undefined, c: { d: undefined } })).toBe('{"b":0,"c":{}}')
  })

  test.each([
    ['NaN', NaN],
    ['infinity', [Infinity]],
    ['bigint', { a: 1n }],
    ['Date', { at: new Date(0) }],
    ['Map', new Map()],
    ['Uint8Array', { bytes: new Uint8Array(2) }],
    ['undefined in a list', [undefined]],
    ['function', { f: () => 1 }],
  ])('of %s does not exist', (_, value) => {
    expect(() => canonical(value)).toThrow('no canonical form')
  })
})
