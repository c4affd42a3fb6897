// Schemas only go forward. All steps that are missing run in one transaction under a lock, so that
// of several migrators one does the work, and a crash leaves the old schema or the new one.
import { sql } from 'kysely'
import { OperatorError } from '../process/operator-error.js'
import type { Migration, Statement } from './database.js'
import type { Engine } from './engine.js'
import { kyselyOver } from './kysely-over.js'

type VersionTable = { schema_version: { name: string; position: number } }

/** Applies the steps that are missing. A schema with a step that is unknown here is refused. */
export async function migrate(engine: Engine, migrations: readonly Migration[]): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name))
  if (known.size !== migrations.length) throw new Error('two migrations have the same name')
  await engine.transact(async (transaction) => {
    const answer = async (statement: Statement) => (await transaction.answers([statement]))[0]!
    for (const statement of engine.beforeMigrating) await answer(statement)
    const db = kyselyOver<VersionTable>(engine.dialect, answer)
    await db.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('position', 'integer', (column) => column.notNull())
      .execute()
    const applied = await db
      .selectFrom('schema_version')
      .select('name')
      .orderBy('position')
      .execute()
    const unknown = applied.filter(({ name }) => !known.has(name)).map(({ name }) => name)
    if (unknown.length > 0)
      throw new OperatorError({
        zh: `数据库由更新的版本写过，本版本不认识其中的结构步骤：${unknown.join('、')}。请运行那个版本，或恢复升级前的备份。`,
        en:
          `the database was written by a newer version: schema steps unknown to this one: ` +
          `${unknown.join(', ')}. Run that version, or restore a copy made before it.`,
      })
    const done = new Set(applied.map(({ name }) => name))
    for (const migration of migrations) {
      if (done.has(migration.name)) continue
      await migration.up(kyselyOver<unknown>(engine.dialect, answer), engine.dialect)
      const position = sql<number>`(select count(*) + 1 from schema_version)`
      await db.insertInto('schema_version').values({ name: migration.name, position }).execute()
    }
  })
}
