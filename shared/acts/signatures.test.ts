// Both ways of signing, against the openssl command line and known answers; and everything that must not hold.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { SigningSuite } from '../identity/signing-key.js'
import { mustVerifyAsKnown, openSignatures } from './signatures.js'

const folder = mkdtempSync(join(tmpdir(), 'huiqian-acts-'))
const signatures = openSignatures()
afterAll(() => signatures.stop())
const at = (name: string) => join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args)
const MESSAGE = Buffer.from('{"act":"GiveOpinion","说":"不同意"}')

const KEYS: Readonly<Record<SigningSuite, string[]>> = {
  ed25519: ['-algorithm', 'ed25519'],
  sm2: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2'],
}
const SIGNING: Readonly<Record<SigningSuite, string[]>> = {
  ed25519: ['-rawin'],
  sm2: ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'],
}

/** A key made, and a message signed, by the command line. */
function signedByOpenssl(suite: SigningSuite, message: Uint8Array, name: string = suite) {
  openssl('genpkey', ...KEYS[suite], '-out', at(`${name}.pem`))
  const der = openssl('pkey', '-in', at(`${name}.pem`), '-pubout', '-outform', 'DER')
  const publicKey = der.subarray(suite === 'sm2' ? -65 : -32).toString('hex')
  writeFileSync(at(`${name}.message`), message)
  openssl(
    ...['pkeyutl', '-sign', '-inkey', at(`${name}.pem`), ...SIGNING[suite]],
    ...['-in', at(`${name}.message`), '-out', at(`${name}.signature`)],
  )
  return { publicKey, signature: readFileSync(at(`${name}.signature`)) }
}

describe.each(['ed25519', 'sm2'] as const)('a signature of %s', (suite) => {
  const { publicKey, signature } = signedByOpenssl(suite, MESSAGE)
  test('made by the openssl command line holds', async () => {
    expect(await signatures.verify(suite, publicKey, MESSAGE, signature)).toBe(true)
  })
  test('does not hold over another message, by another key, cut, changed or empty', async () => {
    const other = signedByOpenssl(suite, MESSAGE, `${suite}-other`)
    const holds = (key: string, bytes: Uint8Array, sign: Uint8Array) =>
      signatures.verify(suite, key, bytes, sign)
    expect(await holds(publicKey, Buffer.concat([MESSAGE, Buffer.from(' ')]), signature)).toBe(
      false,
    )
    expect(await holds(other.publicKey, MESSAGE, signature)).toBe(false)
    expect(await holds(publicKey, MESSAGE, other.signature)).toBe(false)
    expect(await holds(publicKey, MESSAGE, signature.subarray(1))).toBe(false)
    expect(await holds(publicKey, MESSAGE, Buffer.alloc(0))).toBe(false)
    for (let byte = 0; byte < signature.length; byte++) {
      const changed = Buffer.from(signature)
      changed[byte]! ^= 1
      expect(await holds(publicKey, MESSAGE, changed), `byte ${byte}`).toBe(false)
    }
  })
  test('of many at once are each answered for themselves', async () => {
    const asked = Array.from({ length: 20 }, (_, nth) => nth % 3 !== 0)
    const answers = await Promise.all(
      asked.map((good) =>
        signatures.verify(suite, publicKey, good ? MESSAGE : Buffer.from('x'), signature),
      ),
    )
    expect(answers).toEqual(asked)
  })
})

test('a thread of SM2 that ends fails who asked it, and the next signature begins another', async () => {
  const { publicKey, signature } = signedByOpenssl('sm2', MESSAGE, 'sm2-again')
  const own = openSignatures()
  const verify = () => own.verify('sm2', publicKey, MESSAGE, signature)
  expect(await verify()).toBe(true)
  const asked = Promise.allSettled(Array.from({ length: 50 }, verify)) // more than it can answer before it ends
  await own.stop()
  expect((await asked).at(-1)).toMatchObject({ reason: { message: 'the thread of SM2 ended' } })
  expect(await verify()).toBe(true)
  await own.stop()
})

test('known answers are asked for, and a machine that answers otherwise is refused by name', async () => {
  await mustVerifyAsKnown(signatures)
  for (const answer of [true, false])
    await expect(mustVerifyAsKnown({ verify: () => Promise.resolve(answer) })).rejects.toThrow(
      'wrong: Ed25519',
    )
})
