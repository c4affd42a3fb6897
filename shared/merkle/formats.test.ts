// Notes, checkpoints, cosignatures, proofs and tiles in the formats of C2SP: with the examples of the specifications, and
// with Node's own Ed25519 where a signature has to hold.
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  checkpointText,
  cosignatureBytes,
  cosignedMessage,
  parseCheckpoint,
  parseCosignature,
} from './checkpoint.js'
import { leafHash, nodeHash } from './hashing.js'
import {
  ED25519_COSIGNATURE,
  ED25519_NOTE,
  formatNote,
  noteKeyId,
  parseNote,
  parseVerifierKey,
  signaturesBy,
  verifierKey,
} from './note.js'
import {
  entriesPath,
  entryBundle,
  parseEntryBundle,
  tileBytes,
  tilePath,
  tilesOf,
} from './tiles.js'
import { formatTlogProof, parseTlogProof } from './tlog-proof.js'
import { merkleTree } from './tree.js'
import { inclusionHolds } from './verify.js'

const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const holds = (key: Buffer, message: Buffer, signature: Buffer): boolean =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }),
    signature,
  )

describe('a signed note', () => {
  const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
  const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
  test('is read as the specification’s example, and its signature holds', () => {
    const key = parseVerifierKey(VKEY)
    const note = parseNote(NOTE)
    if (key === undefined || note === undefined) throw new Error('it is not read')
    expect(note.text).toBe('This is an example message.\n')
    const [signature] = signaturesBy(note, key)
    const bytes = signature?.signature ?? Buffer.alloc(0)
    expect(holds(key.publicKey, Buffer.from(note.text), bytes)).toBe(true)
    expect(formatNote(note)).toBe(NOTE)
    expect(verifierKey(key)).toBe(VKEY)
  })

  test('ends its text at the last empty line, and keeps signatures of keys that nobody knows', () => {
    const more =
      NOTE.replace('message.\n', 'message.\n\nAnd more.\n') + '— other.example/x AAAAAAA=\n'
    const note = parseNote(more)
    expect(note?.text).toBe('This is an example message.\n\nAnd more.\n')
    expect(note?.signatures).toHaveLength(2)
    const key = parseVerifierKey(VKEY)!
    expect(signaturesBy(note!, key)).toHaveLength(1)
    expect(signaturesBy(note!, { ...key, name: 'example.com/bar' })).toEqual([])
  })

  test.each([
    ['without signatures', 'text\n\n'],
    ['without an empty line', 'text\n— a AAAAAAA=\n'],
    ['without its last newline', NOTE.slice(0, -1)],
    ['with a control character', NOTE.replace('example message', 'example\tmessage')],
    ['with a hyphen for the dash', NOTE.replace('—', '-')],
    ['with broken base64', NOTE.replace('yaQM=', 'yaQM')],
    ['with a key and no signature', 'text\n\n— a AAAAAA==\n'],
    ['with a plus in a name', NOTE.replace('example.com/foo', 'example.com+foo')],
    ['with 65 signatures', `text\n\n${'— a AAAAAAA=\n'.repeat(65)}`],
  ])('%s is none', (_, note) => expect(parseNote(note)).toBeUndefined())

  test('has keys whose ids are their own', () => {
    expect(parseVerifierKey(VKEY.replace('530d903a', '530d903b'))).toBeUndefined()
    expect(parseVerifierKey(VKEY.replace('foo', 'bar'))).toBeUndefined()
    expect(parseVerifierKey('example.com/foo')).toBeUndefined()
    expect(() => formatNote({ text: 'no newline', signatures: [] })).toThrow()
    expect(() =>
      formatNote({
        text: 'a\n',
        signatures: [{ name: 'a b', keyId: '00', signature: Buffer.alloc(1) }],
      }),
    ).toThrow()
  })
})

describe('a checkpoint', () => {
  const TEXT =
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
  test('is read and written as the specification’s example', () => {
    const checkpoint = parseCheckpoint(TEXT)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(checkpointText(checkpoint!)).toBe(TEXT)
    expect(parseCheckpoint(`${TEXT}more of others\n`)).toEqual(checkpoint)
  })

  test.each([
    ['with a size that begins with nought', TEXT.replace('20852163', '020852163')],
    ['with a size below nought', TEXT.replace('20852163', '-1')],
    ['with a size beyond all numbers', TEXT.replace('20852163', '9999999999999999')],
    ['with a root that is too short', TEXT.replace(/\n[^\n]+=\n$/, '\nAAAA\n')],
    ['with an empty line', TEXT.replace('\n20852163', '\n\n20852163')],
    ['without its last newline', TEXT.slice(0, -1)],
    ['without a root', 'a\n1\n'],
  ])('%s is none', (_, text) => expect(parseCheckpoint(text)).toBeUndefined())

  test('is cosigned over its time and its whole text', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
    const name = 'witness.example/w1'
    const keyId = noteKeyId(name, ED25519_COSIGNATURE, raw)
    expect(keyId).not.toBe(noteKeyId(name, ED25519_NOTE, raw))
    const message = cosignedMessage(TEXT, 1_679_315_147)
    expect(message.toString()).toBe(`cosignature/v1\ntime 1679315147\n${TEXT}`)
    const signature = cosignatureBytes(1_679_315_147, sign(null, message, privateKey))
    const note = parseNote(formatNote({ text: TEXT, signatures: [{ name, keyId, signature }] }))
    const [line] = note?.signatures ?? []
    const cosignature = parseCosignature(line!)
    expect(cosignature?.seconds).toBe(1_679_315_147)
    const { seconds, signature: bytes } = cosignature!
    expect(holds(raw, cosignedMessage(note!.text, seconds), bytes)).toBe(true)
    expect(holds(raw, cosignedMessage(note!.text, seconds + 1), bytes)).toBe(false)
    expect(parseCosignature({ ...line!, signature: signature.subarray(1) })).toBeUndefined()
    expect(parseCosignature({ ...line!, signature: Buffer.alloc(72, 255) })).toBeUndefined()
  })
})

describe('a proof in a file', () => {
  const entries = Array.from({ length: 11 }, (_, at) => Buffer.from(`act ${at}`))
  const tree = merkleTree(entries.map(leafHash))
  const root = tree.root()
  const text = checkpointText({ origin: 'huiqian.local/log', size: 11, root })
  const checkpoint = `${text}\n— huiqian.local/log AAAAAAA=\n`
  const proof = { index: 6, hashes: tree.inclusionProof(6), checkpoint }

  test('is read as it was written, with and without what goes along, and holds', () => {
    for (const one of [proof, { ...proof, extra: Buffer.from('salt') }]) {
      const read = parseTlogProof(formatTlogProof(one))
      expect(read).toEqual(one)
      const { size, root: said } = parseCheckpoint(parseNote(read!.checkpoint)!.text)!
      expect(inclusionHolds(leafHash(entries[6]!), read!.index, size, read!.hashes, said)).toBe(
        true,
      )
    }
  })

  test.each([
    ['of another form', (file: string) => file.replace('@v1', '@v2')],
    [
      'with an index that begins with nought',
      (file: string) => file.replace('index 6', 'index 06'),
    ],
    ['without an index', (file: string) => file.replace('index 6\n', '')],
    [
      'with a hash cut short',
      (file: string) => file.replace(/\n([A-Za-z0-9+/]{40})[^\n]*\n/, '\n$1\n'),
    ],
    ['without a checkpoint', (file: string) => file.slice(0, file.indexOf('\n\n') + 2)],
    ['without an empty line', (file: string) => file.replaceAll('\n\n', '\n')],
    [
      'with 64 hashes',
      (file: string) =>
        file.replace('index 6\n', `index 6\n${`${root.toString('base64')}\n`.repeat(64)}`),
    ],
  ])('%s is none', (_, change) => {
    expect(parseTlogProof(change(formatTlogProof(proof)))).toBeUndefined()
  })
})

describe('tiles', () => {
  test('have the paths of the specification', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 1, index: 0, width: 17 })).toBe('tile/1/000.p/17')
    expect(tilePath({ level: 0, index: 999, width: 256 })).toBe('tile/0/999')
    expect(tilePath({ level: 0, index: 1_000, width: 256 })).toBe('tile/0/x001/000')
    expect(entriesPath({ index: 1_000_000, width: 255 })).toBe('tile/entries/x001/x000/000.p/255')
  })

  test('of a tree are all its leaves, and the roots of whole tiles a level up', () => {
    expect(tilesOf(0)).toEqual([])
    expect(tilesOf(70_000)).toHaveLength(273 + 1 + 1 + 1 + 1)
    expect(tilesOf(70_000).slice(-4)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ])
    const leaves = Array.from({ length: 600 }, (_, at) => leafHash(Buffer.from(String(at))))
    const tree = merkleTree(leaves)
    const [first, second, edge, above] = tilesOf(600).map((tile) => tileBytes(tree, tile))
    expect(Buffer.concat([first!, second!, edge!])).toEqual(Buffer.concat(leaves))
    // What a reader puts together from them is the root that the checkpoint has.
    expect(above).toEqual(
      Buffer.concat(
        [merkleTree(leaves.slice(0, 256)), merkleTree(leaves.slice(256, 512))].map((one) =>
          one.root(),
        ),
      ),
    )
    const whole = nodeHash(above!.subarray(0, 32), above!.subarray(32))
    expect(nodeHash(whole, merkleTree(leaves.slice(512)).root())).toEqual(tree.root())
  })

  test('bundle their entries with their lengths', () => {
    const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(65_535, 1)]
    const bundle = entryBundle(entries)
    expect(parseEntryBundle(bundle)).toEqual(entries)
    expect(parseEntryBundle(bundle.subarray(0, -1))).toBeUndefined()
    expect(parseEntryBundle(Buffer.from([0]))).toBeUndefined()
    expect(() => entryBundle([Buffer.alloc(65_536)])).toThrow(RangeError)
  })
})
