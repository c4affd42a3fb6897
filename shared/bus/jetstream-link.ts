// One connection to the broker that is never given up. It is usable when the broker is connected and
// its stream is as it must be; whenever either was lost, both are brought about again.
import type { ConnectionOptions, NatsConnection } from 'nats'
import { ErrorCode, Events, NatsError, connect, nkeyAuthenticator } from 'nats'
import { setTimeout as sleep } from 'node:timers/promises'
import { deferred } from './deferred.js'
import { inboxPrefix } from './nats-subjects.js'
import type { StreamOptions } from './jetstream-stream.js'
import { StreamMismatch, ensureStream } from './jetstream-stream.js'

const RETRY_MS = 250
const RETRY_MS_MAX = 4_000
const CONNECT_TIMEOUT_MS = 3_000

export type LinkOptions = {
  readonly servers: readonly string[]
  readonly nkeySeed: string
  /** The service's name on the broker. */
  readonly name: string
  readonly stream: StreamOptions
  /** How long a start waits for a broker that does not answer. Then it goes on without it. */
  readonly firstConnectMs: number
  readonly onTrouble: (what: string, error?: unknown) => void
}

export type Link = {
  /** The connection, where it is usable now. */
  now(): NatsConnection | undefined
  /** The connection, as soon as it is usable. Rejects when the link is closed. */
  usable(): Promise<NatsConnection>
  /** Waits for an answer of the broker, and not longer than the present connection lasts. */
  whileThere<T>(answer: Promise<T>): Promise<T>
  /** Calls back each time it became usable again. */
  onUsable(callback: () => void): () => void
  /** Looks at the stream again: somebody saw that it is gone. */
  recheck(): void
  state(): { readonly connected: boolean; readonly why?: string }
  close(): Promise<void>
}

/**
 * Opens the link. A broker that is down is no reason not to start; a refused key or a stream that
 * is another one is, and rejects.
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const closing = new AbortController()
  const told = new Set<() => void>()
  let why = 'not connected yet'
  let connection: NatsConnection | undefined
  let usable = false
  let round = 0
  const waiting = new Set<(error: Error) => void>()

  const lost = (reason: string): void => {
    if (usable) options.onTrouble(`the broker is lost: ${reason}`)
    usable = false
    round += 1
    why = reason
    for (const giveUp of waiting) giveUp(new Error(`the broker is lost: ${reason}`))
  }

  // One round of making the connection usable; a newer round (after a reconnect) ends it.
  const makeUsable = async (nc: NatsConnection): Promise<void> => {
    usable = false
    const mine = ++round
    const manager = await nc.jetstreamManager({ checkAPI: false })
    for (let wait = RETRY_MS; ; wait = Math.min(wait * 2, RETRY_MS_MAX)) {
      try {
        await ensureStream(manager, options.stream)
        break
      } catch (error) {
        if (mine !== round || nc.isClosed()) return
        why = error instanceof StreamMismatch ? error.message : `JetStream: ${messageOf(error)}`
        options.onTrouble('the stream cannot be used', error)
        if (error instanceof StreamMismatch) first.reject(error)
        await pause(wait, closing.signal)
      }
      if (mine !== round || closing.signal.aborted) return
    }
    if (mine !== round) return
    usable = true
    first.resolve()
    for (const callback of [...told]) callback()
  }

  const watch = async (nc: NatsConnection): Promise<void> => {
    for await (const { type, data } of nc.status()) {
      if (type === Events.Disconnect) lost('disconnected')
      if (type === Events.Reconnect) startMaking(nc)
      if (type === Events.Error) options.onTrouble('the broker reports an error', data)
    }
  }
  const startMaking = (nc: NatsConnection): void => {
    makeUsable(nc).catch((error: unknown) => options.onTrouble('the broker cannot be used', error))
  }

  // The client reconnects by itself; should it give up all the same, it is replaced.
  const live = async (): Promise<void> => {
    for (let wait = RETRY_MS; !closing.signal.aborted; wait = Math.min(wait * 2, RETRY_MS_MAX)) {
      try {
        connection = await connect(connectionOptions(options))
      } catch (error) {
        why = messageOf(error)
        if (isAuthorization(error)) first.reject(error)
        await pause(wait, closing.signal)
        continue
      }
      wait = RETRY_MS
      const nc = connection
      startMaking(nc)
      watch(nc).catch((error: unknown) => options.onTrouble('the status ended', error))
      if (closing.signal.aborted) await nc.close()
      lost(messageOf((await nc.closed()) ?? 'closed'))
      await pause(RETRY_MS, closing.signal)
    }
  }

  const first = deferred<void>()
  first.promise.catch(() => undefined) // it may be rejected after the start: told by onTrouble
  const living = live()
  const close = async (): Promise<void> => {
    closing.abort()
    usable = false
    why = 'closed'
    for (const callback of [...told]) callback()
    await connection?.close()
    await living
  }
  try {
    await Promise.race([first.promise, pause(options.firstConnectMs, closing.signal)])
  } catch (error) {
    await close()
    throw error
  }

  const now = (): NatsConnection | undefined => (usable ? connection : undefined)
  const onUsable = (callback: () => void): (() => void) => {
    told.add(callback)
    return () => void told.delete(callback)
  }
  return {
    now,
    whileThere: (answer) =>
      new Promise((resolve, reject) => {
        waiting.add(reject)
        answer.then(resolve, reject).finally(() => waiting.delete(reject))
      }),
    onUsable,
    usable: () =>
      new Promise((resolve, reject) => {
        const look = (): boolean => {
          const nc = now()
          if (closing.signal.aborted) reject(new Error('the bus is closed'))
          else if (nc !== undefined) resolve(nc)
          return closing.signal.aborted || nc !== undefined
        }
        if (look()) return
        const stop = onUsable(() => look() && stop())
      }),
    recheck: () => void (connection && !connection.isClosed() && startMaking(connection)),
    state: () => (usable ? { connected: true } : { connected: false, why }),
    close,
  }
}

function connectionOptions(options: LinkOptions): ConnectionOptions {
  return {
    servers: [...options.servers],
    authenticator: nkeyAuthenticator(new TextEncoder().encode(options.nkeySeed)),
    name: options.name,
    inboxPrefix: inboxPrefix(options.name),
    timeout: CONNECT_TIMEOUT_MS,
    maxReconnectAttempts: -1, // the default gives up for good after ten
    reconnectTimeWait: RETRY_MS,
    reconnectJitter: RETRY_MS,
    reconnectJitterTLS: RETRY_MS,
    ignoreAuthErrorAbort: true, // a key may be refused for a moment while the broker is set up anew
    ignoreClusterUpdates: true, // a server that is not named in the configuration is never used
    pingInterval: 10_000,
    maxPingOut: 2,
    noAsyncTraces: true,
  }
}

function isAuthorization(error: unknown): boolean {
  const refused: string[] = [ErrorCode.AuthorizationViolation, ErrorCode.BadAuthentication]
  return error instanceof NatsError && refused.includes(error.code)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false, signal }).catch(() => undefined)
}
