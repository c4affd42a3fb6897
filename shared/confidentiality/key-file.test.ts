// The ring as a file: its owner's alone, whole or refused, turned while it is read.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededMint } from '../identity/seeded-mint.js'
import { OperatorError } from '../process/operator-error.js'
import { addKey, dropKey, openKeyFile, readKeyFile, type KeyFile } from './key-file.js'
import { SUITES } from './suites.js'

const mint = seededMint('key file')
const given = { mint, now: Date.parse('2026-09-28T10:00:00+08:00') }
const fresh = () => join(mkdtempSync(join(tmpdir(), 'huiqian-keys-')), 'keys', 'content.json')

describe('a key file', () => {
  test('is made once, for its owner alone, and kept', () => {
    const path = fresh()
    const ring = openKeyFile(path, 'aes-256-gcm', given)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const before = readFileSync(path, 'utf8')
    const again = openKeyFile(path, 'aes-256-gcm', given)
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect(again.current().id).toBe(ring.current().id)
  })
  test('that is not there is not made where it is configured', () => {
    expect(() => openKeyFile(fresh(), 'aes-256-gcm')).toThrow('ENOENT')
    expect(() => openKeyFile(fresh(), 'aes-256-gcm')).toThrow(OperatorError)
  })
  test('that is lost while it is in use is missed in words', () => {
    const path = fresh()
    const ring = openKeyFile(path, 'aes-256-gcm', given)
    rmSync(path)
    expect(() => ring.refresh()).toThrow(OperatorError)
  })
  test.each(['', '{"current":', 'null', '[]', '{"current":"k","keys":[null]}', '{"keys":[{}]}'])(
    'that holds %j is refused',
    (text) => {
      const path = fresh()
      addKey(path, given)
      writeFileSync(path, text)
      expect(() => openKeyFile(path, 'aes-256-gcm')).toThrow('not whole')
    },
  )
  test('that others can read is refused', () => {
    const path = fresh()
    addKey(path, given)
    chmodSync(path, 0o640)
    expect(() => readKeyFile(path)).toThrow('others can read it')
  })
  test.each([
    ['without keys', (file: KeyFile) => ({ ...file, keys: [] })],
    ['whose current key is not there', (file: KeyFile) => ({ ...file, current: 'k-none' })],
    [
      'with a short key',
      (file: KeyFile) => ({
        ...file,
        keys: file.keys.map((key) => ({ ...key, secret: 'AAAA' })),
      }),
    ],
  ])('%s is refused', (_name, spoil) => {
    const path = fresh()
    addKey(path, given)
    writeFileSync(path, JSON.stringify(spoil(readKeyFile(path))))
    expect(() => openKeyFile(path, 'aes-256-gcm')).toThrow('not whole')
  })
  test('is turned while it is in use: new seals by the new key, earlier ones by theirs', () => {
    const path = fresh()
    const ring = openKeyFile(path, 'sm4-sm3', given)
    const first = ring.current()
    const second = addKey(path, given)
    expect(ring.current().id).toBe(first.id)
    ring.refresh()
    expect(ring.current().id).toBe(second)
    expect(ring.find(first.id, SUITES['sm4-sm3'])).toBe(first)
    expect(() => dropKey(path, second)).toThrow('the current one')
    expect(() => dropKey(path, 'k-none')).toThrow('not in the file')
    dropKey(path, first.id)
    expect(readKeyFile(path).keys.map(({ id }) => id)).toEqual([second])
  })
})
