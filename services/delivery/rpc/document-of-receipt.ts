// The receipt of a letter (签收回执): what delivery recorded of it, from its recipient to its sender.
import { createHash } from 'node:crypto'
import type { Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { canonical } from '../../../shared/dossier/canonical.js'
import type { OfficialDocument } from '../../../shared/official-document/official-document.js'
import { beijingTime, dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import type { ListedLetter } from '../store/mailbox-page.js'
import { wordsOf } from './document-of-letter.js'

/** The fields of the receipt by name, in order of printing; `letter` is undefined where its content was destroyed. */
export function receiptFields(row: ListedLetter, letter: Letter | undefined) {
  const time = (at: number | null): string | undefined =>
    at === null ? undefined : beijingTime(at)
  const field = (name: string, label: string, value: string | null | undefined) =>
    value === undefined || value === null || value === '' ? [] : [{ name, label, value }]
  const nameOf = (name: 'sender' | 'recipient') => (letter && wordsOf(letter, name)) ?? row[name]
  return [
    ...field('recipient', '收文机关', nameOf('recipient')),
    ...field('sender', '来文机关', nameOf('sender')),
    ...field('letter', '来文文号', row.document_number),
    ...field('title', '来文标题', letter?.title ?? '（内容已销毁）'),
    ...field('mailbox-number', '收文编号', String(row.number)),
    ...field('received-at', '送达时间', time(row.received_at)),
    ...field('signed-at', '签收时间', time(row.signed_at)),
    ...field('signed-by', '签收人', row.signed_by),
    ...field('withdrawn-at', '撤回时间', time(row.withdrawn_at)),
    ...field('letter-id', '函件标识', row.letter_id),
    ...field('content-digest', '函件摘要', row.content),
  ]
}

export function documentOfReceipt(row: ListedLetter, letter: Letter | undefined): OfficialDocument {
  const fields = receiptFields(row, letter)
  const said = (name: string): string => fields.find((field) => field.name === name)?.value ?? ''
  const dated = row.signed_at ?? row.received_at ?? 0
  const signed = row.signed_at !== null
  return {
    issuer: said('recipient'),
    ...{ urgency: '', number: '', signedOff: '', title: '签收回执', attachments: [], annexes: [] },
    addressee: said('sender'),
    paragraphs: [
      signed
        ? '下列来文已进入本单位指定的收件系统，并已签收。'
        : '下列来文已进入本单位指定的收件系统，尚未签收。',
    ],
    fields: fields.map(({ label, value }) => ({ label, value })),
    signatory: said('recipient'),
    date: dateOf(dayOf(dated)),
    dated,
    digest: createHash('sha256').update(canonical(fields)).digest('hex'),
  }
}
