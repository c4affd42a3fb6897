// The table of threats names its tests; here it is seen that they exist, and what the table of roles promises.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as coordination from '../../shared/authorisation/coordination.js'
import * as delivery from '../../shared/authorisation/delivery.js'
import * as directory from '../../shared/authorisation/directory.js'
import * as escalation from '../../shared/authorisation/escalation.js'
import type { Row, Rows } from '../../shared/authorisation/authorisation.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('deploy/SECURITY.md', root), 'utf8')
const read = (file: string) => {
  const at = new URL(file, root)
  return existsSync(at) ? readFileSync(at, 'utf8') : ''
}

/** What a page names: file and title of a test, each row of a table at least one. */
function named(text: string): [file: string, title: string][] {
  return [...text.matchAll(/`([\w/.-]+\.test\.ts)` "([^"]+)"/g)].map((found) => [
    found[1] ?? '',
    found[2] ?? '',
  ])
}
const missing = (text: string): string[] =>
  named(text)
    .filter(([file, title]) => !read(file).includes(title))
    .map(([file, title]) => `${file}: ${title}`)
const rowsWithout = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => /^\| (\*\*[STRIDE]\*\*|OWASP|API|ASVS|等保)/.test(line))
    .filter((line) => named(line).length === 0)

describe('the page of threats', () => {
  test('names a test for every row, and each of them is there', () => {
    expect(named(page).length).toBeGreaterThan(40)
    expect(missing(page)).toEqual([])
    expect(rowsWithout(page)).toEqual([])
    for (const letter of 'STRIDE') expect(page).toContain(`| **${letter}** `)
  })
  test('would be seen to name a test that is not there, or none', () => {
    expect(missing('| **S** x | y | `shared/rpc/none.test.ts` "does it" |')).toHaveLength(1)
    expect(missing('`tests/security/matrix.test.ts` "nothing of this"')).toHaveLength(1)
    expect(rowsWithout('| **S** x | y | a test |')).toHaveLength(1)
  })
})

const ROWS: Rows = Object.assign(
  {},
  ...[coordination, delivery, directory, escalation].flatMap((room) =>
    Object.entries(room)
      .filter(([name]) => name.endsWith('_ROWS'))
      .map(([, rows]) => rows as Rows),
  ),
) as Rows
const READS = /^(Get|List|Watch|Explain|Compare|Download|Render|Read|Preview|Resolve|Add|Count)/
const ADMINISTRATORS = ['operator', 'security', 'auditor']

const openToTwo = (rows: Rows): string[] =>
  Object.entries(rows)
    .filter(([call]) => !READS.test(call))
    .filter(([, { callers }]) => callers.filter((one) => ADMINISTRATORS.includes(one)).length > 1)
    .map(([call]) => call)

describe('administrators', () => {
  test('no call that changes something is open to two administrators', () => {
    expect(Object.keys(ROWS).length).toBeGreaterThan(60)
    expect(openToTwo(ROWS)).toEqual([])
    const both: Row = { callers: ['operator', 'security'], on: 'anyone' }
    expect(openToTwo({ RevokeCredential: both })).toEqual(['RevokeCredential'])
  })
  test('an auditor changes nothing', () => {
    const changes = Object.entries(ROWS).filter(
      ([call, { callers }]) => !READS.test(call) && callers.includes('auditor'),
    )
    expect(changes.map(([call]) => call)).toEqual([])
  })
})
