// What the client reads from files: texts as they are to be kept, and attachments in chunks.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type {
  UploadAttachmentRequest,
  UploadDeclaration,
} from '../../gen/huiqian/coordination/v1/release.js'
import { NotUnderstood } from './command.js'
import type { Desk } from './desk.js'

const CHUNK_BYTES = 256 * 1024
type Place = Pick<Desk, 'folder' | 'io'>

/** The bytes of a file; `-` is standard input. */
export async function bytesOf({ folder, io }: Place, file: string): Promise<Buffer> {
  if (file === '-') return allOf(io.stdin)
  return reading(file, () => readFileSync(resolve(folder, file)))
}

/** The text of a file in UTF-8, every character as it stands; `-` is standard input. */
export async function textOf(place: Place, file: string): Promise<string> {
  const bytes = await bytesOf(place, file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new NotUnderstood({ zh: `${file} 不是 UTF-8 文本`, en: `${file} is not text in UTF-8` })
  }
}

/** What will be uploaded: name, size and digest of a file. */
export async function declarationOf({ folder }: Place, file: string): Promise<UploadDeclaration> {
  const path = resolve(folder, file)
  const size = reading(file, () => statSync(path).size)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return { name: basename(file).normalize('NFC'), size, digest: hash.digest('hex') }
}

/** The messages of an upload: the declaration, then the bytes. */
export async function* uploadOf(
  { folder }: Place,
  file: string,
  declaration: UploadDeclaration,
): AsyncGenerator<UploadAttachmentRequest> {
  yield { part: { $case: 'declaration', declaration } }
  const chunks = createReadStream(resolve(folder, file), { highWaterMark: CHUNK_BYTES })
  for await (const chunk of chunks) yield { part: { $case: 'chunk', chunk: chunk as Buffer } }
}

async function allOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

function reading<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new NotUnderstood({ zh: `不能读取 ${file}：${why}`, en: `cannot read ${file}: ${why}` })
  }
}
