import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { letter } from './document.fixture.js'
import { layOut } from './layout.js'
import { printer } from './official-document.js'
import { ownFont } from './own-font.js'
import { linesOfPdf } from './pdf-text.fixture.js'
import { pdfOf } from './pdf.js'

const own = readFileSync(ownFont())
const fonts = { own, body: undefined, title: undefined }
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const threads = [printer({ body: '', title: '' }), printer({ body: ownFont(), title: '' })]
afterAll(() => Promise.all(threads.map((thread) => thread.stop())))

describe('the file', () => {
  test('is the same, byte for byte, in this process and in another', async () => {
    const first = digestOf(await pdfOf(letter, fonts))
    await pdfOf({ ...letter, title: '另一份' }, fonts) // what was printed between leaves no trace
    expect(digestOf(await pdfOf(letter, fonts))).toBe(first)
    expect(digestOf(await threads[0]!.print(letter))).toBe(first)
    const script = fileURLToPath(new URL('print.fixture.ts', import.meta.url))
    const other = execFileSync(process.execPath, ['--import', 'tsx', script])
    expect(other.toString().trim()).toBe(first)
  })

  test('is another for another record, even where the page is the same', async () => {
    const one = await pdfOf(letter, fonts)
    expect(digestOf(one)).not.toBe(digestOf(await pdfOf({ ...letter, digest: 'cd' }, fonts)))
    expect(digestOf(one)).not.toBe(digestOf(await pdfOf({ ...letter, dated: 0 }, fonts)))
  })

  test('says when the record was made, and never the present time', async () => {
    const source = Buffer.from(await pdfOf(letter, fonts)).toString('latin1')
    expect(source.match(/D:\d{14}Z/g)).toEqual(['D:20260908020000Z', 'D:20260908020000Z'])
    expect(source).not.toContain('FlateDecode')
  })

  test('holds every line of the page as text, and no empty glyph', async () => {
    const lines = linesOfPdf(await pdfOf(letter, fonts))
    const placed = layOut(letter, (_face, one) => (one.charCodeAt(0) < 0x100 ? 0.5 : 1))
    const words = placed.flatMap(({ texts }) => texts.map(({ text }) => text)).join('')
    expect(lines.join('')).toBe(words)
    expect(lines.join('')).not.toContain('�')
  })
})

describe('a character that no font has', () => {
  const strange = { ...letter, paragraphs: ['水\u{1F600}位'] }
  test('is refused by name, not left blank', async () => {
    const params = { character: '\u{1F600}', code: 'U+1F600' }
    const refusal = { reason: 'DOCUMENT_GLYPH_MISSING', kind: 'out-of-order', params }
    await expect(pdfOf(strange, fonts)).rejects.toMatchObject(refusal)
    await expect(threads[0]!.print(strange)).rejects.toMatchObject(refusal)
    expect((await threads[0]!.print(letter)).length).toBeGreaterThan(1_000) // the thread goes on
  })

  test('is refused wherever it stands', async () => {
    for (const field of ['title', 'issuer', 'number', 'signatory', 'addressee'] as const)
      await expect(pdfOf({ ...letter, [field]: '\u{1F600}' }, fonts)).rejects.toMatchObject({
        reason: 'DOCUMENT_GLYPH_MISSING',
      })
  })
})

describe('the printer', () => {
  test('prints with configured fonts', async () => {
    expect(digestOf(await threads[1]!.print(letter))).toBe(digestOf(await pdfOf(letter, fonts)))
  })

  test('answers a font that cannot be read with a fault, and goes on refusing to be silent', async () => {
    const broken = printer({ body: '/nowhere/fangsong.ttf', title: '' })
    await expect(broken.print(letter)).rejects.toThrow(/ENOENT/)
    await expect(broken.print(letter)).rejects.toThrow(/ENOENT/)
    await broken.stop()
  })

  test('ends what takes too long', async () => {
    const impatient = printer({ body: '', title: '' }, { printMs: 1 })
    await expect(impatient.print(letter)).rejects.toThrow('takes too long')
    await impatient.stop()
  })

  test('lets only so many wait, and refuses them when it stops', async () => {
    const small = printer({ body: '', title: '' }, { waitingMax: 1 })
    const prints = [1, 2, 3].map(() => small.print(letter))
    const ends = Promise.allSettled(prints)
    await expect(prints[2]).rejects.toMatchObject({ reason: 'DOCUMENTS_BUSY', kind: 'overloaded' })
    await small.stop()
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await expect(small.print(letter)).rejects.toThrow('stopped')
  })
})
