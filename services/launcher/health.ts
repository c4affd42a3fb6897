// Tells health and metrics whether each service can serve: asked every few seconds, in real time, for
// what it watches (disks, brokers, feeds) is real in every story.
import type { Log } from '../../shared/process/log.js'
import type { Metrics } from '../../shared/process/metrics.js'
import { serviceName } from '../../shared/rpc/rpc.js'
import type { RunningServer } from '../../shared/rpc/server.js'
import type { Resident } from './services.js'

const LOOK_EVERY_MS = 2_000

export type Health = {
  /** Why services cannot serve, by name; empty: all can. */
  troubles(): ReadonlyMap<string, string>
  /** Looks now, as the timer does. */
  look(): Promise<void>
}

/** Begins to watch; the first look is done when this resolves. */
export async function watchHealth(
  residents: readonly Resident[],
  { server, metrics, log }: { server: RunningServer; metrics: Metrics; log: Log },
): Promise<Health & { stop(): Promise<void> }> {
  const troubles = new Map<string, string>()
  let looking: Promise<void> = Promise.resolve()

  const lookAt = async (resident: Resident): Promise<void> => {
    const { name } = resident
    const before = troubles.get(name)
    let why: string | undefined
    try {
      why = await resident.trouble()
    } catch (error) {
      log.error('health cannot be told', { service: name }, error)
      why = 'health cannot be told'
    }
    if (why === undefined) troubles.delete(name)
    else troubles.set(name, why)
    for (const service of gRpcNames(resident)) server.setServing(service, why === undefined)
    metrics.serving(name, why === undefined)
    if (why === before) return
    const fields = { service: name, cause: why?.replaceAll(' ', '-') ?? 'none' }
    if (why === undefined) log.info('serves again', fields)
    else log.error('cannot serve', fields)
  }
  const look = (): Promise<void> =>
    (looking = looking.then(async () => {
      for (const resident of residents) await lookAt(resident)
    }))

  await look()
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return {
    troubles: () => troubles,
    look,
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

/** `huiqian.coordination.v1.ReleaseService` … */
function gRpcNames({ served }: Resident): string[] {
  const paths = served
    .flatMap(({ definition }) => Object.values(definition))
    .map(({ path }) => path)
  return [...new Set(paths.map(serviceName))]
}
