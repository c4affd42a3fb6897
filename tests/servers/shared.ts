// What this run of the tests shares: the PostgreSQL, in which each test takes a schema of its own, and the
// entry of the tests' processes.
import { inject } from 'vitest'
import { findPostgres } from './postgres.js'

/** The url of the run's server, started on the first call; undefined where none is installed (with CI=true: an error). */
export async function sharedPostgres(): Promise<string | undefined> {
  if (findPostgres() === undefined) {
    if (process.env['CI'] === 'true')
      throw new Error('CI=true, and no PostgreSQL is installed: a skipped half is a failure')
    return undefined
  }
  return asked('postgres')
}

/** The file that a process of the tests starts from; on the first call the service is built where it changed. */
export const processEntry = (): Promise<string> => asked('entry')

async function asked(what: string): Promise<string> {
  const response = await fetch(`${inject('serversAt')}/${what}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

let schemas = 0

/** A schema name that no other test uses. */
export const freshSchema = (): string => `t_${process.pid}_${schemas++}`
