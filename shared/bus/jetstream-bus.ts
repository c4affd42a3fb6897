// A bus over NATS JetStream. The broker carries hints: whatever it loses, doubles or forgets is found
// in the feed of the source. See README.md for why its consumers are what they are.
import type { JetStreamClient, NatsConnection } from 'nats'
import { NatsError } from 'nats'
import type { Bus, Frame } from './bus.js'
import { deferred } from './deferred.js'
import { encodeFrame } from './frame.js'
import type { Hearing } from './jetstream-hearing.js'
import { hearSource } from './jetstream-hearing.js'
import { openLink } from './jetstream-link.js'
import type { StreamOptions } from './jetstream-stream.js'
import { streamOptions } from './jetstream-stream.js'
import { DEFAULT_INSTANCE, STREAM, consumerName, frameSubject } from './nats-subjects.js'

const IN_FLIGHT_MAX = 256
const ACK_TIMEOUT_MS = 5_000
const STANDING_MS = 5_000

export type JetStreamBusOptions = {
  readonly servers: readonly string[]
  readonly nkeySeed: string
  /** The service's name on the broker: the one its key was made for. */
  readonly name: string
  /** Tells instances of one service apart; each hears everything. */
  readonly instance?: string
  readonly shard?: string
  readonly stream?: Partial<StreamOptions>
  readonly firstConnectMs?: number
  readonly onTrouble?: (what: string, error?: unknown) => void
}

/**
 * Opens a bus over JetStream. Resolves also where the broker is down (see `state`); rejects where it
 * refuses the key or keeps another stream than ours.
 */
export async function jetStreamBus(options: JetStreamBusOptions): Promise<Bus> {
  const onTrouble = options.onTrouble ?? (() => undefined)
  const link = await openLink({
    servers: options.servers,
    nkeySeed: options.nkeySeed,
    name: options.name,
    stream: { ...streamOptions, ...options.stream },
    firstConnectMs: options.firstConnectMs ?? 3_000,
    onTrouble,
  })
  const sources = new Map<string, { hearing: Hearing; hearers: Set<(frame: Frame) => void> }>()
  let closed = false

  const open = (source: string): { hearing: Hearing; hearers: Set<(frame: Frame) => void> } => {
    const hearers = new Set<(frame: Frame) => void>()
    const hearing = hearSource({
      link,
      source,
      consumer: consumerName(options.name, source, options.instance ?? DEFAULT_INSTANCE),
      onFrame: (frame) => {
        for (const onFrame of [...hearers]) onFrame(frame()) // guarded one by one in `hear`
      },
      onTrouble,
    })
    return { hearing, hearers }
  }

  return {
    async announce(frames) {
      const nc = link.now()
      if (nc === undefined) throw new Error(`the broker is not there: ${link.state().why ?? ''}`)
      try {
        await link.whileThere(publishAll(nc, frames, options.shard ?? DEFAULT_INSTANCE))
      } catch (error) {
        if (error instanceof NatsError && error.code === '503') link.recheck() // no stream there
        throw error
      }
    },
    async hear(source, onFrame) {
      if (closed) throw new Error('the bus is closed')
      const heard = sources.get(source) ?? open(source)
      sources.set(source, heard)
      const each = (frame: Frame): void => {
        try {
          onFrame(frame)
        } catch (error) {
          onTrouble(`a hearer of ${source} failed`, error)
        }
      }
      heard.hearers.add(each)
      if (link.now() !== undefined) await standingOrLate(heard.hearing)
      return async () => {
        heard.hearers.delete(each)
        if (heard.hearers.size > 0 || sources.get(source) !== heard) return
        sources.delete(source)
        await heard.hearing.stop()
      }
    },
    state: () => link.state(),
    async close() {
      closed = true
      await Promise.all([...sources.values()].map(({ hearing }) => hearing.stop()))
      await link.close()
    },
  }
}

/** Publishes in order, some ahead of their acknowledgements; throws the first failure, after all. */
async function publishAll(
  nc: NatsConnection,
  frames: readonly Frame[],
  shard: string,
): Promise<void> {
  const jetstream = nc.jetstream()
  for (let from = 0; from < frames.length; from += IN_FLIGHT_MAX) {
    const some = frames.slice(from, from + IN_FLIGHT_MAX)
    const done = await Promise.allSettled(some.map((frame) => publish(jetstream, frame, shard)))
    for (const one of done) if (one.status === 'rejected') throw one.reason
  }
}

async function publish(jetstream: JetStreamClient, frame: Frame, shard: string): Promise<void> {
  const { source, incarnation, entries } = frame
  await jetstream.publish(frameSubject(source, shard), encodeFrame(frame), {
    // With the last number too: a longer frame after an unknown outcome is no duplicate.
    msgID: `${incarnation}:${entries[0]?.sequence}-${entries.at(-1)?.sequence}`,
    timeout: ACK_TIMEOUT_MS,
    expect: { streamName: STREAM },
  })
}

// A hearing that does not stand in time goes on trying; the listener sweeps meanwhile.
async function standingOrLate(hearing: Hearing): Promise<void> {
  const late = deferred<void>()
  const timer = setTimeout(() => late.resolve(), STANDING_MS)
  await Promise.race([hearing.standing, late.promise])
  clearTimeout(timer)
}
