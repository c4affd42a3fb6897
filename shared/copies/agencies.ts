// Own copy of the directory's agencies: what decisions need of each.
import type { Database } from '../database/database.js'
import type { Copy, CopyTables } from './copies.js'

type Table = Pick<CopyTables, 'agency'>

export type Agencies<Agency> = Copy<Agency> & {
  get(code: string): Agency | undefined
  /** Its full name; the code where it is not known. */
  name(code: string): string
  all(): Iterable<Agency>
}

/** The copy as the own database has it. */
export async function openAgencies<
  Agency extends { readonly code: string; readonly name: string },
  Schema extends Table,
>(database: Database<Schema>): Promise<Agencies<Agency>> {
  const own = database as unknown as Database<Table>
  const known = new Map<string, Agency>()
  const refresh = async (): Promise<void> => {
    for (const { body } of await own.read.selectFrom('agency').select('body').execute()) {
      const agency = JSON.parse(body) as Agency
      known.set(agency.code, agency)
    }
  }
  await refresh()
  const put = own.compileOnce<Table['agency']>((db, $) =>
    db
      .insertInto('agency')
      .values({ code: $('code'), body: $('body') })
      .onConflict((conflict) => conflict.column('code').doUpdateSet({ body: $('body') })),
  )
  return {
    refresh,
    get: (code) => known.get(code),
    name: (code) => known.get(code)?.name ?? code,
    all: () => known.values(),
    put: (agencies) =>
      agencies.map((agency) => put({ code: agency.code, body: JSON.stringify(agency) })),
    learn: (agencies) => {
      for (const agency of agencies) known.set(agency.code, agency)
    },
  }
}
