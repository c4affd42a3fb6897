// The agencies that a decision about some of them may have to look at: their superiors and
// successors, all the way, and whoever holds a role at their levels and above.
import { agenciesOf, type Agencies, type AgencyRecord } from '../agency/agency-record.js'
import { levelsFrom } from '../agency/levels.js'
import type { DirectoryDatabase } from './schema.js'

export type Around = {
  readonly agencies: Agencies
  /** Versions of those found. */
  readonly versions: ReadonlyMap<string, number>
  /** Of the whole directory, when it was read. */
  readonly edition: number
}

export type AgenciesAround = (
  codes: readonly string[],
  proposed?: readonly AgencyRecord[],
) => Promise<Around>

const ASKED_MAX = 500 // parameters of one question

/** Reads them; `proposed` are records on their way in, whose superiors and seats count as well. */
export function agenciesAround(database: DirectoryDatabase): AgenciesAround {
  return async (codes, proposed = []) => {
    const edition = await editionOf(database) // first: what is read after it may only be newer
    const found = new Map<string, AgencyRecord>()
    const versions = new Map<string, number>()
    const asked = new Set<string>()
    const regions = new Set<string>()

    let next = [...codes, ...proposed.flatMap(namedBy)]
    for (let seats = proposed; ;) {
      for (;;) {
        const wanted = [...new Set(next)].filter((code) => !asked.has(code))
        if (wanted.length === 0) break
        next = []
        for (const row of await byCodes(database, wanted)) keep(row)
        for (const code of wanted) asked.add(code)
      }
      const newRegions = [...seats, ...found.values()]
        .flatMap(({ level, region }) => levelsFrom(level, region))
        .map(({ region }) => region)
        .filter((region) => !regions.has(region))
      if (newRegions.length === 0) break
      for (const region of newRegions) regions.add(region)
      for (const row of await holdersIn(database, [...new Set(newRegions)])) keep(row)
      seats = []
    }
    return { agencies: agenciesOf(found.values()), versions, edition }

    function keep({ credit_code, version, body }: Row): void {
      if (found.has(credit_code)) return
      const record = JSON.parse(body) as AgencyRecord
      found.set(credit_code, record)
      versions.set(credit_code, version)
      next.push(...namedBy(record))
    }
  }
}

const namedBy = ({ superior, localSuperior, successor }: AgencyRecord): string[] =>
  [superior, localSuperior, successor].filter((code) => code !== undefined)

type Row = { readonly credit_code: string; readonly version: number; readonly body: string }

async function byCodes(database: DirectoryDatabase, codes: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < codes.length; start += ASKED_MAX)
    rows.push(
      ...(await database.read
        .selectFrom('agency')
        .select(['credit_code', 'version', 'body'])
        .where('credit_code', 'in', codes.slice(start, start + ASKED_MAX))
        .execute()),
    )
  return rows
}

async function holdersIn(database: DirectoryDatabase, regions: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < regions.length; start += ASKED_MAX)
    rows.push(
      ...(await database.read
        .selectFrom('agency')
        .select(['agency.credit_code', 'agency.version', 'agency.body'])
        .distinct()
        .innerJoin('agency_role', 'agency_role.credit_code', 'agency.credit_code')
        .where('agency_role.region', 'in', regions.slice(start, start + ASKED_MAX))
        .execute()),
    )
  return rows
}

async function editionOf(database: DirectoryDatabase): Promise<number> {
  const query = database.read.selectFrom('agency_edition').select('edition').where('id', '=', 1)
  return (await query.executeTakeFirstOrThrow()).edition
}
