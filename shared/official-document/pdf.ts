// The document as PDF by pdfkit: the same bytes for the same document and fonts. Dates and the file's
// identity come from the document. Nothing is deflated: what a deflater makes of the same bytes changes
// between builds of zlib, and a record must not.
import PDFDocument from 'pdfkit'
import { missingGlyph } from './missing-glyph.js'
import { layOut, type Face, type Page, type PlacedText } from './layout.js'
import type { OfficialDocument } from './official-document.js'
import { BODY_WIDTH, PAGE, RED, RULE_WIDTH, TYPE_AREA } from './paper.js'

/** The bytes of font files: of each face the one that is configured, and the house's own for what that one lacks. */
export type FontBytes = {
  readonly body: Uint8Array | undefined
  readonly title: Uint8Array | undefined
  readonly own: Uint8Array
}

/** What we ask of the font that pdfkit opened. */
type OpenFont = {
  readonly unitsPerEm: number
  hasGlyphForCodePoint(codePoint: number): boolean
  glyphForCodePoint(codePoint: number): { readonly advanceWidth: number }
}

/** Throws a Refusal for the first character that no font has: it would be blank. */
export async function pdfOf(document: OfficialDocument, fonts: FontBytes): Promise<Uint8Array> {
  const dated = new Date(document.dated)
  const paper = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    compress: false,
    lang: 'zh-CN',
    displayTitle: true,
    font: '', // none until ours are opened: no other font is in the file
    info: {
      Title: document.title,
      Author: document.issuer,
      Subject: document.number,
      Keywords: document.digest,
      Creator: 'Huiqian',
      Producer: 'Huiqian',
      CreationDate: dated,
      ModDate: dated,
    },
  })
  const bytes = collected(paper)
  const faces = openFaces(paper, fonts)
  for (const page of layOut(document, faces.measure)) draw(paper, page, faces.runsOf)
  paper.end()
  return bytes
}

function collected(paper: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    paper.on('data', (chunk: Buffer) => chunks.push(chunk))
    paper.on('error', reject)
    paper.on('end', () => resolve(Buffer.concat(chunks)))
  })
}

type Run = { readonly font: string; readonly text: string; readonly width: number }

/** Which font prints which character, and how wide. */
function openFaces(paper: PDFKit.PDFDocument, fonts: FontBytes) {
  const opened = new Map<Uint8Array, { name: string; font: OpenFont }>()
  // Each once: what pdfkit finds to be a font that it has already, it would open anew for each line.
  const open = (bytes: Uint8Array) => {
    const before = [...opened].find(([one]) => Buffer.compare(one, bytes) === 0)
    if (before) return before[1]
    const name = `font ${opened.size}`
    paper.registerFont(name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    paper.font(name)
    const { font } = (paper as unknown as { _font: { font: OpenFont } })._font
    opened.set(bytes, { name, font })
    return { name, font }
  }
  const own = open(fonts.own)
  const faces: Record<Face, ReturnType<typeof open>[]> = {
    body: [...(fonts.body ? [open(fonts.body)] : []), own],
    title: [...(fonts.title ? [open(fonts.title)] : []), own],
  }
  const known: Record<Face, Map<string, { font: string; width: number }>> = {
    body: new Map(),
    title: new Map(),
  }
  const find = (face: Face, character: string) => {
    const found = known[face].get(character)
    if (found) return found
    const codePoint = character.codePointAt(0) ?? 0
    const one = faces[face].find(({ font }) => font.hasGlyphForCodePoint(codePoint))
    if (one === undefined) throw missingGlyph(character)
    const { advanceWidth } = one.font.glyphForCodePoint(codePoint)
    const entry = { font: one.name, width: advanceWidth / one.font.unitsPerEm }
    known[face].set(character, entry)
    return entry
  }
  return {
    measure: (face: Face, character: string): number => find(face, character).width,
    runsOf(face: Face, text: string): Run[] {
      const runs: Run[] = []
      for (const character of text) {
        const { font, width } = find(face, character)
        const last = runs.at(-1)
        if (last?.font === font)
          runs[runs.length - 1] = { font, text: last.text + character, width: last.width + width }
        else runs.push({ font, text: character, width })
      }
      return runs
    },
  }
}

function draw(
  paper: PDFKit.PDFDocument,
  { texts, rule }: Page,
  runsOf: (face: Face, text: string) => Run[],
): void {
  paper.addPage()
  if (rule !== undefined) {
    const right = TYPE_AREA.left + BODY_WIDTH
    paper.moveTo(TYPE_AREA.left, rule).lineTo(right, rule).lineWidth(RULE_WIDTH).stroke(RED)
  }
  for (const text of texts) drawText(paper, text, runsOf(text.face, text.text))
}

function drawText(
  paper: PDFKit.PDFDocument,
  { size, color, x, y }: PlacedText,
  runs: readonly Run[],
): void {
  let left = x
  for (const { font, text, width } of runs) {
    paper.font(font).fontSize(size).fillColor(color)
    paper.text(text, left, y, { lineBreak: false, baseline: 'alphabetic' })
    left += width * size
  }
}
