import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linesOf } from './line-breaks.js'

const WIDTH = 28
/** Chinese takes one, Latin half. */
const measure = (character: string): number => (character.charCodeAt(0) < 0x100 ? 0.5 : 1)
const wide = (line: string): number => [...line].reduce((sum, one) => sum + measure(one), 0)
const lines = (text: string, indent = 0) => linesOf(text, WIDTH, measure, indent)

describe('a line', () => {
  test('holds 28 characters, the first of a paragraph 26', () => {
    expect(lines('水'.repeat(60), 2).map((line) => line.length)).toEqual([26, 28, 6])
  })

  test.each(['，', '。', '；', '：', '》', '”', '）', '、'])('does not begin with %s', (mark) => {
    const [first, second] = lines(`${'水'.repeat(28)}${mark}后`)
    expect(first).toBe('水'.repeat(27))
    expect(second).toBe(`水${mark}后`)
  })

  test.each(['《', '“', '（', '〔'])('does not end with %s', (mark) => {
    expect(lines(`${'水'.repeat(27)}${mark}后`)).toEqual(['水'.repeat(27), `${mark}后`])
  })

  test('does not break a word or a number that fits into the next one', () => {
    expect(lines(`${'水'.repeat(27)}2026年`)).toEqual(['水'.repeat(27), '2026年'])
  })

  test('breaks what is longer than a line where the line is full', () => {
    expect(lines('a'.repeat(64)).map((line) => line.length)).toEqual([56, 8])
    expect(lines('，'.repeat(30)).map((line) => line.length)).toEqual([28, 2])
  })

  test('there is one of an empty text', () => expect(lines('')).toEqual(['']))
})

test('no character is lost, and no line is too wide', () => {
  const text = fc.string({
    unit: fc.constantFrom('水', '，', '《', '》', 'a', '9', '—', '😀', '“', '”', '.'),
    maxLength: 300,
  })
  fc.assert(
    fc.property(text, fc.constantFrom(0, 2), (given, indent) => {
      const broken = lines(given, indent)
      expect(broken.join('')).toBe(given)
      broken.forEach((line, index) =>
        expect(wide(line)).toBeLessThanOrEqual(WIDTH - (index === 0 ? indent : 0)),
      )
    }),
  )
})
