// A policy pack: one place's rule as data. Every number, effect and quotation that the service uses
// comes from here, and every decision names the pack and the article. What the rule leaves open and
// the house decides carries `source: house` and never an article. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { OpinionKind } from '../consultation/opinion.js'

/** An article's words and how it is cited in full. */
export type ArticleText = { readonly citation: string; readonly text: string }

/** A rule of the pack: the article it rests on, or the house's own decision. */
export type Grounded = { readonly article: string } | { readonly source: 'house' }

/** What a late or superfluous remark may claim, so that it holds the release. */
export type Claim = 'secrecy' | 'illegality' | 'special_category'

/** To whom a dispute may go (协调 art. 6 para 3). */
export type AddresseeKind = 'superior_organ' | 'competent_authority' | 'common_superior'

/** Acts that a pack may want signed. */
export type SignedAct = 'opinion' | 'confirmation'

/** Levels of government, as the directory names them. */
export type Level = 'national' | 'province' | 'prefecture' | 'county' | 'township'

/** A category that the law lets only some agencies publish. */
export type SpecialCategory = {
  readonly id: string
  readonly zh: string
  readonly en: string
  /** Who may publish: an agency at one of these levels whose name holds one of these words. */
  readonly publishers: { readonly levels: readonly Level[]; readonly named: readonly string[] }
  /** The law, cited in full. */
  readonly law: string
}

/** By when information is to be disclosed, or an application answered. */
export type PublicationClock = {
  readonly within: number
  readonly unit: 'working_day'
  /** Whether the time of consultations does not count: the union of their intervals. */
  readonly consultationExcluded: boolean
  /** The law, cited in full. */
  readonly law: string
}

export type Pack = {
  readonly id: string
  readonly version: number
  readonly title: string
  /** How its articles are cited in short: `协调` gives `协调/6.2`. */
  readonly cite: string
  readonly issuer: string
  readonly validFrom: string
  readonly validUntil: string | null
  readonly articles: Readonly<Record<string, ArticleText>>
  readonly origin: Grounded
  readonly secrecyReview: Grounded & { readonly text: { readonly zh: string; readonly en: string } }
  readonly approval: Grounded
  /** Which releases the pack is made for; a submission of another kind is refused under it. */
  readonly appliesTo: Grounded & {
    readonly attributes: readonly ('active' | 'on_application')[]
    /** Whether it is only for jointly made information. */
    readonly onlyJointlyMade: boolean
  }
  /** Information that only some agencies may publish, each with its law (the list is open). */
  readonly specialCategories: Grounded & { readonly list: readonly SpecialCategory[] }
  /** Confirmations of co-producers; reminders each so many working days while one is awaited. */
  readonly confirmations: Grounded & {
    readonly remindEveryWorkingDays: number
    /** True where co-producers are consulted, with its effect of silence, and confirm nothing besides; absent: they confirm. */
    readonly byConsultation?: boolean
  }
  /** Agencies that say they are affected too. */
  readonly declarations: Grounded
  /** Letters served on paper: how soon the receipt must be on record, in working days after it. */
  readonly paper: Grounded & { readonly recordWithinWorkingDays: number }
  /** Whom to consult. */
  readonly consultation: Grounded
  /** The period for a reply. */
  readonly reply: Grounded & {
    readonly within: number
    readonly unit: 'working_day' | 'calendar_day'
    readonly dayZero: 'excluded' | 'included'
    readonly receiptOnRestDay: 'as_received' | 'next_working_day'
    /** `24:00`, or close of business `HH:MM`. */
    readonly end: string
  }
  /** What silence until the deadline does. */
  readonly silence: Grounded & {
    readonly effect: 'deemed_consent' | 'none'
    /** The rule's own words on silence; empty where it has none. */
    readonly quotation: string
    /** The rule's own words on liability; empty where it has none. */
    readonly liability: string
  }
  readonly objection: Grounded
  /** Whether a reply without a verdict (other reply) stops deeming. */
  readonly withoutVerdict: Grounded & { readonly stopsDeeming: boolean }
  readonly negotiation: Grounded
  /** Where a disagreement goes: the choice that the releasing agency has, in the order of the text. */
  readonly escalation: Grounded & { readonly to: readonly AddresseeKind[] }
  /** Who studies a dispute with whom; reminders each so many working days while a view or a ruling is awaited. */
  readonly coReview: Grounded & {
    readonly requiredOf: readonly AddresseeKind[]
    readonly bodies: readonly ('legal' | 'secrecy' | 'supervision')[]
    readonly remindEveryWorkingDays: number
  }
  readonly lateRemarks: Grounded & { readonly holdFor: readonly Claim[] }
  /** Reminders, counted back in working days from the last day, at an hour of Beijing time. */
  readonly reminders: Grounded & {
    readonly at: string
    readonly workingDaysBefore: readonly number[]
  }
  /** How long the service may be down on the last day of a period before the deadline rolls. */
  readonly outage: Grounded & { readonly toleratedMinutes: number }
  readonly standingInstruction: Grounded & {
    readonly to: AddresseeKind
    readonly afterWorkingDays: number
  }
  /** The clocks of disclosure beside the consultation; null: the pack has none. They rest on another law, cited in full. */
  readonly publicationClocks: {
    readonly active: PublicationClock | null
    readonly onApplication: PublicationClock | null
  }
  readonly breach: Grounded
  /** Acts that are taken only with the agency's own signature (proto/ACTS.md); absent: none, but of agencies that require it of themselves. */
  readonly signatures?: Grounded & { readonly of: readonly SignedAct[] }
  /** The word between the agency's prefix and the year in a document number. */
  readonly letters: Grounded & { readonly numberWord: string }
}

/** `qingyuan-2011@1` */
export const packName = (pack: Pack): string => `${pack.id}@${pack.version}`

/** How a rule of the pack is cited as the ground of a decision: `协调/6.2`, or `house` where the house decides. */
export function ruleOf(pack: Pack, rule: Grounded): string {
  return 'article' in rule ? `${pack.cite}/${rule.article}` : 'house'
}

/** The article a rule rests on, with its words; a rule of the house has no article. */
export function articleOf(
  pack: Pack,
  rule: Grounded,
): { readonly id: string; readonly citation: string; readonly text: string } {
  if (!('article' in rule)) return { id: 'house', citation: '本系统约定（规则未作规定）', text: '' }
  const article = pack.articles[rule.article]
  return {
    id: ruleOf(pack, rule),
    citation: article?.citation ?? ruleOf(pack, rule),
    text: article?.text ?? '',
  }
}

/** Whether an opinion of this kind without a verdict stops silence from having an effect under the pack. */
export function stopsDeeming(pack: Pack, kind: OpinionKind): boolean {
  return kind === 'other_reply' ? pack.withoutVerdict.stopsDeeming : true
}

/** Refuses an act without a signature where the pack wants one. `signed`: whether it has one that held. */
export function mustBeSigned(pack: Pack, act: SignedAct, signed: boolean): void {
  const { signatures } = pack
  if (signed || signatures?.of.includes(act) !== true) return
  throw new Refusal('malformed', 'SIGNATURE_REQUIRED', ruleOf(pack, signatures), {
    field: 'signed',
  })
}

/** Whether the pack is in force on a date. */
export function inForce(pack: Pack, date: string): boolean {
  return pack.validFrom <= date && (pack.validUntil === null || date < pack.validUntil)
}
