// One PostgreSQL for a whole run of the tests, started when the first test asks for it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { startPostgres, type PostgresServer } from './servers/postgres.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for the servers of this run. */
    serversAt: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresServer> | undefined
  const desk = createServer((request, response) => {
    if (request.url !== '/postgres') return void response.writeHead(404).end()
    postgres ??= startPostgres()
    postgres.then(
      ({ url }) => response.end(url),
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
