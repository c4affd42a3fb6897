// The launched house for tests, and the agencies at work in it: journeys read as a clerk would tell
// them. The clock is turned by hand and everything due is done by `settles`, so that nothing sleeps.
import type { Agency } from '../../gen/huiqian/directory/v1/directory.js'
import { sampleAgencies } from '../../services/directory/sample/sample.js'
import type { HouseConfig } from '../../services/launcher/house-config.js'
import type { Instant } from '../../shared/identity/identity.js'
import { dateOf, dayOf, parseInstant, startOfDay } from '../../shared/working-days/working-days.js'
import type { Log } from '../../shared/process/log.js'
import { agencyDesk, type AgencyDesk } from './agency-desk.js'
import { inOneProcess } from './in-one-process.js'
import { operatorDesk, type OperatorDesk } from './operator-desk.js'
import type { Premises, Shape } from './premises.js'
import { processAService } from './process-a-service.js'

export { isHere, SHAPES, type Shape } from './premises.js'

export type OfficeOptions = {
  /** The first instant, Beijing: `2026-09-28` (10:00) or `2026-09-28T10:00+08:00`. */
  readonly today: string
  readonly shape: Shape
  readonly config?: Partial<HouseConfig>
  /** False: the packs of the configuration are not adopted. */
  readonly adoptsPacks?: false
  /** Where a house in one process logs; absent: nowhere. */
  readonly log?: Log
  /** Changes the sample directory before it is imported. */
  readonly directory?: (agencies: Agency[]) => Agency[]
}

export type Office = AsyncDisposable & {
  /** The desk of an agency, by its name or a short one. */
  as(name: string): AgencyDesk
  readonly operator: OperatorDesk
  readonly premises: Premises
  codeOf(name: string): string
  nameOf(code: string): string
  now(): Instant
  /** Turns the clock through the hours at which something may be due, and does it. */
  livesUntil(instant: string): Promise<void>
  /** Turns the clock straight there, and does what is due. */
  jumpsTo(instant: string): Promise<void>
  settles(): Promise<void>
}

/** `2026-09-28` is ten in the morning. */
export const at = (text: string): Instant =>
  parseInstant(text.includes('T') ? text : `${text}T10:00+08:00`)

export async function openOffice(options: OfficeOptions): Promise<Office> {
  let now = at(options.today)
  // The calendar as a house of that day would have it.
  const config = { calendarAsPublishedBy: dateOf(dayOf(now)), ...options.config }
  const open = options.shape === 'one process' ? inOneProcess : processAService
  const premises = await open({ now, config, ...(options.log && { log: options.log }) })
  const agencies = (options.directory ?? ((all) => all))(sampleAgencies())
  const closers: (() => void)[] = []
  const desks = new Map<string, AgencyDesk>()
  const find = (name: string): Agency => {
    const found = agencies.find((one) => one.name === name || one.aliases.includes(name))
    if (found === undefined) throw new Error(`the sample directory has no ${name}`)
    return found
  }
  const context = {
    premises,
    now: () => now,
    codeOf: (name: string) => (/^[0-9A-Z]{18}$/.test(name) ? name : find(name).creditCode),
    onClose: (close: () => void) => void closers.push(close),
  }
  const office: Office = {
    premises,
    operator: operatorDesk(context),
    codeOf: context.codeOf,
    nameOf: (code) => agencies.find(({ creditCode }) => creditCode === code)?.name ?? code,
    now: () => now,
    as(name) {
      const { creditCode } = find(name)
      const desk = desks.get(creditCode) ?? agencyDesk(context, creditCode)
      desks.set(creditCode, desk)
      return desk
    },
    async livesUntil(instant) {
      const end = at(instant)
      for (const stop of stopsBetween(now, end)) await turn(stop)
    },
    jumpsTo: (instant) => turn(at(instant)),
    settles: () => premises.settle(),
    async [Symbol.asyncDispose]() {
      for (const close of closers) close()
      await premises.close()
    },
  }
  const turn = async (instant: Instant): Promise<void> => {
    await premises.turnTo(instant)
    now = instant
    await premises.settle()
  }
  try {
    await office.operator.imports(agencies)
    await premises.settle()
    if (options.adoptsPacks !== false && (options.config?.packFiles ?? []).length > 0)
      await office.operator.adoptsPacks()
    return office
  } catch (error) {
    await office[Symbol.asyncDispose]()
    throw error
  }
}

const HOUR_MS = 3_600_000
/** Of each day: its start, the end of settling, nine o'clock, close of business. */
const HOURS = [0, 15 / 3600, 9, 17.5]

function stopsBetween(from: Instant, end: Instant): Instant[] {
  const stops: Instant[] = []
  for (let day = dayOf(from); startOfDay(day) <= end; day++)
    stops.push(...HOURS.map((hour) => startOfDay(day) + hour * HOUR_MS))
  return [...stops.filter((stop) => from < stop && stop < end), end]
}
