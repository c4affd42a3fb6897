// Keeps the tables of agencies in step with their record.
import type { Statement } from '../../../shared/database/database.js'
import type { AgencyRecord, Role } from '../agency/agency-record.js'
import type { DirectoryDatabase, DirectoryTables } from './schema.js'

export function agencyPosts(database: DirectoryDatabase) {
  const put = database.compileOnce<DirectoryTables['agency']>((db, $) =>
    db
      .insertInto('agency')
      .values({
        credit_code: $('credit_code'),
        version: $('version'),
        level: $('level'),
        region: $('region'),
        names: $('names'),
        body: $('body'),
      })
      .onConflict((conflict) =>
        conflict.column('credit_code').doUpdateSet({
          version: $('version'),
          level: $('level'),
          region: $('region'),
          names: $('names'),
          body: $('body'),
        }),
      ),
  )
  const dropRoles = database.compileOnce<{ credit_code: string }>((db, $) =>
    db.deleteFrom('agency_role').where('credit_code', '=', $('credit_code')),
  )
  const addRole = database.compileOnce<DirectoryTables['agency_role']>((db, $) =>
    db.insertInto('agency_role').values({
      credit_code: $('credit_code'),
      role: $('role'),
      level: $('level'),
      region: $('region'),
    }),
  )
  return (record: AgencyRecord, version: number): Statement[] => {
    const { creditCode: credit_code, level, region } = record
    const names = [record.name, ...record.aliases].join('\n').toLowerCase()
    const body = JSON.stringify(record)
    return [
      put({ credit_code, version, level, region, names, body }),
      dropRoles({ credit_code }),
      ...record.roles.map((role: Role) => addRole({ credit_code, role, level, region })),
    ]
  }
}
