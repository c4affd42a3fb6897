// Signed notes (c2sp.org/signed-note): a text, an empty line, and lines of signatures. Reading one says nothing of whether a
// signature holds: that is for whoever knows keys, and every signature of an unknown key is passed over. Pure.
import { createHash } from 'node:crypto'

/** Types of signatures, as the specification numbers them. */
export const ED25519_NOTE = 0x01
export const ED25519_COSIGNATURE = 0x04

export type NoteSignature = {
  readonly name: string
  /** 32 bits, in hex. */
  readonly keyId: string
  readonly signature: Buffer
}

export type Note = {
  /** With its last newline, without the empty line. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A key that verifies notes: its name, its id, its type and the key itself. */
export type NoteKey = {
  readonly name: string
  readonly keyId: string
  readonly type: number
  readonly publicKey: Buffer
}

const DASH = '—'
const SIGNATURES_MAX = 64
const NOTE_BYTES_MAX = 1_048_576
const LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u

export function noteKeyId(name: string, type: number, publicKey: Uint8Array): string {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type))
  return hash.update(publicKey).digest().subarray(0, 4).toString('hex')
}

export const isKeyName = (name: string): boolean => /^[^\s+]+$/u.test(name)

/** `<name>+<key id>+<base64 of type and key>`: how a key is handed around. */
export const verifierKey = ({ name, keyId, type, publicKey }: NoteKey): string =>
  `${name}+${keyId}+${Buffer.concat([Uint8Array.of(type), publicKey]).toString('base64')}`

/** The key in that text; undefined where it is none, or its id is not its own. */
export function parseVerifierKey(text: string): NoteKey | undefined {
  const [name = '', keyId = '', ...rest] = text.split('+')
  const encoded = rest.join('+') // base64 has plus signs of its own
  const bytes = fromBase64(encoded)
  const type = bytes?.[0]
  if (bytes === undefined || type === undefined || !isKeyName(name)) return undefined
  const publicKey = bytes.subarray(1)
  if (noteKeyId(name, type, publicKey) !== keyId) return undefined
  return { name, keyId, type, publicKey }
}

/** The note as it is handed around. Throws where the text is none that a note may have. */
export function formatNote({ text, signatures }: Note): string {
  if (!isNoteText(text)) throw new Error('a note is lines of text, each ended')
  if (signatures.length === 0) throw new Error('a note has a signature')
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

function signatureLine({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name)) throw new Error('the name of a key has no space and no plus')
  const bytes = Buffer.concat([Buffer.from(keyId, 'hex'), signature])
  return `${DASH} ${name} ${bytes.toString('base64')}\n`
}

/** Reads a note; undefined where it is none. The text ends at the last empty line. */
export function parseNote(note: string): Note | undefined {
  if (Buffer.byteLength(note) > NOTE_BYTES_MAX) return undefined
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, end + 1)
  if (!isNoteText(text)) return undefined
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > SIGNATURES_MAX) return undefined
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const [, name, encoded] = LINE.exec(line) ?? []
    const bytes = encoded === undefined ? undefined : fromBase64(encoded)
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined
    const keyId = bytes.subarray(0, 4).toString('hex')
    signatures.push({ name, keyId, signature: bytes.subarray(4) })
  }
  return { text, signatures }
}

/** The signatures that a key is said to have made: its name and its id, both. */
export const signaturesBy = ({ signatures }: Note, key: NoteKey): readonly NoteSignature[] =>
  signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId)

const CONTROL = /[\u0000-\u0009\u000B-\u001F]/
const isNoteText = (text: string): boolean =>
  text.length > 1 && text.endsWith('\n') && !CONTROL.test(text)

/** Standard base64 with its padding, in its one form. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined
}
