// Keys of the services on the broker: made once, kept as files that only their owner can read.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nkeys } from 'nats'

export type NatsKey = { readonly publicKey: string; readonly seed: string }

/** A new key. Its randomness is the operating system's: a seeded one would be nobody's secret. */
export function newNatsKey(): NatsKey {
  const pair = nkeys.createUser()
  return { publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) }
}

/** The key of each name, read from `<dir>/<name>.nkey` or made there. */
export function natsKeys(dir: string, names: readonly string[]): Map<string, NatsKey> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  return new Map(names.map((name) => [name, keyAt(join(dir, `${name}.nkey`))]))
}

/** Reads the key in a file. Refuses one that others could read. */
export function readNatsKey(file: string): NatsKey {
  const mode = statSync(file).mode & 0o777
  if ((mode & 0o077) !== 0)
    throw new Error(`${file} can be read by others (mode ${mode.toString(8)}): chmod 600 it`)
  const seed = readFileSync(file, 'utf8').trim()
  return { publicKey: nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey(), seed }
}

function keyAt(file: string): NatsKey {
  if (existsSync(file)) return readNatsKey(file)
  const key = newNatsKey()
  writeFileSync(file, `${key.seed}\n`, { mode: 0o600, flag: 'wx' })
  return key
}
