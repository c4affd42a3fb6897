// For the tests of this service: the directory served over mutual TLS, on SQLite, with a clock turned
// by hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CalendarServiceClient } from '../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceClient } from '../../gen/huiqian/directory/v1/feed.js'
import { Announcement } from '../../gen/huiqian/directory/v1/announcements.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import { systemClock } from '../../shared/clock/system-clock.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import type { DatabaseConfig } from '../../shared/database/database.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { openLog } from '../../shared/process/log.js'
import {
  DEVELOPMENT_TRUST_DOMAIN as DOMAIN,
  ensureAuthority,
  ensureCertificate,
} from '../../shared/rpc/authority.js'
import { connect } from '../../shared/rpc/client.js'
import { server } from '../../shared/rpc/server.js'
import { parseInstant } from '../../shared/working-days/working-days.js'
import { startDirectory } from './service.js'

export const START = parseInstant('2026-09-28T10:00+08:00')

export const OPERATOR = 'operator/desk'
export const SECOND_OPERATOR = 'operator/second'
export const SECURITY = ['security/first', 'security/second'] as const
export const SERVICE = 'service/coordination'
export const AUDITOR = 'auditor/court'
export const AN_AGENCY = 'agency/11441800QY00000462/oa'

export type DirectoryHouse = Awaited<ReturnType<typeof openDirectoryHouse>>

type Options = {
  readonly now?: number
  readonly calendarAsPublishedBy?: string
  readonly database?: DatabaseConfig
}

export async function openDirectoryHouse(options: Options = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-directory-'))
  const authority = await ensureAuthority(dir, systemClock.now)
  const clock = turnedClock(options.now ?? START)
  const mint = seededMint('directory')
  const bus = inProcessBus()
  const lines: Record<string, unknown>[] = []
  const log = openLog('warn', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  })
  const measured: number[] = []
  const faults: unknown[] = []
  const closing: (() => void)[] = []
  const database = options.database ?? { kind: 'sqlite', file: join(dir, 'directory.sqlite') }
  const { calendarAsPublishedBy } = options
  const config = { database, ...(calendarAsPublishedBy && { calendarAsPublishedBy }) }

  const certificateOf = (uri: string) =>
    ensureCertificate(authority, {
      uri: `spiffe://${DOMAIN}/${uri}`,
      file: uri.replaceAll('/', '-'),
    })
  const start = async () => {
    const outside = {
      clock,
      mint,
      bus,
      log,
      metrics: { alarm: (_service: string, _alarm: string, level: number) => measured.push(level) },
    }
    const hosted = await startDirectory(config, outside)
    const running = await server({
      address: '127.0.0.1:0',
      certificates: await ensureCertificate(authority, {
        uri: `spiffe://${DOMAIN}/service/directory`,
        dns: ['localhost'],
        ips: ['127.0.0.1'],
        file: 'service-directory',
      }),
      identity: { trustDomain: DOMAIN, revoked: hosted.revoked },
      clock,
      services: hosted.served,
      fault: (fault) => faults.push(fault),
    })
    await hosted.begin()
    return { hosted, running }
  }
  let started = await start()
  const clientOf = async <C extends { close(): void }>(
    make: (address: string, as: Awaited<ReturnType<typeof certificateOf>>) => C,
    uri: string,
  ): Promise<C> => {
    const client = make(started.running.address, await certificateOf(uri))
    closing.push(() => client.close())
    return client
  }
  const feed = (uri = SERVICE) => clientOf((at, as) => connect(FeedServiceClient, at, as), uri)
  const stop = async (): Promise<void> => {
    await started.running.stop()
    await started.hosted.stop()
  }
  return {
    ...{ clock, bus, lines, measured, faults, certificateOf, feed, start },
    hosted: () => started.hosted,
    directory: (uri = OPERATOR) =>
      clientOf((at, as) => connect(DirectoryServiceClient, at, as, { ownConnection: true }), uri),
    calendar: (uri = OPERATOR) => clientOf((at, as) => connect(CalendarServiceClient, at, as), uri),
    /** What the feed tells, oldest first. */
    async told() {
      const { page } = await (await feed()).read({ after: 0, limit: 0 })
      return (page?.entries ?? []).map(({ kind, announcement }) => {
        const { what, mark } = Announcement.decode(announcement)
        return { kind, what, stream: mark?.stream, version: mark?.version }
      })
    },
    async restart() {
      await stop()
      started = await start()
    },
    async close() {
      for (const close of closing) close()
      await stop()
      await bus.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
