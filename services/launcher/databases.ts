// Where the record of each service lies: a SQLite file each, or a schema each in one PostgreSQL.
import { join } from 'node:path'
import type { DatabaseConfig } from '../../shared/database/database.js'
import type { HouseConfig } from './house-config.js'
import type { ServiceName } from './services.js'

/** The database of a service. */
export function databaseOf(
  { data, databases }: Pick<HouseConfig, 'data' | 'databases'>,
  service: ServiceName,
): DatabaseConfig {
  if (databases.kind === 'postgres') {
    const { url, schemaPrefix } = databases
    return { kind: 'postgres', url, schema: `${schemaPrefix}${service}` }
  }
  const { syncDelayMs } = databases
  return {
    kind: 'sqlite',
    file: join(data, `${service}.sqlite`),
    ...(syncDelayMs === undefined ? {} : { syncDelayMs }),
  }
}
