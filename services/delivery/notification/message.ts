// What a notification says: that a letter of a kind came, and how to find it. Nothing of what it says. Pure.
import { canonical } from '../../../shared/dossier/canonical.js'
import type { LetterKind } from '../letter/letter-kind.js'

export type Told = {
  readonly notificationId: string
  readonly letterId: string
  readonly kind: LetterKind
  /** Number in the mailbox. */
  readonly number: number
  /** 文号; may be empty. */
  readonly documentNumber: string
  readonly receivedAt: number
}

/** Chinese names of the kinds, for a person. */
export const KIND_NAMES: Readonly<Record<LetterKind, string>> = {
  'consultation-letter': '征求意见函',
  reminder: '催办单',
  'certificate-of-deemed-consent': '视为同意证明',
  'defect-notice': '补正通知',
  withdrawal: '撤回通知',
  correction: '更正通知',
  'reply-notice': '回复函',
  'confirmation-request': '沟通确认函',
  'dispute-application': '协调申请书',
  'co-review-request': '会同研究函',
  ruling: '处理意见书',
  notice: '告知书',
}

/** The body of a webhook: RFC 8785 JSON, times in UTC milliseconds. */
export const webhookBody = (told: Told): string => canonical({ ...told })

/** The subject and text of an e-mail. `received`: the instant as a clerk reads it. */
export function mailOf(told: Told, received: string): { subject: string; text: string } {
  const number = told.documentNumber === '' ? '' : `（${told.documentNumber}）`
  const kind = KIND_NAMES[told.kind]
  return {
    subject: `会签系统：收到${kind}${number}`,
    text: [
      `贵单位的收件箱于${received}收到${kind}${number}，收文编号 ${told.number}。`,
      '请登录本单位的办公系统查阅。本通知不含来函内容；答复期限自来函进入收件箱起算，与本通知无关。',
      `函件标识：${told.letterId}`,
      '',
    ].join('\n'),
  }
}
