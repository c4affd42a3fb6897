// What the directory knows of one agency (行政机关), and how agencies are found among others. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'

/** Levels of government, from the top. */
export const LEVELS = ['national', 'province', 'prefecture', 'county', 'township'] as const
export type Level = (typeof LEVELS)[number]

export type AgencyKind = 'organ' | 'empowered-organisation' | 'public-utility'

/** Whose direction an agency follows: the government of its level, its own line, or both. */
export type Leadership = 'local' | 'vertical' | 'dual'

/** What an agency is to the others of its level. */
export const ROLES = [
  'competent-authority',
  'review-body-legal',
  'review-body-secrecy',
  'review-body-supervision',
] as const
export type Role = (typeof ROLES)[number]

/** Where letters are received (电子签名法 art. 11), and since when it is designated. */
export type Mailbox = {
  readonly address: string
  readonly designatedAt: Instant
  readonly instrument: string
}

export type AgencyRecord = {
  readonly creditCode: Id<'agency'>
  readonly name: string
  readonly aliases: readonly string[]
  readonly level: Level
  /** GB/T 2260, 6 digits. */
  readonly region: string
  readonly kind: AgencyKind
  readonly leadership: Leadership
  /** The organ one level above it in its main line; none at the root. */
  readonly superior?: Id<'agency'>
  /** Where leadership is dual: the government of its own level. */
  readonly localSuperior?: Id<'agency'>
  readonly roles: readonly Role[]
  readonly documentPrefix: string
  readonly mailbox?: Mailbox
  readonly validFrom?: Instant
  /** Exclusive. */
  readonly validUntil?: Instant
  readonly successor?: Id<'agency'>
  readonly sample: boolean
}

/** Agencies as values: all that a decision may need to look at. */
export type Agencies = {
  of(code: string): AgencyRecord | undefined
  /** Those with a role at a level and region, in order of credit code, valid or not. */
  holders(role: Role, level: Level, region: string): readonly AgencyRecord[]
}

/** Agencies over a list; of two records with one code the later one holds. */
export function agenciesOf(records: Iterable<AgencyRecord>): Agencies {
  const byCode = new Map<string, AgencyRecord>()
  for (const record of records) byCode.set(record.creditCode, record)
  return {
    of: (code) => byCode.get(code),
    holders: (role, level, region) =>
      [...byCode.values()]
        .filter((one) => one.level === level && one.region === region && one.roles.includes(role))
        .sort((a, b) => (a.creditCode < b.creditCode ? -1 : 1)),
  }
}

/** Whether an agency exists at an instant. */
export const validAt = (record: AgencyRecord, at: Instant): boolean =>
  (record.validFrom ?? -Infinity) <= at && at < (record.validUntil ?? Infinity)

/** Whether two agencies ever exist at the same time. */
export const everTogether = (a: AgencyRecord, b: AgencyRecord): boolean =>
  (a.validFrom ?? -Infinity) < (b.validUntil ?? Infinity) &&
  (b.validFrom ?? -Infinity) < (a.validUntil ?? Infinity)

/** Who stands for an agency at an instant: itself while it is valid, else its successor, and so on. */
export function standingFor(
  agencies: Agencies,
  code: string,
  at: Instant,
): { readonly standing: AgencyRecord | undefined; readonly former: readonly AgencyRecord[] } {
  const former: AgencyRecord[] = []
  let record = agencies.of(code)
  while (record !== undefined && !validAt(record, at) && !former.includes(record)) {
    former.push(record)
    const ended = record.validUntil !== undefined && record.validUntil <= at
    record = ended && record.successor !== undefined ? agencies.of(record.successor) : undefined
  }
  return { standing: record !== undefined && validAt(record, at) ? record : undefined, former }
}
