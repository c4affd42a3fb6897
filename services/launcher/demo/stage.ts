// The stage of the demo: the house, really started in a temporary folder on a free port, with a clock
// turned by hand and the calendar as it was published by the month of the story.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DirectoryServiceClient, type Agency } from '../../../gen/huiqian/directory/v1/directory.js'
import { CalendarServiceClient } from '../../../gen/huiqian/directory/v1/calendar.js'
import { turnedClock } from '../../../shared/clock/turned-clock.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { systemMint } from '../../../shared/identity/system-mint.js'
import { openLog } from '../../../shared/process/log.js'
import { OperatorError } from '../../../shared/process/operator-error.js'
import { parts } from '../../../shared/process/process.js'
import { DEVELOPMENT_TRUST_DOMAIN } from '../../../shared/rpc/authority.js'
import { connect } from '../../../shared/rpc/client.js'
import type { LocalDate } from '../../../shared/working-days/working-days.js'
import { importSample } from '../first-start.js'
import type { HouseConfig } from '../house-config.js'
import { openHouse, type House } from '../house.js'
import { SERVICE_NAMES } from '../services.js'
import { clerk, type Clerk } from './clerks.js'
import { operator, type Operator } from './operators.js'

/** When a story is set, and what was known then. */
export type Setting = {
  readonly start: Instant
  /** Notices of holidays that were published by then. */
  readonly publishedBy: LocalDate
  /** Since when the agencies have had their mailboxes; undefined: as the sample says. */
  readonly mailboxesSince?: Instant
}

export type Stage = {
  readonly house: House
  readonly agencies: readonly Agency[]
  readonly calendarRevision: number
  readonly publishedBy: LocalDate
  now(): Instant
  clerkOf(code: string): Promise<Clerk>
  operatorOf(name: string): Promise<Operator>
  /** Turns the clock there and does everything that is due by then. */
  turnTo(at: Instant): Promise<void>
  /** Ends every process, and removes the folder. */
  strike(): Promise<void>
}

/** Sets the stage. `packFile` is a policy pack that takes the place of the default one. */
export async function setStage(
  { start, publishedBy, mailboxesSince }: Setting,
  packFile: string | undefined,
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-demo-'))
  const log = openLog('error')
  const all = parts(log)
  const clock = turnedClock(start)
  const mint = systemMint()
  const closing: (() => void)[] = []
  const strike = async (): Promise<void> => {
    for (const close of closing.splice(0)) close()
    const failed = await all.stop()
    rmSync(folder, { recursive: true, force: true })
    if (failed.length > 0) throw new Error(`did not stop in time: ${failed.join(', ')}`)
  }
  try {
    const onFatal = (fault: Error): void => {
      throw fault
    }
    const config = configOf(join(folder, 'data'), publishedBy, packFile)
    const house = await openHouse(config, { clock, mint, log, onFatal }, all)
    const found = await furnish(house, mailboxesSince)
    const { address } = house
    const hired = <T extends { close(): void }>(one: T): T => {
      closing.push(() => one.close())
      return one
    }
    const operatorOf = async (name: string): Promise<Operator> => {
      const certificates = await house.certificates.of({ kind: 'operator', name })
      return hired(operator({ address, certificates }, clock.now, mint))
    }
    for (const name of ['admin', 'second']) await (await operatorOf(name)).adoptsDefaultPack()
    const clerks = new Map<string, Promise<Clerk>>()
    const clerkOf = async (code: string): Promise<Clerk> => {
      const certificates = await house.certificates.of({ kind: 'agency', code })
      return hired(clerk({ address, certificates }, clock.now, mint))
    }
    return {
      ...{ house, strike, publishedBy, now: clock.now, ...found },
      clerkOf(code) {
        const known = clerks.get(code) ?? clerkOf(code)
        clerks.set(code, known)
        return known
      },
      operatorOf,
      async turnTo(at) {
        clock.turnTo(at)
        await house.settle()
      },
    }
  } catch (error) {
    await strike()
    throw error
  }
}

/** The sample prefecture moves in; what the house says of itself then. */
async function furnish(
  house: House,
  mailboxesSince: Instant | undefined,
): Promise<{ readonly agencies: readonly Agency[]; readonly calendarRevision: number }> {
  const certificates = await house.certificates.of({ kind: 'operator', name: 'admin' })
  await importSample({ address: house.address, certificates }, mailboxesSince)
  await house.settle()
  const directory = connect(DirectoryServiceClient, house.address, certificates)
  const calendar = connect(CalendarServiceClient, house.address, certificates)
  try {
    const page = { pageSize: 1_000, pageToken: '' }
    const all = { region: '', level: 0, role: 0, nameContains: '', ...page }
    const { agencies } = await directory.listAgencies(all)
    const { revisions } = await calendar.listRevisions(page)
    return { agencies, calendarRevision: revisions.at(-1)?.number ?? 0 }
  } finally {
    directory.close()
    calendar.close()
  }
}

function configOf(data: string, publishedBy: LocalDate, packFile: string | undefined): HouseConfig {
  return {
    data,
    address: '127.0.0.1:0',
    trustDomain: DEVELOPMENT_TRUST_DOMAIN,
    serverNames: [],
    services: SERVICE_NAMES,
    peers: {},
    bus: { kind: 'own' },
    databases: { kind: 'sqlite' },
    certificates: { kind: 'development' },
    packFiles: packFile === undefined ? [] : [resolve(packFile)],
    defaultPack: packFile === undefined ? 'qingyuan-2011' : nameOfPack(packFile),
    calendarAsPublishedBy: publishedBy,
    settlingMs: 15_000,
    feedLagMaxMs: 60_000,
    metrics: undefined,
    sample: false,
  }
}

/** `<id>@<version>` of a pack's file; whether it can be used is coordination's to say. */
function nameOfPack(file: string): string {
  try {
    const { id, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    return `${String(id)}@${String(version)}`
  } catch (cause) {
    throw new OperatorError(`the policy pack ${file} cannot be read`, { cause })
  }
}
