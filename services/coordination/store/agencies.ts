// Coordination's own copy of the directory's agencies: what decisions need of each.
import {
  Level as LevelNumber,
  Role,
  type Agency,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { openAgencies as open, type Agencies as Copy } from '../../../shared/copies/agencies.js'
import type { Database } from '../../../shared/database/database.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import type { Level } from '../pack/pack.js'
import type { KnownAgency } from '../release/submit.js'
import type { Schema } from './schema.js'

export type Agencies = Copy<KnownAgency> & {
  /** Those that are a competent authority, or were until they ended. */
  authorities(): readonly KnownAgency[]
}

export async function openAgencies(database: Database<Schema>): Promise<Agencies> {
  const copy = await open<KnownAgency, Schema>(database)
  let authorities: readonly KnownAgency[] | undefined // found anew when they are asked for after a change
  return {
    ...copy,
    authorities: () =>
      (authorities ??= [...copy.all()].filter(({ isCompetentAuthority }) => isCompetentAuthority)),
    learn(agencies) {
      copy.learn(agencies)
      authorities = undefined
    },
    async refresh() {
      await copy.refresh()
      authorities = undefined
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
