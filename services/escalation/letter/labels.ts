// The fixed record of a letter: fields by a stable name, each with the label that is printed
// (proto/DOCUMENTS.md lists the names by kind of letter). Pure.

const LABELS = {
  sender: '发文机关',
  recipient: '主送机关',
  date: '成文日期',
  number: '发文字号',
  letter: '原函文号',
  ordinal: '催办次数',
  'effect-of-silence': '不答复的后果',
  matter: '事项',
  addressee: '协调机关',
  competence: '由其协调的理由',
  positions: '各方意见',
  'negotiation-record': '协商记录',
  'main-dispute': '主要分歧',
  basis: '依据',
  'draft-version': '稿次',
  'draft-digest': '稿件摘要',
  'filed-on': '提起方式',
  body: '会同部门',
  asked: '请研究的问题',
  participants: '参加研究的机关',
  findings: '认定的事实和理由',
  disposition: '处理意见',
  'ruled-digest': '应发布文本的摘要',
  dissent: '不同意见',
  about: '告知事项',
} as const

export type FieldName = keyof typeof LABELS
export type Field = { readonly name: FieldName; readonly label: string; readonly value: string }

/** A record in the order in which it is printed; what is not there is left out, never empty. */
export const recordOf = (
  values: Readonly<Partial<Record<FieldName, string | undefined>>>,
): readonly Field[] =>
  (Object.keys(values) as FieldName[]).flatMap((name) => {
    const value = values[name] ?? ''
    return value === '' ? [] : [{ name, label: LABELS[name], value }]
  })
