// A rule of the house: a setting that a page names is one that is read. A misspelt one is refused at
// the start, and the reader of the page would not know why.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { SETTINGS } from '../services/launcher/config.js'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Settings of tests, which no service reads. */
const OF_TESTS = ['HUIQIAN_MODEL_RUNS', 'HUIQIAN_MODEL_SEED']
const settings = [...Object.values(SETTINGS).map(({ variable }) => variable), ...OF_TESTS]

const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z', '*.md'], {
  cwd: root,
})
  .toString()
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)))

/** Settings named in a text that nothing reads; `HUIQIAN_PEER_…` stands for all that begin so. */
const unread = (text: string): string[] =>
  [...text.matchAll(/\b(HUIQIAN_[A-Z0-9_]*)(…?)/g)].flatMap(([whole, name = '', more]) =>
    settings.some((one) => (more === '' ? one === name : one.startsWith(name))) ? [] : [whole],
  )

test('has pages to look at', () => expect(pages.length).toBeGreaterThan(10))

test.each(pages)('%s names only settings that are read', (path) => {
  expect(unread(readFileSync(join(root, path), 'utf8'))).toEqual([])
})

test('a planted offence is seen', () => {
  expect(unread('`HUIQIAN_PACKS`, HUIQIAN_PEER_…, an unknown `HUIQIAN_…`')).toEqual([])
  expect(unread('`HUIQIAN_PACK_FILES` HUIQIAN_PEERS_… HUIQIAN_')).toEqual([
    ...['HUIQIAN_PACK_FILES', 'HUIQIAN_PEERS_…', 'HUIQIAN_'],
  ])
})
