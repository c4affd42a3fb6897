// What a whole run of the tests shares, made when the first test asks for it: one PostgreSQL, and the built
// service with the entry that the tests' processes start from.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { buildEntry } from './servers/built-entry.js'
import { startPostgres, type PostgresServer } from './servers/postgres.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for what this run shares. */
    serversAt: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresServer> | undefined
  let entry: Promise<string> | undefined
  const shared: Readonly<Record<string, () => Promise<string>>> = {
    '/postgres': async () => (await (postgres ??= startPostgres())).url,
    '/entry': () => (entry ??= buildEntry()),
  }
  const desk = createServer((request, response) => {
    const make = shared[request.url ?? '']
    if (make === undefined) return void response.writeHead(404).end()
    make().then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((listening) => desk.listen(0, '127.0.0.1', listening))
  project.provide('serversAt', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`)
  return async () => {
    desk.close()
    desk.closeAllConnections()
    await (await postgres?.catch(() => undefined))?.stop() // one that did not start has been told to who asked
  }
}
