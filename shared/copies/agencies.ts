// Own copy of the directory's agencies: what decisions need of each.
import type { Database } from '../database/database.js'
import type { Copy, CopyTables } from './copies.js'
import type { Succession } from './standing.js'

type Table = Pick<CopyTables, 'agency'>

export type Agencies<Agency> = Copy<Agency> & {
  get(code: string): Agency | undefined
  /** Its full name; the code where it is not known. */
  name(code: string): string
  all(): Iterable<Agency>
  /** Those whose record names this one as their successor. */
  predecessorsOf(code: string): readonly string[]
}

/** The copy as the own database has it. */
export async function openAgencies<
  Agency extends Succession & { readonly code: string; readonly name: string },
  Schema extends Table,
>(database: Database<Schema>): Promise<Agencies<Agency>> {
  const own = database as unknown as Database<Table>
  const known = new Map<string, Agency>()
  let predecessors: ReadonlyMap<string, readonly string[]> | undefined // made anew when it is asked for after a change
  const refresh = async (): Promise<void> => {
    for (const { body } of await own.read.selectFrom('agency').select('body').execute()) {
      const agency = JSON.parse(body) as Agency
      known.set(agency.code, agency)
    }
    predecessors = undefined
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
    predecessorsOf: (code) => (predecessors ??= predecessorsIn(known.values())).get(code) ?? [],
    put: (agencies) =>
      agencies.map((agency) => put({ code: agency.code, body: JSON.stringify(agency) })),
    learn: (agencies) => {
      for (const agency of agencies) known.set(agency.code, agency)
      predecessors = undefined
    },
  }
}

function predecessorsIn(
  agencies: Iterable<Succession & { readonly code: string }>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { code, successor } of agencies)
    if (successor !== undefined) found.set(successor, [...(found.get(successor) ?? []), code])
  return found
}
