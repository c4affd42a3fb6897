// What stands where: a document on pages. Pure; what a character measures is told by whoever has the fonts.
import { dateWords } from './date-words.js'
import { linesOf } from './line-breaks.js'
import type { Annex, LabelledField, OfficialDocument } from './official-document.js'
import {
  baselineOf,
  BLACK,
  BODY_SIZE,
  BODY_WIDTH,
  HEADER_SIZE_MAX,
  HEADER_SIZE_MIN,
  HEADER_TOP,
  LINE,
  LINES_A_PAGE,
  NUMBER_BELOW,
  NUMBER_SIZE,
  RED,
  RULE_BELOW,
  TITLE_SIZE,
  TYPE_AREA,
} from './paper.js'

export type Face = 'body' | 'title'

/** A line of text by its left end and its baseline. */
export type PlacedText = {
  readonly text: string
  readonly face: Face
  readonly size: number
  readonly color: string
  readonly x: number
  readonly y: number
}

export type Page = { readonly texts: PlacedText[]; rule?: number }

/** Width of a character at size 1. */
export type MeasureFace = (face: Face, character: string) => number

const INDENT = 2 * BODY_SIZE

/** The pages of a document, numbered. */
export function layOut(document: OfficialDocument, measure: MeasureFace): readonly Page[] {
  const sheet = new Sheet(measure)
  head(sheet, document)
  if (document.addressee !== '') sheet.flush(`${document.addressee}：`)
  sheet.paragraphs(document.paragraphs)
  sheet.fields(document.fields)
  sheet.attachments(document.attachments)
  sheet.signature(document.signatory, dateWords(document.date))
  document.annexes.forEach((annex, index) => sheet.annex(annex, index + 1))
  sheet.numberPages()
  return sheet.pages
}

/** The head of the first page: urgency, the red name of the issuer, number, the red rule, the title. */
function head(sheet: Sheet, document: OfficialDocument): void {
  const { issuer, urgency, number, signedOff, title } = document
  if (urgency !== '') sheet.place(urgency, 'title', BODY_SIZE, TYPE_AREA.left, sheet.baseline())
  const wide = sheet.width('title', issuer, 1)
  const size = Math.min(HEADER_SIZE_MAX, Math.max(HEADER_SIZE_MIN, BODY_WIDTH / wide))
  let top = TYPE_AREA.top + HEADER_TOP
  for (const line of linesOf(issuer, BODY_WIDTH / size, (one) => sheet.width('title', one, 1))) {
    sheet.centred(line, 'title', size, top + size * 0.88, RED)
    top += size * 1.3
  }
  sheet.row = Math.ceil((top - TYPE_AREA.top) / LINE) + 1
  if (signedOff === '') sheet.centred(number, 'body', BODY_SIZE, sheet.baseline())
  else {
    sheet.place(number, 'body', BODY_SIZE, TYPE_AREA.left + BODY_SIZE, sheet.baseline())
    sheet.right(`签发人：${signedOff}`, BODY_SIZE, sheet.baseline())
  }
  sheet.rule(TYPE_AREA.top + (sheet.row + 1) * LINE - LINE / 4 + RULE_BELOW)
  sheet.row += 3
  sheet.titled(title)
}

class Sheet {
  readonly pages: Page[] = [{ texts: [] }]
  row = 0
  constructor(readonly measure: MeasureFace) {}

  width(face: Face, text: string, size: number): number {
    let sum = 0
    for (const character of text) sum += this.measure(face, character)
    return sum * size
  }
  baseline(): number {
    return baselineOf(TYPE_AREA.top + this.row * LINE, BODY_SIZE)
  }
  /** Goes on a new page unless so many rows are left on this one. */
  needs(rows: number): void {
    if (this.row + rows <= LINES_A_PAGE) return
    this.pages.push({ texts: [] })
    this.row = 0
  }
  place(text: string, face: Face, size: number, x: number, y: number, color = BLACK): void {
    if (text !== '') this.pages.at(-1)?.texts.push({ text, face, size, color, x, y })
  }
  centred(text: string, face: Face, size: number, y: number, color = BLACK): void {
    const x = TYPE_AREA.left + (TYPE_AREA.width - this.width(face, text, size)) / 2
    this.place(text, face, size, x, y, color)
  }
  right(text: string, space: number, y: number): void {
    const x = TYPE_AREA.left + BODY_WIDTH - space - this.width('body', text, BODY_SIZE)
    this.place(text, 'body', BODY_SIZE, Math.max(x, TYPE_AREA.left), y)
  }
  rule(y: number): void {
    const page = this.pages.at(-1)
    if (page) page.rule = y
  }
  titled(title: string): void {
    for (const line of this.linesIn('title', TITLE_SIZE, title)) {
      this.needs(1)
      this.centred(line, 'title', TITLE_SIZE, this.baseline())
      this.row += 1
    }
    this.row += 1
  }
  /** Lines from the left edge on. */
  flush(text: string, indent = 0): void {
    const lines = this.linesIn('body', BODY_SIZE, text, indent)
    lines.forEach((line, index) => {
      this.needs(1)
      const x = TYPE_AREA.left + (index === 0 ? indent : 0)
      this.place(line, 'body', BODY_SIZE, x, this.baseline())
      this.row += 1
    })
  }
  /** Each begins with an indent of two characters; several blank lines are one. */
  paragraphs(paragraphs: readonly string[]): void {
    let blank = false
    for (const line of paragraphs.flatMap((one) => one.split('\n'))) {
      const text = line.replaceAll('\t', '　').trim()
      if (text !== '') this.flush(text, INDENT)
      else if (!blank) this.row += 1
      blank = text === ''
    }
  }
  fields(fields: readonly LabelledField[]): void {
    for (const { label, value } of fields) this.paragraphs([`${label}：${value}`])
  }
  attachments(names: readonly string[]): void {
    if (names.length > 0) this.row += 1
    names.forEach((name, index) => {
      const lead = index === 0 ? '附件：' : '　　　'
      this.flush(`${lead}${index + 1}. ${name}`, INDENT)
    })
  }
  /** Signatory and date, right aligned: the date four characters from the edge, the name above its middle. */
  signature(signatory: string, date: string): void {
    this.row += 1
    this.needs(2)
    const [name, day] = [signatory, date].map((text) => this.width('body', text, BODY_SIZE))
    const wider = (name ?? 0) - (day ?? 0)
    const space = 4 * BODY_SIZE
    this.right(signatory, Math.max(2 * BODY_SIZE, space - wider / 2), this.baseline())
    this.row += 1
    this.right(date, Math.max(space, 2 * BODY_SIZE + wider / 2), this.baseline())
    this.row += 1
  }
  annex({ title, paragraphs, fields }: Annex, number: number): void {
    this.needs(LINES_A_PAGE + 1)
    this.place(`附件${number}`, 'title', BODY_SIZE, TYPE_AREA.left, this.baseline())
    this.row += 2
    this.titled(title)
    this.paragraphs(paragraphs)
    this.fields(fields)
  }
  /** — 1 —: right on odd pages, left on even ones, one character from the edge. */
  numberPages(): void {
    this.pages.forEach(({ texts }, index) => {
      const text = `— ${index + 1} —`
      const wide = this.width('body', text, NUMBER_SIZE)
      const left = TYPE_AREA.left + NUMBER_SIZE
      const x = index % 2 === 1 ? left : TYPE_AREA.left + TYPE_AREA.width - NUMBER_SIZE - wide
      const y = TYPE_AREA.top + TYPE_AREA.height + NUMBER_BELOW + NUMBER_SIZE * 0.88
      texts.push({ text, face: 'body', size: NUMBER_SIZE, color: BLACK, x, y })
    })
  }
  linesIn(face: Face, size: number, text: string, indent = 0): string[] {
    const measure = (character: string): number => this.measure(face, character) * size
    return linesOf(text, BODY_WIDTH + 0.01, measure, indent)
  }
}
