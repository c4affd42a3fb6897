// What a submission declares beside the draft: co-producers (协调 art. 5), approvals and special
// categories (art. 7), the dates that a clock of disclosure counts from, urgency. Judged at submission,
// and fixed for the case. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id } from '../../../shared/identity/identity.js'
import type { ApprovalNeed } from '../approval/approval.js'
import { packName, ruleOf, type Level, type Pack, type SpecialCategory } from '../pack/pack.js'
import type { DisclosureAttribute } from './events.js'

export type Urgency = 'urgent' | 'most_urgent'

export type Particulars = {
  readonly coProducers: readonly Id<'agency'>[]
  readonly approvalsNeeded: readonly ApprovalNeed[]
  /** Digest of the approvals' words: organs and bases; absent where none is needed. */
  readonly approvalsDigest?: string
  /** Special categories, by the pack's ids. */
  readonly categories: readonly string[]
  /** Date on which the information was formed or obtained. */
  readonly formedOn?: string
  /** Date on which the application was received. */
  readonly applicationReceivedOn?: string
  readonly urgency?: Urgency
}

export type ParticularsEvent = { readonly type: 'ParticularsDeclared' } & Particulars

/** Of a submission that declares nothing. */
export const noParticulars: Particulars = { coProducers: [], approvalsNeeded: [], categories: [] }

/** Whether there is anything to put on record. */
export const declaresNothing = (particulars: Particulars): boolean =>
  particulars.coProducers.length === 0 &&
  particulars.approvalsNeeded.length === 0 &&
  particulars.categories.length === 0 &&
  particulars.formedOn === undefined &&
  particulars.applicationReceivedOn === undefined &&
  particulars.urgency === undefined

type Submitted = {
  readonly attribute: DisclosureAttribute
  readonly today: string
  readonly publisher: { readonly name: string; readonly level: Level } | undefined
}

/** Refuses what the pack does not let in: another kind of release, an unknown category, a publisher that the law does not name. */
export function checkParticulars(pack: Pack, particulars: Particulars, submitted: Submitted): void {
  mustApply(pack, particulars, submitted.attribute)
  checkDates(particulars, submitted)
  const seen = new Set<string>()
  particulars.categories.forEach((id, index) => {
    const field = `categories[${index}]`
    const category = categoryOf(pack, id)
    if (category === undefined)
      throw new Refusal('malformed', 'SPECIAL_CATEGORY_UNKNOWN', ruleOf(pack, categories(pack)), {
        field,
        category: id.slice(0, 64),
        known_zh: known(pack, 'zh'),
        known_en: known(pack, 'en'),
      })
    if (seen.has(id))
      throw new Refusal('malformed', 'FIELD_VALUE', ruleOf(pack, categories(pack)), {
        field,
        value: id,
        why_zh: '每个类别只列一次。',
        why_en: 'List each category once.',
      })
    seen.add(id)
    if (!mayPublish(category, submitted.publisher))
      throw new Refusal('malformed', 'PUBLISHER_NOT_LAWFUL', ruleOf(pack, categories(pack)), {
        field,
        category_zh: category.zh,
        category_en: category.en,
        law: category.law,
        publishers_zh: publishersOf(category, 'zh'),
        publishers_en: publishersOf(category, 'en'),
      })
  })
}

const categories = (pack: Pack): Pack['specialCategories'] => pack.specialCategories

/** A special category by its id in the pack. */
export const categoryOf = (pack: Pack, id: string): SpecialCategory | undefined =>
  pack.specialCategories.list.find((category) => category.id === id)

const known = (pack: Pack, language: 'zh' | 'en'): string =>
  pack.specialCategories.list
    .map((category) => `${category.id}（${category[language]}）`)
    .join(language === 'zh' ? '、' : ', ') || '-'

function mayPublish({ publishers }: SpecialCategory, publisher: Submitted['publisher']): boolean {
  if (publisher === undefined) return false
  const { name, level } = publisher
  return publishers.levels.includes(level) && publishers.named.some((word) => name.includes(word))
}

const LEVELS: Readonly<Record<Level, { zh: string; en: string }>> = {
  national: { zh: '国家级', en: 'national' },
  province: { zh: '省级', en: 'provincial' },
  prefecture: { zh: '市级', en: 'prefectural' },
  county: { zh: '县级', en: 'county' },
  township: { zh: '乡级', en: 'township' },
}

/** Who may publish, in words: 国家级、省级：农业农村. */
export function publishersOf({ publishers }: SpecialCategory, language: 'zh' | 'en'): string {
  const comma = language === 'zh' ? '、' : ', '
  const levels = publishers.levels.map((level) => LEVELS[level][language]).join(comma)
  return `${levels}${language === 'zh' ? '：' : ': '}${publishers.named.join(comma)}`
}

function mustApply(pack: Pack, particulars: Particulars, attribute: DisclosureAttribute): void {
  const { appliesTo } = pack
  const refuse = (field: string, why_zh: string, why_en: string): Refusal =>
    new Refusal('malformed', 'PACK_NOT_APPLICABLE', ruleOf(pack, appliesTo), {
      field,
      pack: packName(pack),
      why_zh,
      why_en,
    })
  if (!appliesTo.attributes.includes(attribute))
    throw refuse(
      'attribute',
      attribute === 'active' ? '不适用于主动公开' : '不适用于依申请公开',
      attribute === 'active' ? 'it is not for active disclosure' : 'it is not for applications',
    )
  if (appliesTo.onlyJointlyMade && particulars.coProducers.length === 0)
    throw refuse(
      'co_producers',
      '只适用于两个以上行政机关共同制作的信息，须列出其他制作机关',
      'it is only for jointly made information: name the other agencies that made it',
    )
}

function checkDates(particulars: Particulars, { attribute, today }: Submitted): void {
  const dates = [
    ['formed_on', particulars.formedOn],
    ['application_received_on', particulars.applicationReceivedOn],
  ] as const
  for (const [field, date] of dates)
    if (date !== undefined && date > today)
      throw new Refusal('malformed', 'FIELD_VALUE', 'house/fields', {
        field,
        value: date,
        why_zh: '日期不能在将来。',
        why_en: 'It lies in the future.',
      })
  if (attribute === 'active' && particulars.applicationReceivedOn !== undefined)
    throw new Refusal('malformed', 'FIELD_VALUE', 'house/fields', {
      field: 'application_received_on',
      value: particulars.applicationReceivedOn,
      why_zh: '主动公开没有申请。',
      why_en: 'Active disclosure has no application.',
    })
}
