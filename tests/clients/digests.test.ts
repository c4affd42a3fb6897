// The digests computed by another language with its standard library alone.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { findPython } from './python.js'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const VECTORS = at('../../proto/digest-vectors.json')
const python = findPython(['hashlib', 'json'], 'python3')
const folder = mkdtempSync(join(tmpdir(), 'huiqian-digests-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const check = (vectors: string) => {
  const args = [at('./python/digests.py'), vectors]
  const { status, stdout, stderr } = spawnSync(python ?? '', args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe.skipIf(python === undefined)('the digests in Python', () => {
  test('are those of the vectors', () => {
    expect(check(VECTORS)).toMatchObject({ status: 0, stderr: '' })
    expect(check(VECTORS).stdout).toMatch(/^\d\d vectors, 0 differ\n$/)
  })
  test.each([
    ['a text of a draft', '第一条', '第二条', 'draft: bytes'],
    ['a salt', '"salt": "00', '"salt": "01', 'an event: commitment'],
    ['a link of the feed', '"announcement": "0a', '"announcement": "0b', 'feed 1: chain'],
    ['a byte of a file', '"bytes": "2550', '"bytes": "2551', 'a small file: digest'],
  ])('are others when %s is changed', (_, before, after, told) => {
    const text = readFileSync(VECTORS, 'utf8')
    expect(text).toContain(before)
    const file = join(folder, 'changed.json')
    writeFileSync(file, text.replace(before, after))
    expect(check(file).status).toBe(1)
    expect(check(file).stderr).toContain(told)
  })
})

test('a Python that is missing is a failure in CI, and a skip elsewhere', () => {
  vi.stubEnv('CI', 'true')
  expect(() => findPython(['no_such_module'], 'python3-nothing')).toThrow('python3-nothing')
  vi.stubEnv('CI', '')
  expect(findPython(['no_such_module'], 'python3-nothing')).toBeUndefined()
  vi.unstubAllEnvs()
})
