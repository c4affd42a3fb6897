// How a service with a record lives: what it starts and in which order, how it is brought to rest, why it
// cannot serve, and how it stops in bounded time.
import { troubleOfFeed, type Listener } from '../bus/listener.js'
import type { Relay } from '../bus/relay.js'
import type { Database } from '../database/database.js'
import type { Dossier } from '../dossier/dossier.js'
import type { Log } from '../process/log.js'
import type { Hosted } from '../rpc/hosted.js'
import type { Rousing } from '../rpc/rousing.js'
import type { Duties } from './duties.js'
import type { Refusals } from './record-refusals.js'

export type ResidentParts = {
  readonly database: Pick<Database<unknown>, 'check' | 'close'>
  readonly dossier: Pick<Dossier, 'idle' | 'onCommit'>
  readonly hearings: readonly Listener[]
  readonly running: Duties
  readonly telling: Relay
  readonly rousing: Rousing
  readonly refusals: Refusals
  readonly asked: { close(): void }
  readonly log: Log
  /** So long behind a feed, and it cannot serve. */
  readonly feedLagMaxMs: number
  /** What is still to be kept once nothing runs any more. */
  readonly beforeClosing?: () => Promise<void>
}

export function residentOf(
  parts: ResidentParts,
): Pick<Hosted, 'begin' | 'settle' | 'trouble' | 'stop'> {
  const { database, dossier, hearings, running, telling, rousing, refusals, asked } = parts
  const heard = (): number => hearings.reduce((sum, hearing) => sum + hearing.report().cursor, 0)
  let uncommit = (): void => undefined

  const settleOnce = async (): Promise<number> => {
    const before = heard()
    for (const hearing of hearings) await hearing.settle()
    const done = await running.settle()
    await dossier.idle()
    await telling.idle()
    return done + heard() - before
  }

  return {
    async begin() {
      uncommit = dossier.onCommit(() => running.nudge())
      await rousing.start()
      await telling.start()
      for (const hearing of hearings) await hearing.start()
      running.start()
    },
    async settle() {
      let total = 0
      for (let done = -1; done !== 0; total += done) done = await settleOnce()
      return total
    },
    trouble: () => troubleOf(parts, parts),
    async stop() {
      uncommit()
      await rousing.stop()
      await running.stop()
      for (const hearing of hearings) await hearing.stop()
      await refusals.flush()
      await parts.beforeClosing?.()
      await dossier.idle()
      await telling.idle() // as far as the broker takes it; the rest is told at the next start
      await telling.stop()
      asked.close()
      await database.close()
    },
  }
}

/** Why a service cannot serve: its database does not answer, or a feed that it hears cannot be relied on. */
export async function troubleOf(
  { database, log }: Pick<ResidentParts, 'database' | 'log'>,
  feeds?: Pick<ResidentParts, 'hearings' | 'feedLagMaxMs'>,
): Promise<string | undefined> {
  try {
    await database.check()
  } catch (error) {
    log.error('database does not answer', {}, error)
    return 'the database does not answer'
  }
  for (const hearing of feeds?.hearings ?? []) {
    const trouble = troubleOfFeed(hearing.report(), feeds?.feedLagMaxMs ?? 0)
    if (trouble !== undefined) return trouble
  }
  return undefined
}
