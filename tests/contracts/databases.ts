// The databases that the contracts are run over, each with a fresh place for a test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  openDatabase,
  type Database,
  type DatabaseConfig,
  type DatabaseOptions,
  type Dialect,
} from '../../shared/database/database.js'
import { freshSchema, sharedPostgres } from '../servers/shared.js'

export type Place = {
  readonly config: DatabaseConfig
  /** Opens the same place, as often as wanted; everything is closed when the test ends. */
  open<Schema>(options: DatabaseOptions): Promise<Database<Schema>>
}

export type Kind = { readonly dialect: Dialect; readonly here: boolean; place(): Place }

const url = await sharedPostgres()

function place(config: DatabaseConfig, remove: () => Promise<void> | void): Place {
  const opened: Database<unknown>[] = []
  onTestFinished(async () => {
    for (const database of opened) await database.close()
    await remove()
  })
  return {
    config,
    async open<Schema>(options: DatabaseOptions) {
      const database = await openDatabase<Schema>(config, options)
      opened.push(database as Database<unknown>)
      return database
    },
  }
}

export const sqlite: Kind = {
  dialect: 'sqlite',
  here: true,
  place() {
    const folder = mkdtempSync(join(tmpdir(), 'huiqian-contract-'))
    return place({ kind: 'sqlite', file: join(folder, 'record.db') }, () =>
      rmSync(folder, { recursive: true }),
    )
  },
}

export const postgres: Kind = {
  dialect: 'postgres',
  here: url !== undefined,
  place: () => place({ kind: 'postgres', url: url!, schema: freshSchema() }, () => undefined),
}

export const kinds = [sqlite, postgres]
