// Letters as their recipient reads them.
import type { Letter, MailboxEntry } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Language } from '../command.js'
import type { Names } from '../desk.js'
import { timeText } from './times.js'
import { LETTERS, wordFor } from './words.js'

/** One line of a mailbox. */
export function entryLine(entry: MailboxEntry, names: Names, language: Language): string {
  const zh = language === 'zh'
  const marks = [
    ...(entry.signedAt === undefined
      ? []
      : [zh ? `已签收（${entry.signedBy}）` : `signed (${entry.signedBy})`]),
    ...(entry.withdrawnAt === undefined ? [] : [zh ? '已由发函机关撤回' : 'withdrawn']),
  ]
  return [
    String(entry.number).padStart(4),
    timeText(entry.receivedAt),
    wordFor(LETTERS, entry.kind, language),
    names(entry.sender),
    entry.documentNumber || '—',
    entry.letterId,
    ...marks,
  ].join('  ')
}

/** A letter, whole. */
export function letterText(
  entry: MailboxEntry,
  letter: Letter,
  names: Names,
  language: Language,
): string[] {
  const zh = language === 'zh'
  const line = (label: [string, string], text: string): string =>
    zh ? `${label[0]}：${text}` : `${label[1]}: ${text}`
  return [
    entryLine(entry, names, language),
    line(['事项', 'Release'], letter.releaseId),
    ...(letter.consultationId === ''
      ? []
      : [line(['征求意见', 'Consultation'], letter.consultationId)]),
    line(['发函', 'From'], names(letter.sender)),
    line(['收函', 'To'], names(letter.recipient)),
    '',
    letter.title,
    '',
    letter.body,
    ...(letter.draftText === '' && letter.draftTitle === ''
      ? []
      : ['', '─'.repeat(40), letter.draftTitle, '', letter.draftText]),
    ...(letter.draftDigest === ''
      ? []
      : ['', line(['稿件摘要', 'Draft digest'], letter.draftDigest)]),
    ...letter.attachments.map(({ name, size, digest }) =>
      line(['附件', 'Attachment'], `${name}  ${size}  ${digest}`),
    ),
  ]
}
