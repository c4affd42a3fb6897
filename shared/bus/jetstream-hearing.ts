// Hears one source through one consumer of its own, and brings that consumer back whenever it is
// lost: after a broker's restart, an amnesia, missed heartbeats, or an iterator that ended unasked.
import type { ConsumerConfig, ConsumerMessages, NatsConnection } from 'nats'
import { AckPolicy, ConsumerEvents, DeliverPolicy, NatsError, ReplayPolicy, nanos } from 'nats'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame } from './bus.js'
import { deferred } from './deferred.js'
import { decodeFrame } from './frame.js'
import type { Link } from './jetstream-link.js'
import { STREAM, sourceSubjects } from './nats-subjects.js'

const MESSAGES_AHEAD = 256
const EXPIRES_MS = 10_000
const HEARTBEAT_MS = 2_000
const INACTIVE_MS = 300_000 // the broker forgets a hearer that stayed away this long
const AGAIN_MS = 250
const AGAIN_MS_MAX = 4_000
const CONSUMER_NOT_FOUND = 10014

export type Hearing = {
  /** Resolves when the consumer stands for the first time. */
  readonly standing: Promise<void>
  stop(): Promise<void>
}

export type HearingOptions = {
  readonly link: Link
  readonly source: string
  readonly consumer: string
  /** Told of each message; `frame()` decodes it anew, so that no hearer can spoil another's. */
  readonly onFrame: (frame: () => Frame) => void
  readonly onTrouble: (what: string, error?: unknown) => void
}

export function hearSource(options: HearingOptions): Hearing {
  const { link, source, consumer, onTrouble } = options
  const stopping = new AbortController()
  const standing = deferred<void>()
  let messages: ConsumerMessages | undefined
  const stopMessages = (): void => void messages?.stop()

  const hearOnce = async (nc: NatsConnection): Promise<void> => {
    await makeConsumer(nc, consumer, source)
    const found = await nc.jetstream().consumers.get(STREAM, consumer)
    const heard = await found.consume({
      max_messages: MESSAGES_AHEAD,
      expires: EXPIRES_MS,
      idle_heartbeat: HEARTBEAT_MS,
      abort_on_missing_resource: true,
    })
    messages = heard
    const watched = stopOnTrouble(heard, onTrouble)
    standing.resolve()
    if (stopping.signal.aborted) heard.stop() // the loop below must still run: it ends the watch
    try {
      for await (const message of heard) take(options, message.data)
    } finally {
      messages = undefined
      await watched
    }
  }

  const live = async (): Promise<void> => {
    let wait = AGAIN_MS
    while (!stopping.signal.aborted) {
      const nc = await Promise.race([link.usable(), aborted(stopping.signal)]).catch(
        () => undefined,
      )
      if (nc === undefined) return
      try {
        await hearOnce(nc)
        wait = AGAIN_MS
      } catch (error) {
        if (stopping.signal.aborted) return
        onTrouble(`hearing ${source} was interrupted`, error)
        if (isGone(error)) link.recheck()
      }
      await sleep(wait, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined)
      wait = Math.min(wait * 2, AGAIN_MS_MAX)
    }
  }

  const unwatch = link.onUsable(stopMessages) // it was away: what it sent meanwhile is lost
  const living = live()
  return {
    standing: standing.promise,
    async stop() {
      unwatch()
      stopping.abort()
      stopMessages()
      await living
      await forget(link, consumer)
    },
  }
}

/** The consumer of a source: nothing on it is durable, and it says first where the source stands. */
function consumerConfig(name: string, source: string): Partial<ConsumerConfig> {
  return {
    name,
    filter_subject: sourceSubjects(source),
    deliver_policy: DeliverPolicy.Last,
    ack_policy: AckPolicy.None,
    replay_policy: ReplayPolicy.Instant,
    inactive_threshold: nanos(INACTIVE_MS),
    mem_storage: true,
    num_replicas: 1,
  }
}

/**
 * Makes the consumer anew. One that stood before may have sent frames to a request that nobody waits for
 * any more; the new one begins with the last frame, which shows what was missed.
 */
async function makeConsumer(nc: NatsConnection, name: string, source: string): Promise<void> {
  const manager = await nc.jetstreamManager({ checkAPI: false })
  await manager.consumers.delete(STREAM, name).catch((error: unknown) => {
    if (!isGone(error)) throw error
  })
  const wanted = consumerConfig(name, source)
  const { config } = await manager.consumers.add(STREAM, wanted)
  const actual: Record<string, unknown> = { ...config }
  for (const [key, value] of Object.entries(wanted))
    if (JSON.stringify(actual[key]) !== JSON.stringify(value))
      throw new Error(
        `consumer ${name}: ${key} is ${String(actual[key])} instead of ${String(value)}`,
      )
}

// Missed heartbeats: the client asks again by itself, but a stalled consumer answers that too.
async function stopOnTrouble(
  messages: ConsumerMessages,
  onTrouble: HearingOptions['onTrouble'],
): Promise<void> {
  const reasons: string[] = [
    ConsumerEvents.HeartbeatsMissed,
    ConsumerEvents.ConsumerNotFound,
    ConsumerEvents.ConsumerDeleted,
    ConsumerEvents.StreamNotFound,
    ConsumerEvents.NoResponders,
  ]
  for await (const { type } of await messages.status()) {
    if (!reasons.includes(type)) continue
    onTrouble(`the consumer reports ${type}`)
    messages.stop()
  }
}

function take({ source, onFrame, onTrouble }: HearingOptions, data: Uint8Array): void {
  try {
    const { source: claimed } = decodeFrame(data)
    if (claimed !== source) throw new Error(`a frame of ${claimed} among ${source}'s`)
    onFrame(() => decodeFrame(data))
  } catch (error) {
    onTrouble(`a frame of ${source} was dropped`, error) // the feed has what it held
  }
}

async function forget(link: Link, consumer: string): Promise<void> {
  const nc = link.now()
  if (nc === undefined) return
  try {
    const manager = await nc.jetstreamManager({ checkAPI: false })
    await manager.consumers.delete(STREAM, consumer)
  } catch {
    // The broker forgets it by itself after INACTIVE_MS.
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof NatsError)) return false
  const gone = ['stream not found', 'consumer not found', 'consumer deleted', 'no responders']
  return error.api_error?.err_code === CONSUMER_NOT_FOUND || gone.includes(error.message)
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
