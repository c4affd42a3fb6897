// The house's own nats-server, a child: started again on its port when it dies, for as long as the
// house stands. What it forgets is found in the feeds.
import {
  startNatsServer,
  type NatsServer,
  type NatsServerOptions,
} from '../../shared/bus/nats-server.js'
import type { Log } from '../../shared/process/log.js'

const AGAIN_MS = 500
const AGAIN_MS_MAX = 30_000

export type OwnNats = { readonly url: string; stop(): Promise<void> }

export async function ownNats(options: NatsServerOptions, log: Log): Promise<OwnNats> {
  let server = await startNatsServer(options)
  const { url, port } = server
  let stopping = false
  let again: NodeJS.Timeout | undefined
  let starting: Promise<void> = Promise.resolve()

  const watch = (running: NatsServer): void => {
    void running.gone.then(() => {
      if (stopping) return
      log.error('our nats server has ended', { bus: 'own-nats', port })
      restartAfter(AGAIN_MS)
    })
  }
  const restartAfter = (ms: number): void => {
    again = setTimeout(() => {
      starting = startNatsServer({ ...options, port }).then(
        (started) => {
          server = started
          log.info('our nats server runs again', { bus: 'own-nats', port })
          watch(started)
        },
        (error: unknown) => {
          log.error('our nats server does not start', { bus: 'own-nats', port }, error)
          if (!stopping) restartAfter(Math.min(ms * 2, AGAIN_MS_MAX))
        },
      )
    }, ms)
  }
  watch(server)
  return {
    url,
    async stop() {
      stopping = true
      clearTimeout(again)
      await starting
      await server.stop()
    },
  }
}
