import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareParagraphs, type Change } from './compare-paragraphs.js'

const short = (changes: readonly Change[]): string[] =>
  changes.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`)
const lines = (...texts: string[]): string => texts.join('\n')

describe('two versions, paragraph by paragraph', () => {
  test.each([
    ['the same text has only paragraphs in both', 'a\nb\n', 'a\nb\n', [' a', ' b']],
    ['a changed paragraph is removed, then added', 'a\nb\nc', 'a\nB\nc', [' a', '-b', '+B', ' c']],
    ['a new paragraph stands where it is read', 'a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a cut paragraph stands where it was read', 'a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['what moved is removed here and added there', 'a\nb\nc', 'c\na\nb', ['+c', ' a', ' b', '-c']],
    ['an empty text loses nothing', '', 'a', ['+a']],
    [
      'empty lines are paragraphs, the one at the end is none',
      'a\n\nb\n',
      'a\nb',
      [' a', '-', ' b'],
    ],
  ])('%s', (_, older, newer, expected) => {
    expect(short(compareParagraphs(older, newer))).toEqual(expected)
  })

  test('both texts can be read out of the difference, and what is in both is as much as can be', () => {
    const text = fc
      .array(fc.constantFrom('甲', '乙', '丙', ''), { maxLength: 12 })
      .map((parts) => [...parts, '末'].join('\n'))
    fc.assert(
      fc.property(text, text, (older, newer) => {
        const changes = compareParagraphs(older, newer)
        const kept = (...kinds: Change['kind'][]) =>
          lines(...changes.filter(({ kind }) => kinds.includes(kind)).map((one) => one.text))
        expect(kept('same', 'removed')).toBe(older)
        expect(kept('same', 'added')).toBe(newer)
        const back = compareParagraphs(newer, older)
        const same = (list: readonly Change[]) => list.filter(({ kind }) => kind === 'same').length
        expect(same(changes)).toBe(same(back))
      }),
    )
  })

  test('texts too long for the table are shown whole, and quickly', () => {
    const older = Array.from({ length: 5_000 }, (_, i) => `a${i}`)
    const newer = Array.from({ length: 5_000 }, (_, i) => `b${i}`)
    const changes = compareParagraphs(lines('x', ...older, 'z'), lines('x', ...newer, 'z'))
    expect(changes).toHaveLength(10_002)
    expect([changes[0], changes[1], changes[5_001], changes.at(-1)]).toEqual([
      { kind: 'same', text: 'x' },
      { kind: 'removed', text: 'a0' },
      { kind: 'added', text: 'b0' },
      { kind: 'same', text: 'z' },
    ])
  })
})
