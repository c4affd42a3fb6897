// The instruments that make days off and worked weekends: notices of the State Council's office,
// their amendments, the statute itself (全国年节及纪念日放假办法), regional notices. The calendar is what
// follows from them; nothing else makes a day.
import type { LocalDate } from './day.js'
import { COUNTRY, type Region } from './region.js'

/** `off` a day off, `work` a worked weekend (调休上班), `unset` what an earlier one said is withdrawn. */
export type Operation = {
  readonly date: LocalDate
  readonly op: 'off' | 'work' | 'unset'
  /** The festival, as the notice names it. */
  readonly name: string
}

export type Instrument = {
  /** 文号, as `国办发明电〔2025〕7号`; null where it has none or none is known: then its title names it. */
  readonly number: string | null
  readonly title: string
  readonly issuer: string | null
  /** Date of signature. */
  readonly issuedOn: LocalDate | null
  /** Date it was made public; null: not known, then the date of signature counts. */
  readonly publishedOn: LocalDate | null
  readonly url: string | null
  readonly region: Region
  /** Years whose arrangement it completes: they become notified. */
  readonly notifies: readonly number[]
  /** Years for which it gives the statutory days only: they are provisional until notified. */
  readonly provides: readonly number[]
  readonly operations: readonly Operation[]
}

export type InstrumentKind = 'statute' | 'notice' | 'amendment' | 'regional'

/** What an instrument is, by what it does. */
export function kindOf(instrument: Instrument): InstrumentKind {
  if (instrument.region !== COUNTRY) return 'regional'
  if (instrument.notifies.length > 0) return 'notice'
  return instrument.provides.length > 0 ? 'statute' : 'amendment'
}

/** How an instrument is named in an answer. */
export const citationOf = ({ number, title }: Pick<Instrument, 'number' | 'title'>): string =>
  number ?? title

/** Since when an instrument can be known; the empty string where no date of it is known: always. */
export const knownSince = ({ publishedOn, issuedOn }: Instrument): LocalDate =>
  publishedOn ?? issuedOn ?? ''

/** The order of publication, in which instruments are folded. A later one prevails. */
export function inOrder(instruments: readonly Instrument[]): Instrument[] {
  return [...instruments].sort(
    (one, other) =>
      compare(knownSince(one), knownSince(other)) ||
      compare(one.issuedOn ?? '', other.issuedOn ?? '') ||
      compare(citationOf(one), citationOf(other)),
  )
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
