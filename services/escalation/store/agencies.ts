// Escalation's own copy of the directory's agencies: names for letters, and which body of a level has
// which role, so that no change asks another service.
import { Level, Role, type Agency } from '../../../gen/huiqian/directory/v1/directory.js'
import { openAgencies as open, type Agencies as Copy } from '../../../shared/copies/agencies.js'
import type { Database } from '../../../shared/database/database.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import type { KnownAgency } from '../dispute/level-bodies.js'
import type { Schema } from './schema.js'

export type Agencies = Copy<KnownAgency>

export const openAgencies = (database: Database<Schema>): Promise<Agencies> =>
  open<KnownAgency, Schema>(database)

const ROLES = {
  [Role.REVIEW_BODY_LEGAL]: 'legal',
  [Role.REVIEW_BODY_SECRECY]: 'secrecy',
  [Role.REVIEW_BODY_SUPERVISION]: 'supervision',
} as const

/** What the directory says of an agency, as decisions need it. */
export function knownAgency(agency: Agency): KnownAgency {
  const { creditCode: code, name, documentPrefix, region, validFrom, validUntil } = agency
  return {
    ...{ code, name, documentPrefix, region, level: Level[agency.level] },
    roles: agency.roles.flatMap((role) => (role in ROLES ? ROLES[role as keyof typeof ROLES] : [])),
    ...(validFrom === undefined ? {} : { validFrom: instantOf(validFrom) }),
    ...(validUntil === undefined ? {} : { validUntil: instantOf(validUntil) }),
    ...(agency.successor === '' ? {} : { successor: agency.successor }),
  }
}
