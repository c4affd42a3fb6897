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
  /** Those whose record names this one as their successor. */
  predecessorsOf(code: string): readonly string[]
}

export async function openAgencies(database: Database<Schema>): Promise<Agencies> {
  const copy = await open<KnownAgency, Schema>(database)
  let index: ReturnType<typeof indexOf> | undefined // made anew when it is asked for after a change
  const present = () => (index ??= indexOf(copy.all()))
  return {
    ...copy,
    authorities: () => present().authorities,
    predecessorsOf: (code) => present().predecessors.get(code) ?? [],
    learn(agencies) {
      copy.learn(agencies)
      index = undefined
    },
    async refresh() {
      await copy.refresh()
      index = undefined
    },
  }
}

function indexOf(agencies: Iterable<KnownAgency>) {
  const authorities: KnownAgency[] = []
  const predecessors = new Map<string, string[]>()
  for (const agency of agencies) {
    const { code, successor, isCompetentAuthority } = agency
    if (isCompetentAuthority) authorities.push(agency)
    if (successor !== undefined)
      predecessors.set(successor, [...(predecessors.get(successor) ?? []), code])
  }
  return { authorities, predecessors }
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
