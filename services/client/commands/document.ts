// huiqian mailbox document: a letter, or its receipt, as it is printed and filed.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { DocumentFormat, DocumentOf } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { NotUnderstood, type Command } from '../command.js'

const FORMATS = { pdf: DocumentFormat.PDF, html: DocumentFormat.HTML }

const document: Command = {
  words: 'mailbox document',
  takes: ['<letter>'],
  about: {
    zh: '取公文格式的函件或签收回执（PDF、HTML；阅读会记录在案）',
    en: 'a letter or its receipt in the layout of official documents; the reading is recorded',
  },
  options: {
    format: { takes: Object.keys(FORMATS).join('|'), about: { zh: '格式', en: 'form' } },
    receipt: { about: { zh: '签收回执', en: 'its receipt, not the letter' } },
    out: { takes: '<file>', about: { zh: '写入文件', en: 'the file that it is written to' } },
  },
  async run(desk, asked) {
    const out = asked.text('out')
    const format = asked.oneOf('format', FORMATS)
    const of = asked.flag('receipt') ? DocumentOf.RECEIPT : DocumentOf.LETTER
    const calls = await desk.mailboxes()
    const request = { letterId: asked.argument(0), format, document: of }
    const chunks: Uint8Array[] = []
    for await (const { chunk } of calls.renderDocument(request)) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    try {
      writeFileSync(resolve(desk.folder, out), bytes)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new NotUnderstood({ zh: `不能写入 ${out}：${why}`, en: `cannot write ${out}: ${why}` })
    }
    const digest = createHash('sha256').update(bytes).digest('hex')
    await desk.tell({ file: out, size: bytes.length, digest }, () => [
      [out, String(bytes.length), digest].join('  '),
    ])
  },
}

export const DOCUMENT_COMMANDS: readonly Command[] = [document]
