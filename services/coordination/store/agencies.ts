// Coordination's own copy of the directory's agencies: what decisions need, kept in the own database
// and in memory, so that no change asks another service.
import {
  Level as LevelNumber,
  Role,
  type Agency,
} from '../../../gen/huiqian/directory/v1/directory.js'
import type { Database, Statement } from '../../../shared/database/database.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import type { Level } from '../pack/pack.js'
import type { KnownAgency } from '../release/submit.js'
import type { Schema } from './schema.js'

export type Agencies = {
  get(code: string): KnownAgency | undefined
  name(code: string): string
  /** Statements that keep these agencies in the own database; `learn` them after the commit. */
  put(agencies: readonly KnownAgency[]): Statement[]
  learn(agencies: readonly KnownAgency[]): void
  /** Reads the own database again: another instance may have heard. */
  refresh(): Promise<void>
}

/** The copy as the own database has it. */
export async function openAgencies(database: Database<Schema>): Promise<Agencies> {
  const known = new Map<string, KnownAgency>()
  const refresh = async (): Promise<void> => {
    for (const { body } of await database.read.selectFrom('agency').select('body').execute()) {
      const agency = JSON.parse(body) as KnownAgency
      known.set(agency.code, agency)
    }
  }
  await refresh()
  const put = database.compileOnce<Schema['agency']>((db, $) =>
    db
      .insertInto('agency')
      .values({ code: $('code'), body: $('body') })
      .onConflict((conflict) => conflict.column('code').doUpdateSet({ body: $('body') })),
  )
  return {
    refresh,
    get: (code) => known.get(code),
    name: (code) => known.get(code)?.name ?? code,
    put: (agencies) =>
      agencies.map((agency) => put({ code: agency.code, body: JSON.stringify(agency) })),
    learn: (agencies) => {
      for (const agency of agencies) known.set(agency.code, agency)
    },
  }
}

const LEVELS: Readonly<Partial<Record<LevelNumber, Level>>> = {
  [LevelNumber.NATIONAL]: 'national',
  [LevelNumber.PROVINCE]: 'province',
  [LevelNumber.PREFECTURE]: 'prefecture',
  [LevelNumber.COUNTY]: 'county',
  [LevelNumber.TOWNSHIP]: 'township',
}

/** What the directory says of an agency, as decisions need it. */
export function knownAgency(agency: Agency): KnownAgency {
  const { creditCode: code, name, documentPrefix, region, validFrom, validUntil } = agency
  const level = LEVELS[agency.level]
  if (level === undefined) throw new Error('the directory told an agency without a level')
  return {
    ...{ code, name, documentPrefix, region, level },
    isCompetentAuthority: agency.roles.includes(Role.COMPETENT_AUTHORITY),
    hasMailbox: agency.mailbox !== undefined,
    ...(validFrom === undefined ? {} : { validFrom: instantOf(validFrom) }),
    ...(validUntil === undefined ? {} : { validUntil: instantOf(validUntil) }),
    ...(agency.successor === '' ? {} : { successor: agency.successor }),
  }
}
