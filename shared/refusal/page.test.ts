import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from './catalogue.js'
import { PAGE, reasonsPage } from './page.js'

describe('the page of reasons', () => {
  test('is the catalogue’s (if not: npm run -s reasons)', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(reasonsPage(CATALOGUE))
  })
  test('changes with the catalogue', () => {
    const changed = { ...CATALOGUE, NOT_FOUND: { zh: '|', en: 'other' } }
    expect(reasonsPage(changed)).not.toBe(reasonsPage(CATALOGUE))
    expect(reasonsPage(changed)).toContain('| `NOT_FOUND` | \\| | other |')
  })
  test('stands in the order of the alphabet', () => {
    const reasons = [...reasonsPage(CATALOGUE).matchAll(/^\| `(\w+)`/gm)].map(
      ([, reason]) => reason,
    )
    expect(reasons).toEqual(Object.keys(CATALOGUE).sort())
  })
})

describe('a reason', () => {
  const words = Object.entries(CATALOGUE)
  test.each(words)('%s is said in both languages, with the same values', (_, { zh, en }) => {
    const valuesOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).toMatch(/^[^\p{Script=Han}]+$/u)
    expect(valuesOf(zh)).toEqual(valuesOf(en))
  })
  // Whoever is refused must be able to go on: what to do stands in a sentence of its own.
  test.each([
    'CALL_NOT_PERMITTED',
    'CREDENTIAL_EXISTS',
    'CALENDAR_DATE_TWICE',
    'DIGEST_MISMATCH',
    'DRAFT_UNCHANGED',
    'NO_OPINION_AWAITED',
    'ONLY_RELEASING_AGENCY',
  ] as const)('%s says what to do', (reason) => {
    const { zh, en } = CATALOGUE[reason]
    expect(zh.match(/[。，；]/g)?.length).toBeGreaterThan(1)
    expect(en.match(/[.;](\s|$)/g)?.length).toBeGreaterThan(1)
  })
})
