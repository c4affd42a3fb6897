// The fixed record of a letter: fields by a stable name, each with the label that is printed
// (proto/DOCUMENTS.md lists the names by kind of letter). Pure.

/** Every name that letters of this service use, with its label. Names are for ever. */
export const LABELS = {
  sender: '发文机关',
  recipient: '主送机关',
  number: '发文字号',
  letter: '原函文号',
  'releasing-agency': '拟发布机关',
  'consulted-agency': '被征求意见机关',
  'replying-agency': '答复机关',
  signatory: '签发人',
  urgency: '紧急程度',
  'draft-title': '拟发布信息',
  'draft-version': '稿次',
  'draft-digest': '稿件摘要',
  origin: '信息来源',
  trigger: '征求意见事由',
  basis: '依据',
  'reply-within': '答复期限',
  'last-day': '期限最后一日',
  deadline: '期限届满时间',
  'effect-of-silence': '不答复的后果',
  contact: '联系方式',
  ordinal: '催办次数',
  'received-at': '送达时间',
  'days-counted': '计入期限的工作日',
  'calendar-revision': '工作日历版次',
  reminders: '催办时间',
  reply: '期限内的答复',
  'deemed-at': '视为同意时间',
  'policy-pack': '规则包',
  opinion: '意见',
  lacks: '缺少的内容',
  matter: '事项',
  reason: '撤回理由',
  cause: '更正原因',
  'in-time': '是否在期限内',
  reasons: '理由',
  'legal-basis': '法律依据',
  'proposed-wording': '建议表述',
  'ask-instead': '建议征求的机关',
  addressee: '协调机关',
  competence: '由其协调的理由',
  positions: '各方意见',
  'negotiation-record': '协商记录',
  'main-dispute': '主要分歧',
  'filed-on': '提起方式',
  about: '告知事项',
  date: '成文日期',
} as const

export type FieldName = keyof typeof LABELS

/** One field of the record. */
export type Field = { readonly name: FieldName; readonly label: string; readonly value: string }

/** A record in the order in which it is printed; what is not there is left out, never empty. */
export function recordOf(
  values: Readonly<Partial<Record<FieldName, string | undefined>>>,
): readonly Field[] {
  return (Object.entries(values) as [FieldName, string | undefined][]).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [{ name, label: LABELS[name], value }],
  )
}
