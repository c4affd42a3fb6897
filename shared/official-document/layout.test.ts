import { describe, expect, test } from 'vitest'
import { letter } from './document.fixture.js'
import { layOut, type MeasureFace, type PlacedText } from './layout.js'
import type { OfficialDocument } from './official-document.js'
import { BODY_SIZE, BODY_WIDTH, PAGE, RED, TITLE_SIZE, TYPE_AREA } from './paper.js'

const measure: MeasureFace = (_face, character) => (character.charCodeAt(0) < 0x100 ? 0.5 : 1)
const lay = (more: Partial<OfficialDocument> = {}) => layOut({ ...letter, ...more }, measure)
const widthOf = ({ text, size }: PlacedText) =>
  [...text].reduce((sum, one) => sum + measure('body', one), 0) * size
const rightOf = (text: PlacedText) => text.x + widthOf(text)
const RIGHT = TYPE_AREA.left + BODY_WIDTH
const find = (pages: ReturnType<typeof lay>, part: string): PlacedText => {
  const found = pages.flatMap(({ texts }) => texts).find(({ text }) => text.includes(part))
  if (found === undefined) throw new Error(`${part} is nowhere`)
  return found
}
const middleOf = (text: PlacedText) => text.x + widthOf(text) / 2

describe('the first page', () => {
  const pages = lay()
  const [first] = pages
  test('has a red header across the page, and a red rule below the number', () => {
    const [header] = first!.texts.filter(({ color }) => color === RED)
    expect(header).toMatchObject({ text: letter.issuer })
    expect(middleOf(header!)).toBeCloseTo(PAGE.width / 2, -1)
    expect(header!.size).toBeGreaterThan(TITLE_SIZE)
    expect(first!.rule).toBeGreaterThan(find(pages, letter.number).y)
    expect(first!.rule).toBeLessThan(find(pages, letter.title).y)
    expect(pages.slice(1).every(({ rule }) => rule === undefined)).toBe(true)
  })

  test('has the title in its middle, and the addressee at the left edge', () => {
    expect(middleOf(find(pages, letter.title))).toBeCloseTo(middleOf(find(pages, letter.issuer)), 0)
    expect(find(pages, `${letter.addressee}：`).x).toBe(TYPE_AREA.left)
  })

  test('has the number in its middle where nobody signed off, else at both edges', () => {
    const unsigned = lay({ signedOff: '' })
    expect(middleOf(find(unsigned, letter.number))).toBeCloseTo(PAGE.width / 2, -1)
    expect(find(pages, letter.number).x).toBe(TYPE_AREA.left + BODY_SIZE)
    expect(rightOf(find(pages, '签发人：张三'))).toBeCloseTo(RIGHT - BODY_SIZE, 5)
  })

  test('breaks a header that is too long for a line', () => {
    const long = lay({ issuer: '清'.repeat(40) })
    const headers = long[0]!.texts.filter(({ color }) => color === RED)
    expect(headers.map(({ text }) => text.length).reduce((sum, one) => sum + one, 0)).toBe(40)
    for (const header of headers) expect(rightOf(header)).toBeLessThanOrEqual(RIGHT + 1)
  })
})

describe('the text', () => {
  test('is indented by two characters, and fills 28 a line and 22 lines a page', () => {
    const pages = lay({ annexes: [{ title: '题', paragraphs: ['水'.repeat(2_000)], fields: [] }] })
    const lines = pages.flatMap(({ texts }) => texts.filter(({ text }) => /^水+$/.test(text)))
    expect(lines[0]).toMatchObject({ x: TYPE_AREA.left + 2 * BODY_SIZE, text: '水'.repeat(26) })
    expect(lines[1]).toMatchObject({ x: TYPE_AREA.left, text: '水'.repeat(28) })
    const full = pages.at(-2)!.texts.filter(({ text }) => /^水+$/.test(text))
    expect(full).toHaveLength(22)
  })

  test('stays within the type area', () => {
    const paragraphs = ['水，a9《》'.repeat(900)]
    for (const { texts } of lay({ paragraphs }))
      for (const text of texts.filter(({ text }) => !text.startsWith('—'))) {
        expect(rightOf(text)).toBeLessThanOrEqual(RIGHT + 1)
        expect(text.x).toBeGreaterThanOrEqual(TYPE_AREA.left)
        expect(text.y).toBeLessThanOrEqual(TYPE_AREA.top + TYPE_AREA.height)
      }
  })

  test('has one blank line where the draft has many', () => {
    const annexes = [{ title: '题', paragraphs: ['甲', '\n\n\n', '乙'], fields: [] }]
    const pages = lay({ annexes })
    const pitch = TYPE_AREA.height / 22
    expect(find(pages, '乙').y - find(pages, '甲').y).toBeCloseTo(2 * pitch, 5)
  })
})

describe('the end', () => {
  test('has the date at the right, four characters from the edge, the signatory above its middle', () => {
    const pages = lay({ signatory: '市水利局', date: '2026-10-10' })
    const date = find(pages, '2026年10月10日')
    expect(rightOf(date)).toBeCloseTo(RIGHT - 4 * BODY_SIZE, 5)
    expect(middleOf(find(pages, '市水利局'))).toBeCloseTo(middleOf(date), 5)
  })

  test('keeps signatory and date on one page', () => {
    for (let length = 1; length < 30; length++) {
      const pages = lay({ signatory: '市水利局', paragraphs: Array<string>(length).fill('水') })
      const page = (part: string) =>
        pages.findIndex(({ texts }) => texts.some(({ text }) => text === part))
      expect(page('市水利局')).toBe(page('2026年9月8日'))
    }
  })

  test('lists the attachments, each annex on a page of its own', () => {
    const pages = lay()
    expect(find(pages, '附件：1. 北江水库水位').x).toBe(TYPE_AREA.left + 2 * BODY_SIZE)
    const marks = pages.map(({ texts }) => texts.find(({ text }) => /^附件\d$/.test(text))?.text)
    expect(marks.filter((mark) => mark !== undefined)).toEqual(['附件1', '附件2'])
  })

  test('numbers pages: right on odd ones, left on even ones', () => {
    const numbers = lay().map(({ texts }) => texts.at(-1)!)
    expect(numbers.map(({ text }) => text)).toEqual(numbers.map((_, index) => `— ${index + 1} —`))
    expect(numbers[0]!.x).toBeGreaterThan(PAGE.width / 2)
    expect(numbers[1]!.x).toBeLessThan(PAGE.width / 2)
    expect(numbers[0]!.y).toBeGreaterThan(TYPE_AREA.top + TYPE_AREA.height)
  })
})
