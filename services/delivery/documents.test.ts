// RenderDocument over the wire: every kind of letter, and the receipt, as HTML and PDF.
import { afterEach, describe, expect, test } from 'vitest'
import { Announcement } from '../../gen/huiqian/delivery/v1/announcements.js'
import {
  DocumentFormat,
  DocumentOf,
  LetterKind,
  type Letter,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import { linesOfPdf } from '../../shared/official-document/pdf-text.fixture.js'
import { documented, faultsOfRecord } from '../../tests/contracts/documents-page.js'
import { HEALTH, openDeliveryHouse, START, WATER, type DeliveryHouse } from './service.fixture.js'

let house: DeliveryHouse
afterEach(() => house.close())

const { HTML, PDF } = DocumentFormat
const EVERY_KIND = Object.values(LetterKind).filter(
  (kind): kind is LetterKind => typeof kind === 'number' && kind > 0,
)

async function openHouse(): Promise<DeliveryHouse> {
  house = await openDeliveryHouse()
  for (const agency of [HEALTH, WATER]) await house.directory.designate(agency, START - 86_400_000)
  await house.settle()
  return house
}

async function posted(more: Partial<Letter> = {}): Promise<Letter> {
  const letter = house.letter(more)
  const { letters } = await (await house.letters()).postLetters({ letters: [letter] })
  expect(letters[0]?.refusedReason).toBe('')
  return letter
}

async function rendered(
  { letterId }: Pick<Letter, 'letterId'>,
  format: DocumentFormat,
  { document = DocumentOf.LETTER, agency = HEALTH } = {},
): Promise<Buffer> {
  const chunks: Buffer[] = []
  const mailbox = await house.mailbox(agency)
  for await (const { chunk } of mailbox.renderDocument({ letterId, format, document })) {
    expect(chunk.length).toBeLessThanOrEqual(256 * 1024)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const readings = async (): Promise<number> => {
  const { page } = await (await house.feed()).read({ after: 0, limit: 0 })
  const told = (page?.entries ?? []).map((entry) => Announcement.decode(entry.announcement).what)
  return told.filter((what) => what?.$case === 'letterRead').length
}

const consultation: Partial<Letter> = {
  letterId: '0199a0e0-0000-7000-8000-000000000001',
  title: '关于征求《水库水位》发布意见的函',
  body: '清远市卫生健康局：\n\n现书面征求贵单位意见。\n\n签发人：张三\n清远市人民政府办公室\n2026-09-28',
  attachments: [{ digest: 'ab'.repeat(32), size: 3, name: '附图<1>.pdf' }],
  urgency: '加急',
  fields: [
    { name: 'sender', label: '发文机关', value: '清远市人民政府办公室' },
    { name: 'recipient', label: '主送机关', value: '清远市卫生健康局' },
    { name: 'date', label: '成文日期', value: '2026-09-28' },
    { name: 'draft-digest', label: '稿件摘要', value: '00'.repeat(32) },
  ],
}

describe('a letter on paper', () => {
  test('of every kind is whole, as HTML and as PDF', async () => {
    await openHouse()
    for (const kind of EVERY_KIND) {
      const name = `LETTER_KIND_${LetterKind[kind]}`
      const rows = [...(documented.get('') ?? []), ...(documented.get(name) ?? [])]
      const fields = rows.map((row) => ({ ...row, value: `“${row.label}”` }))
      expect(faultsOfRecord(name, fields)).toEqual([])
      const letter = await posted({ kind, fields, title: '关于水库的函', body: '某局：\n\n正文。' })
      const page = (await rendered(letter, HTML)).toString()
      const paper = linesOfPdf(await rendered(letter, PDF)).join('')
      for (const text of [page, paper]) {
        for (const { label, value } of fields) {
          expect(text).toContain(label)
          expect(text).toContain(value)
        }
        expect(text).toContain('正文。')
        expect(text).not.toMatch(/�|某局：/)
      }
    }
  })

  test('has the form of the golden page', async () => {
    await openHouse()
    const page = (await rendered(await posted(consultation), HTML)).toString()
    await expect(page).toMatchFileSnapshot('golden/consultation-letter.html')
  })

  test('is the same file after a restart, and by another system of the agency', async () => {
    await openHouse()
    const letter = await posted(consultation)
    const first = await rendered(letter, PDF)
    house.clock.turnTo(START + 3_600_000)
    await house.restart()
    expect((await rendered(letter, PDF)).equals(first)).toBe(true)
    expect(linesOfPdf(first).join('')).toContain('2026年9月28日')
  })

  test('of 512 KiB comes in pieces, while other calls are answered', async () => {
    await openHouse()
    const draftText = '关于政府信息发布协调制度的意见。'.repeat(10_900) // 16 characters, 48 bytes
    const letter = await posted({ ...consultation, draftText })
    const paper = rendered(letter, PDF)
    const mailbox = await house.mailbox(HEALTH)
    let answered = 0
    const asking = paper.then(() => true)
    while (
      !(await Promise.race([
        asking,
        mailbox.getLetter({ letterId: letter.letterId }).then(() => false),
      ]))
    )
      answered++
    expect(answered).toBeGreaterThan(0)
    expect(linesOfPdf(await paper).join('')).toContain('关于政府信息发布协调制度的意见。'.repeat(2))
  })

  test('goes on record as read, once a minute; its receipt does not', async () => {
    await openHouse()
    const letter = await posted(consultation)
    await rendered(letter, HTML, { document: DocumentOf.RECEIPT })
    expect(await readings()).toBe(0)
    await rendered(letter, HTML)
    await rendered(letter, PDF)
    expect(await readings()).toBe(1)
  })

  test('with a character that no font has is refused as PDF, by name, and is not read by that', async () => {
    await openHouse()
    const letter = await posted({ ...consultation, draftText: '水\u{1F600}' })
    await expect(rendered(letter, PDF)).rejects.toMatchObject({ reason: 'DOCUMENT_GLYPH_MISSING' })
    expect(await readings()).toBe(0)
    expect((await rendered(letter, HTML)).toString()).toContain('水\u{1F600}')
  })

  test('of another mailbox does not exist', async () => {
    await openHouse()
    const letter = await posted(consultation)
    for (const document of [DocumentOf.LETTER, DocumentOf.RECEIPT])
      await expect(rendered(letter, HTML, { agency: WATER, document })).rejects.toMatchObject({
        reason: 'NOT_FOUND',
      })
    await expect(rendered({ letterId: 'none' }, HTML, { agency: WATER })).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    })
  })

  test.each([
    [0, DocumentOf.LETTER, 'FIELD_MISSING'],
    [9, DocumentOf.LETTER, 'FIELD_VALUE'],
    [HTML, 7, 'FIELD_VALUE'],
  ])('in form %i of document %i is refused: %s', async (format, document, reason) => {
    await openHouse()
    const letter = await posted(consultation)
    await expect(rendered(letter, format, { document })).rejects.toMatchObject({ reason })
  })
})

describe('a receipt', () => {
  test('has the form of the golden page, before and after it was signed', async () => {
    await openHouse()
    const letter = await posted(consultation)
    const receipt = { document: DocumentOf.RECEIPT }
    const before = (await rendered(letter, HTML, receipt)).toString()
    expect(before).toContain('尚未签收')
    house.clock.turnTo(START + 60_000)
    const mailbox = await house.mailbox(HEALTH)
    const { letterId } = letter
    await mailbox.signReceipt({
      signed: undefined,
      requestId: 'r1',
      letterId,
      signedBy: '值班员 <王五>',
    })
    const after = (await rendered(letter, HTML, receipt)).toString()
    await expect(after).toMatchFileSnapshot('golden/receipt.html')
    const paper = linesOfPdf(await rendered(letter, PDF, receipt)).join('')
    expect(paper).toContain('签收人：值班员 <王五>')
    expect(paper).not.toContain('现书面征求')
  })
})
