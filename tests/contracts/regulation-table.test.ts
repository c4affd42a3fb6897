// The table from the regulation to the tests: every article has its rules, every rule a test, and every test that
// it names is there. The table is the documentation; a rule that nothing shows fails.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const HERE = '../../'
const ARTICLES = [
  ...['art. 3', 'art. 4', 'art. 5', 'art. 6.1', 'art. 6.2', 'art. 6.3', 'art. 7', 'five gates'],
  ...['art. 8', 'successors', 'art. 9', 'variants', 'documents'],
]

type Row = {
  readonly article: string
  readonly rule: string
  readonly tests: readonly (readonly [file: string, title: string])[]
}

/** Rules begin at the margin, their tests are indented; a line that is neither is a fault. */
function rowsOf(text: string): Row[] {
  const rows: (Row & { tests: [string, string][] })[] = []
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const rule = /^(\S[^|]*) \| (.+)$/.exec(line)
    const shown = /^ {2}(\S+\.test\.ts) > (.+)$/.exec(line)
    const last = rows.at(-1)
    if (rule) rows.push({ article: rule[1]!, rule: rule[2]!, tests: [] })
    else if (shown && last) last.tests.push([shown[1]!, shown[2]!])
    else throw new Error(`neither a rule nor a test: ${line}`)
  }
  return rows
}

/** The titles of a test file: of its tests and suites, of the cases of a table, and of the parts that are suites made elsewhere. */
function titlesOf(source: string): Set<string> {
  const titles = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments
      const callee = node.expression.getText()
      if (first && ts.isStringLiteralLike(first)) {
        if (/^(test|describe)\b/.test(callee)) titles.add(first.text)
        if (callee === 'searchPart') titles.add(`of ${first.text}`)
      }
      const table = first && ts.isAsExpression(first) ? first.expression : first
      if (callee === 'test.each' && table && ts.isArrayLiteralExpression(table))
        for (const one of table.elements) {
          const name = ts.isArrayLiteralExpression(one) ? one.elements[0] : one
          if (name && ts.isStringLiteralLike(name)) titles.add(name.text)
        }
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest, true))
  return titles
}

const read = (path: string): string | undefined => {
  try {
    return readFileSync(at(HERE + path), 'utf8')
  } catch {
    return undefined
  }
}

const known = new Map<string, Set<string>>()
const titles = (file: string): Set<string> => {
  const found = known.get(file) ?? titlesOf(read(file) ?? '')
  known.set(file, found)
  return found
}

/** What is wrong with a table. */
function faultsOf(rows: readonly Row[]): string[] {
  return [
    ...ARTICLES.filter((article) => !rows.some((row) => row.article === article)).map(
      (article) => `${article} has no rule`,
    ),
    ...rows.flatMap(({ article, rule, tests }) => {
      const about = `${article}, ${rule}`
      if (!ARTICLES.includes(article)) return [`${about}: no such article`]
      if (tests.length === 0) return [`${about}: no test shows it`]
      return tests
        .filter(([file, title]) => !titles(file).has(title))
        .map(([file, title]) => `${about}: ${file} has no test “${title}”`)
    }),
  ]
}

const rows = rowsOf(readFileSync(at('./regulation-table.txt'), 'utf8'))

describe('the table from the regulation to the tests', () => {
  test('has rules for every article, a test for every rule, and names no test that is not there', () => {
    expect(faultsOf(rows)).toEqual([])
  })
  test('has each rule once', () => {
    const rules = rows.map(({ article, rule }) => `${article} ${rule}`)
    expect(rules).toEqual([...new Set(rules)])
  })
  test.each<[string, Row, RegExp]>([
    ['no test', { article: 'art. 5', rule: 'planted', tests: [] }, /no test shows it/],
    [
      'a test that is not there',
      {
        ...{ article: 'art. 5', rule: 'planted' },
        tests: [['tests/contracts/regulation-table.test.ts', 'nobody wrote this']],
      },
      /has no test/,
    ],
    [
      'a file that is not there',
      { article: 'art. 5', rule: 'planted', tests: [['tests/none.test.ts', 'anything']] },
      /has no test/,
    ],
  ])('finds a rule with %s', (_, row, fault) => {
    expect(faultsOf([...rows, row])).toEqual([expect.stringMatching(fault)])
  })
  test('finds an article without a rule', () => {
    const without = rows.filter(({ article }) => article !== 'art. 7')
    expect(faultsOf(without)).toEqual(['art. 7 has no rule'])
  })
})
