// grpc.health.v1, the contract of the package grpc-health-check. The package's own implementation
// does not fit: its calls would pass by the door (identity, table, metrics), and its watches never
// end at a stop. Checks are the same, watches end and wake by change.
import { service as definition } from 'grpc-health-check'
import { OPEN_TO_ALL } from '../authorisation/directory.js'
import { Refusal } from '../refusal/refusal.js'
import { serverStream, unary } from './rpc.js'
import type { ServedService } from './served.js'

type Health = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN'
type Asked = { service: string }

export type HealthService = {
  readonly service: ServedService
  setServing(service: string, serving: boolean): void
  /** Everything NOT_SERVING, told to those who watch. */
  stop(): void
}

/** The health of the services on one port; '' is that of all together. */
export function healthService(): HealthService {
  const serving = new Map<string, boolean>()
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const each of [...waiting]) each()
  }
  const healthOf = (service: string): Health => {
    const known = service === '' ? [...serving.values()].every(Boolean) : serving.get(service)
    if (known === undefined) return 'SERVICE_UNKNOWN'
    return known ? 'SERVING' : 'NOT_SERVING'
  }
  const change = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      waiting.add(done)
      signal.addEventListener('abort', done)
    })

  const handlers = {
    check: unary(async ({ service }: Asked) => {
      const status = healthOf(service)
      if (status === 'SERVICE_UNKNOWN') throw new Refusal('not-found', 'NOT_FOUND', 'house/health')
      return Promise.resolve({ status })
    }),
    list: unary(async () => {
      const statuses = ['', ...serving.keys()].map((name) => [name, { status: healthOf(name) }])
      return Promise.resolve({ statuses: Object.fromEntries(statuses) as unknown })
    }),
    watch: serverStream(async function* ({ service }: Asked, { signal }) {
      let told: Health | undefined
      while (!signal.aborted) {
        const status = healthOf(service)
        if (status !== told) yield { status: (told = status) }
        else await change(signal)
      }
    }),
  }
  return {
    service: {
      definition: definition,
      handlers: Object.fromEntries(
        Object.entries(definition).map(([name, { path }]) => [
          name,
          handlers[path.split('/')[2]?.toLowerCase() as keyof typeof handlers],
        ]),
      ),
      rows: { Check: OPEN_TO_ALL, List: OPEN_TO_ALL, Watch: OPEN_TO_ALL },
    },
    setServing(service, ok) {
      serving.set(service, ok)
      wake()
    },
    stop() {
      for (const service of serving.keys()) serving.set(service, false)
      wake()
    },
  }
}
