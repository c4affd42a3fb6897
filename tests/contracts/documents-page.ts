// proto/DOCUMENTS.md as a table: which fields each document has, with their labels.
import { readFileSync } from 'node:fs'

export type DocumentedField = {
  readonly name: string
  readonly label: string
  readonly always: boolean
}

const page = readFileSync(new URL('../../proto/DOCUMENTS.md', import.meta.url), 'utf8')

/** By the name of the kind in the contract (`LETTER_KIND_RULING`, `DOCUMENT_OF_RECEIPT`); '' for what every letter has. */
export const documented: ReadonlyMap<string, readonly DocumentedField[]> = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const kind = /\b(LETTER_KIND|DOCUMENT_OF)_\w+/.exec(section.split('\n')[0] ?? '')?.[0] ?? ''
      const rows = [
        ...section.matchAll(/^\| `([^`]+)`\s*\| (\S+)\s*\| (always|where it applies)\s*\|/gm),
      ]
      return [
        kind,
        rows.map(([, name = '', label = '', when]) => ({ name, label, always: when === 'always' })),
      ]
    }),
)

type Field = { readonly name: string; readonly label: string; readonly value: string }

/** What is wrong with a letter's record, by the page. */
export function faultsOfRecord(kind: string, fields: readonly Field[]): string[] {
  const own = documented.get(kind)
  if (own === undefined) return [`${kind} is not on the page`]
  const known = [...own, ...(documented.get('') ?? [])]
  const names = fields.map(({ name }) => name)
  return [
    ...known
      .filter(({ name, always }) => always && !names.includes(name))
      .map(({ name }) => `${kind} lacks ${name}`),
    ...fields.flatMap(({ name, label, value }) => {
      const row = known.find((one) => one.name === name)
      if (row === undefined) return [`${kind} has ${name}, which is not on the page`]
      if (row.label !== label) return [`${kind}: ${name} is called ${label}, not ${row.label}`]
      return value.trim() === '' ? [`${kind}: ${name} is empty`] : []
    }),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${kind}: ${name} stands twice`),
  ]
}
