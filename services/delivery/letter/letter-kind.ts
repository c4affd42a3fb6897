// The sorts of letters, as the record names them. The words are for ever; the wire's numbers are
// mapped to them in rpc/letter-message.ts. Pure.
export const LETTER_KINDS = [
  'consultation-letter', // 征求意见函
  'reminder', // 催办单
  'certificate-of-deemed-consent', // 视为同意证明
  'defect-notice', // 补正通知
  'withdrawal', // 撤回通知
  'correction', // 更正通知
  'reply-notice', // 回复函
  'confirmation-request', // 沟通确认函
  'dispute-application', // 协调申请书
  'co-review-request', // 会同研究函
  'ruling', // 处理意见书
  'notice', // 告知书
] as const

export type LetterKind = (typeof LETTER_KINDS)[number]
