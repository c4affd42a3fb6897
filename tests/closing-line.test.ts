// What `npm test` says at its end is believed without reading the rest, so it is tested like anything else:
// deploy/test.js is run over small planted suites.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../deploy/test.js', import.meta.url))

const PASSES = "test('passes', () => expect(1).toBe(1))"
const FAILS = "test('fails', () => expect(1).toBe(2))"
const IS_SKIPPED = "test.runIf(false)('is skipped', () => {})"
const DOES_NOT_LOAD = "import './not-there.js'"
const BREAKS_OUTSIDE = "test('passes', () => {}); setTimeout(() => { throw new Error('late') }, 0)"

function closingLineOf(suites: string[], ci: boolean): { line: string; ok: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-planted-'))
  try {
    suites.forEach((text, i) => writeFileSync(join(folder, `suite-${i}.test.js`), text))
    const { PATH, HOME } = process.env
    const ran = spawnSync(process.execPath, [script, '--root', folder, '--globals'], {
      env: { PATH, HOME, CI: String(ci) },
      encoding: 'utf8',
    })
    return { line: ran.stdout.trimEnd().split('\n').at(-1) ?? '', ok: ran.status === 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the closing line of a test run', () => {
  test.each([
    ['counts what passed', [PASSES, PASSES], false, '2 passed, 0 failed', true],
    ['counts what failed, and fails', [`${PASSES}\n${FAILS}`], false, '1 passed, 1 failed', false],
    ['tells what was skipped', [PASSES, IS_SKIPPED], false, '1 passed, 0 failed, 1 skipped', true],
    ['fails on skips in CI', [PASSES, IS_SKIPPED], true, '1 passed, 0 failed, 1 skipped', false],
    [
      'counts a suite that did not load',
      [PASSES, DOES_NOT_LOAD],
      false,
      '1 passed, 1 failed',
      false,
    ],
    ['counts a fault outside of any test', [BREAKS_OUTSIDE], false, '1 passed, 1 failed', false],
    ['does not call nothing a success', [], false, '0 passed, 1 failed', false],
  ])('%s', (_, suites, ci, line, ok) => {
    expect(closingLineOf(suites, ci)).toEqual({ line, ok })
  })
})
