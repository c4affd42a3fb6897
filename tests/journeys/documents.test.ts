// What agencies send each other, on paper: each letter of a few cases with its fixed record, whole by
// proto/DOCUMENTS.md, as HTML and as PDF, the same file at every time.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  DocumentFormat,
  DocumentOf,
  LetterKind,
  type Letter,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import { linesOfPdf } from '../../shared/official-document/pdf-text.fixture.js'
import { faultsOfRecord } from '../contracts/documents-page.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { openOffice, type Office } from '../office/office.js'

const { HTML, PDF } = DocumentFormat

await inEachShape('documents', (shape) => {
  let office: Office
  const water = () => office.as('市水利局')

  beforeAll(async () => {
    office = await openOffice({ today: '2026-09-28', shape })
    const affects = ['市卫生健康局', '市公安局', '市财政局']
    const release = await water().submitsRelease('北江水库水位', { affects, contact: '值班室' })
    const dropped = await water().submitsRelease('不发了', { affects: ['市民政局'] })
    await office.settles()
    await office.as('市公安局').givesOpinion(release, 'objection', { reasons: '数据有误。' })
    await office.as('市财政局').givesOpinion(release, 'objection')
    await water().withdraws(dropped, '内容有误')
    await office.livesUntil('2026-10-11T00:00:15+08:00')
  }, PATIENCE_MS)
  afterAll(() => office[Symbol.asyncDispose]())

  const rendered = async (
    name: string,
    { letterId }: Pick<Letter, 'letterId'>,
    format: DocumentFormat,
    document = DocumentOf.LETTER,
  ): Promise<Buffer> => {
    const mailbox = await office.as(name).mailbox()
    const chunks: Buffer[] = []
    for await (const { chunk } of mailbox.renderDocument({ letterId, format, document }))
      chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  const letterOf = async (name: string, kind: LetterKind): Promise<Letter> => {
    const [letter] = await office.as(name).letters(kind)
    if (letter === undefined) throw new Error(`${name} has no ${LetterKind[kind]}`)
    return letter
  }

  test('each letter carries the whole record of its kind', async () => {
    const kinds = new Set<LetterKind>()
    for (const name of ['市水利局', '市卫生健康局', '市公安局', '市财政局', '市民政局'])
      for (const letter of await office.as(name).letters()) {
        kinds.add(letter.kind)
        const kind = `LETTER_KIND_${LetterKind[letter.kind]}`
        expect(faultsOfRecord(kind, letter.fields), letter.title).toEqual([])
      }
    for (const kind of [
      ...[LetterKind.CONSULTATION_LETTER, LetterKind.REMINDER, LetterKind.REPLY_NOTICE],
      ...[
        LetterKind.CERTIFICATE_OF_DEEMED_CONSENT,
        LetterKind.DEFECT_NOTICE,
        LetterKind.WITHDRAWAL,
      ],
    ])
      expect([...kinds]).toContain(kind)
  })

  test.each([
    ['市卫生健康局', LetterKind.CONSULTATION_LETTER, '连带责任'],
    ['市卫生健康局', LetterKind.REMINDER, '最后一日为2026-10-10'],
    ['市卫生健康局', LetterKind.CERTIFICATE_OF_DEEMED_CONSENT, '起视为同意发布'],
    ['市水利局', LetterKind.REPLY_NOTICE, '答复：不同意'],
  ])('what %s got as kind %i is printed whole', async (name, kind, words) => {
    const letter = await letterOf(name, kind)
    const page = (await rendered(name, letter, HTML)).toString()
    const lines = linesOfPdf(await rendered(name, letter, PDF))
    const paper = lines.filter((line) => !/^— \d+ —$/.test(line)).join('') // across pages
    for (const text of [page, paper]) {
      expect(text).toContain(words)
      expect(text).not.toContain('�')
      for (const { label, value } of letter.fields) {
        expect(text).toContain(`${label}：`)
        expect(text.replaceAll('</dt><dd>', '')).toContain(value)
      }
    }
  })

  test('the letter has its draft behind it, its issuer in red, and its addressee once', async () => {
    const letter = await letterOf('市卫生健康局', LetterKind.CONSULTATION_LETTER)
    const page = (await rendered('市卫生健康局', letter, HTML)).toString()
    expect(page).toContain(`<p class="issuer">${office.nameOf(office.codeOf('市水利局'))}</p>`)
    expect(page).toContain('北江水库水位的全文。')
    expect(page.split(`${office.nameOf(office.codeOf('市卫生健康局'))}：`)).toHaveLength(2)
    expect(page.match(/签发人：李四/g)).toHaveLength(1) // beside the number; not at the end again
  })

  test('a document is the same file after a restart of the service', async () => {
    const name = '市卫生健康局'
    const letter = await letterOf(name, LetterKind.CERTIFICATE_OF_DEEMED_CONSENT)
    const receipt = [letter, PDF, DocumentOf.RECEIPT] as const
    const before = [await rendered(name, letter, PDF), await rendered(name, ...receipt)]
    await office.premises.end('delivery', 'stopped')
    await office.premises.startAgain('delivery')
    expect((await rendered(name, letter, PDF)).equals(before[0]!)).toBe(true)
    expect((await rendered(name, ...receipt)).equals(before[1]!)).toBe(true)
  })

  test('a receipt says when the letter entered the mailbox, and who signed', async () => {
    const name = '市公安局'
    const { letterId } = await letterOf(name, LetterKind.CONSULTATION_LETTER)
    const mailbox = await office.as(name).mailbox()
    await mailbox.signReceipt({
      signed: undefined,
      requestId: 'sign',
      letterId,
      signedBy: '值班员王五',
    })
    const page = (await rendered(name, { letterId }, HTML, DocumentOf.RECEIPT)).toString()
    expect(page).toContain('<dt>送达时间：</dt><dd>2026-09-28 10:00:00</dd>')
    expect(page).toContain('<dt>签收人：</dt><dd>值班员王五</dd>')
    expect(page).not.toContain('全文。')
  })

  test('nobody prints what is in another’s mailbox', async () => {
    const letter = await letterOf('市公安局', LetterKind.CONSULTATION_LETTER)
    const refused = rendered('市卫生健康局', letter, PDF)
    await expect(refused).rejects.toMatchObject({ reason: 'NOT_FOUND' })
  })
})
