// The sample directory of a prefecture (清远市 and its eight districts and counties): names and structure
// as commonly published, credit codes and prefixes made up and marked as samples. The file is what
// `huiqian agency import` takes: a list of agencies in the JSON form of proto3.
import { readFileSync } from 'node:fs'
import { Agency } from '../../../gen/huiqian/directory/v1/directory.js'

/** The agencies of the sample, as they are imported. */
export function sampleAgencies(): Agency[] {
  return agenciesFromJson(readFileSync(new URL('./qingyuan.json', import.meta.url), 'utf8'))
}

/** Agencies from an import file. */
export function agenciesFromJson(text: string): Agency[] {
  const parsed: unknown = JSON.parse(text)
  if (!Array.isArray(parsed)) throw new Error('an import file holds a list of agencies')
  return parsed.map((one) => Agency.fromJSON(one))
}
