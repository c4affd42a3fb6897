// Agencies as they are now: one by its code, and a page of them.
import { sql } from 'kysely'
import type { AgencyRecord, Level, Role } from '../agency/agency-record.js'
import type { DirectoryDatabase } from './schema.js'

/** A record and its version. */
export type KeptAgency = { readonly record: AgencyRecord; readonly version: number }

export type AgencyFilter = {
  readonly region: string
  readonly level: Level | undefined
  readonly role: Role | undefined
  readonly nameContains: string
}

export type AgencyTable = ReturnType<typeof agencyTable>

export function agencyTable(database: DirectoryDatabase) {
  const find = database.compileOnce<{ code: string }>((db, $) =>
    db.selectFrom('agency').select(['version', 'body']).where('credit_code', '=', $('code')),
  )
  return {
    async of(code: string): Promise<KeptAgency | undefined> {
      const [row] = (await database.query(find({ code }))) as Row[]
      return row && keptOf(row)
    },
    /** Those after a code that fit the filter, in order of code. */
    async page(filter: AgencyFilter, after: string, limit: number): Promise<KeptAgency[]> {
      const { region, level, role, nameContains } = filter
      let query = database.read
        .selectFrom('agency')
        .select(['version', 'body'])
        .where('credit_code', '>', after)
        .orderBy('credit_code')
        .limit(limit)
      if (region !== '') query = query.where('region', '=', region)
      if (level !== undefined) query = query.where('level', '=', level)
      if (role !== undefined)
        query = query.where((agency) =>
          agency.exists(
            agency
              .selectFrom('agency_role')
              .select('role')
              .whereRef('agency_role.credit_code', '=', 'agency.credit_code')
              .where('role', '=', role),
          ),
        )
      if (nameContains !== '')
        query = query.where(
          sql<boolean>`names like ${`%${escaped(nameContains.toLowerCase())}%`} escape '!'`,
        )
      return (await query.execute()).map(keptOf)
    },
  }
}

type Row = { readonly version: number; readonly body: string }

const keptOf = ({ version, body }: Row): KeptAgency => ({
  version,
  record: JSON.parse(body) as AgencyRecord,
})

/** `%` and `_` of a name are letters, not patterns. */
const escaped = (text: string): string => text.replace(/[!%_]/g, '!$&')
