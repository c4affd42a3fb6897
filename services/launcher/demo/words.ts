// The words of the demo's timeline, Chinese and English. What the services say is quoted, never
// written here.
export type Language = 'zh' | 'en'

const OPINIONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  consent: ['同意', 'consent'],
  'consent-with-changes': ['修改后同意', 'consent with changes'],
  objection: ['不同意', 'objection'],
  'not-concerned': ['不涉及本机关', 'not concerned'],
  'other-reply': ['其他答复', 'other reply'],
  deemed: ['视为同意', 'deemed to consent (silence)'],
  expired: ['逾期未答复，沉默无效力', 'silent, without effect'],
  awaits: ['期限未届满，待答复', 'its clock runs'],
  running: ['期限届满，沉默的效力待定', 'silent, its effect is held'],
  confirmed: ['已沟通确认', 'confirmed'],
  awaited: ['待沟通确认', 'confirmation awaited'],
  contradicted: ['认为不准确', 'not accurate'],
}

const STATES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  submitted: ['已提交', 'submitted'],
  consulting: ['征求意见中', 'consulting'],
  negotiation: ['协商中', 'in negotiation'],
  cleared: ['可以发布', 'cleared'],
  held: ['暂停发布', 'held'],
  published: ['已发布', 'published'],
  withdrawn: ['已撤回', 'withdrawn'],
  'in-dispute': ['已报请协调', 'in dispute'],
  ruled: ['已有处理意见，待执行', 'ruled on'],
}

const GATES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  origin: ['来源', 'origin'],
  'secrecy-review': ['保密审查', 'secrecy review'],
  approval: ['批准', 'approval'],
  confirmations: ['联合制作确认', 'confirmations'],
  consultations: ['征求意见', 'consultations'],
}

const BUSES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  nats: ['已配置的 NATS', 'the configured NATS'],
  'own-nats': [
    '自带的 nats-server（JetStream，密钥登录）',
    'a nats-server of its own (JetStream, keys)',
  ],
  'in-process': ['进程内', 'in process'],
}

const RECEPTIONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'in-time': ['在期限内收到', 'in time'],
  defective: ['缺少理由，须补正', 'its reasons are missing'],
  'late-remark': ['作为逾期意见记录', 'a late remark'],
  completed: ['补正已有的答复', 'completes what stood'],
}

const ADDRESSEES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'superior-organ': ['上一级行政机关', 'superior organ'],
  'competent-authority': ['同级政府信息公开工作主管部门', 'competent authority'],
  'common-superior': ['共同上一级行政机关', 'common superior'],
}

const DISPOSITIONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  release: ['予以发布', 'release'],
  'release-with-changes': ['修改后发布', 'release with changes'],
  'do-not-release': ['不予发布', 'do not release'],
  'back-to-negotiation': ['继续协商', 'back to negotiation'],
  none: ['没有意见', 'no view'],
}

const BODIES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  legal: ['法制', 'legal'],
  secrecy: ['保密', 'secrecy'],
  supervision: ['监察', 'supervision'],
  other: ['其他', 'other'],
}

const pick =
  (table: Readonly<Record<string, readonly [string, string]>>) =>
  (word: string, language: Language): string =>
    table[word]?.[language === 'zh' ? 0 : 1] ?? word

export const opinionWord = pick(OPINIONS)
export const stateWord = pick(STATES)
export const gateWord = pick(GATES)
export const addresseeWord = pick(ADDRESSEES)
export const dispositionWord = pick(DISPOSITIONS)
export const bodyWord = pick(BODIES)
export const busWord = pick(BUSES)
export const receptionWord = pick(RECEPTIONS)

const WEEKDAYS = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const

/** `2026-10-10 周六` */
export const dayWord = (date: string, language: Language): string =>
  `${date} ${WEEKDAYS[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''}`

/** A period as people say it: 5个工作日. */
export function periodWord(count: number, unit: string, language: Language): string {
  const working = unit === 'working_day'
  if (language === 'zh') return `${count}个${working ? '工作日' : '自然日'}`
  return `${count} ${working ? 'working' : 'calendar'} day${count === 1 ? '' : 's'}`
}
