// The key ring as a file, `0600`: one current key, and earlier ones for as long as something is sealed with
// them. Written whole or not at all; read again while the service runs.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { Mint } from '../identity/identity.js'
import { OperatorError } from '../process/operator-error.js'
import type { KeyRing, RingKey } from './key-ring.js'
import { SECRET_BYTES, SUITES, type Suite, type SuiteName } from './suites.js'

/** A key as the file has it. */
export type FileKey = { readonly id: string; readonly secret: string; readonly made_at: string }
export type KeyFile = { readonly current: string; readonly keys: readonly FileKey[] }

/** Opens the ring of a file; `make` makes the file with a first key where there is none. */
export function openKeyFile(
  path: string,
  suite: SuiteName,
  make?: { readonly mint: Mint; readonly now: number },
): KeyRing {
  if (make && !exists(path)) addKey(path, make)
  let stamp = stampOf(path)
  let file = readKeyFile(path)
  const known = new Map<string, RingKey>()
  const ringKey = (id: string, by: Suite): RingKey | undefined => {
    const name = `${by.name} ${id}`
    const secret = file.keys.find((key) => key.id === id)?.secret
    if (known.has(name) || secret === undefined) return known.get(name)
    const made = { id, key: by.key(Buffer.from(secret, 'base64')) }
    known.set(name, made)
    return made
  }
  return {
    current: () => ringKey(file.current, SUITES[suite])!,
    find: ringKey,
    refresh() {
      const seen = stampOf(path)
      if (seen === stamp) return
      file = readKeyFile(path)
      stamp = seen
    },
  }
}

/** Adds a key and makes it the current one. Gives its id. */
export function addKey(path: string, { mint, now }: { mint: Mint; now: number }): string {
  const before = exists(path) ? readKeyFile(path).keys : []
  const id = `k-${Buffer.from(mint.bytes(8)).toString('hex')}`
  const secret = Buffer.from(mint.bytes(SECRET_BYTES)).toString('base64')
  const added = { id, secret, made_at: new Date(now).toISOString() }
  writeKeyFile(path, { current: id, keys: [...before, added] })
  return id
}

/** Takes out a key that is not the current one. What is still sealed with it cannot be read any more. */
export function dropKey(path: string, id: string): void {
  const { current, keys } = readKeyFile(path)
  if (id === current || !keys.some((key) => key.id === id))
    throw new OperatorError({
      zh: `密钥 ${id} ${id === current ? '正在使用，不能移除' : '不在文件中'}。请先轮换（huiqian keys rotate）。`,
      en: `the key ${id} is ${id === current ? 'the current one' : 'not in the file'}. Rotate first (huiqian keys rotate).`,
    })
  writeKeyFile(path, { current, keys: keys.filter((key) => key.id !== id) })
}

/** Reads a key file; it must be its owner's alone, and whole. */
export function readKeyFile(path: string): KeyFile {
  const { text, mode } = readOrRefuse(path)
  if ((mode & 0o077) !== 0)
    throw new OperatorError({
      zh: `密钥文件 ${path} 的权限是 ${mode.toString(8)}，他人可读。请改为 600。`,
      en: `the key file ${path} has mode ${mode.toString(8)}: others can read it. Make it 600.`,
    })
  const file = wholeFileOf(text)
  if (file === undefined)
    throw new OperatorError({
      zh: `密钥文件 ${path} 不完整：须有 current 及与之对应的 32 字节密钥。请从备份恢复。`,
      en: `the key file ${path} is not whole: it needs \`current\`, and keys of 32 bytes. Restore it from its copy.`,
    })
  return file
}

function readOrRefuse(path: string): { readonly text: string; readonly mode: number } {
  try {
    return { text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new OperatorError({
      zh: `密钥文件 ${path} 不能读取（${code}）。请检查 HUIQIAN_CONTENT_KEYS 或从备份恢复；没有它，已存的内容无法解读。`,
      en: `the key file ${path} cannot be read (${code}). Check HUIQIAN_CONTENT_KEYS, or restore it from its copy: without it what is stored cannot be read.`,
    })
  }
}

/** The file that a text is; undefined: it is none, or lacks something. */
function wholeFileOf(text: string): KeyFile | undefined {
  let file: KeyFile
  try {
    file = JSON.parse(text) as KeyFile
  } catch {
    return undefined // cut off, or not of ours
  }
  const isWhole =
    Array.isArray(file?.keys) &&
    file.keys.some((key) => key?.id === file.current) &&
    file.keys.every((key) => secretOf(key).length === SECRET_BYTES)
  return isWhole ? file : undefined
}

const secretOf = (key: FileKey): Buffer => Buffer.from(String(key?.secret), 'base64')

function writeKeyFile(path: string, file: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.new`
  const handle = openSync(beside, 'w', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(file, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  chmodSync(beside, 0o600)
  renameSync(beside, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

const stampOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? 'none' : `${stat.mtimeMs} ${stat.ino} ${stat.size}`
}
