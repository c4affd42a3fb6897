// The one stream, and the proof that the broker really made it as asked: old servers drop options
// that they do not know without a word, so what they say they made is compared with what we meant.
import type { JetStreamManager, StreamConfig } from 'nats'
import { DiscardPolicy, NatsError, RetentionPolicy, StorageType, nanos } from 'nats'
import { FRAME_BYTES_MAX } from './frame.js'
import { ALL_EVENTS, STREAM } from './nats-subjects.js'

const STREAM_NOT_FOUND = 10059
const NAME_IN_USE = 10058

export type StreamOptions = {
  readonly replicas: number
  readonly maxAgeMs: number
  readonly maxBytes: number
}

/** Everything here can be lost without harm, so it is kept for an hour and not for ever. */
export const streamOptions: StreamOptions = {
  replicas: 1,
  maxAgeMs: 3_600_000,
  maxBytes: 256 * 1_048_576,
}

/** The broker keeps another stream under our name than the one we need. */
export class StreamMismatch extends Error {
  override readonly name = 'StreamMismatch'
}

/** Makes the stream where there is none; throws `StreamMismatch` where there is another one. */
export async function ensureStream(
  manager: JetStreamManager,
  options: StreamOptions,
): Promise<void> {
  const wanted = streamConfig(options)
  const differences = differencesOf(wanted, await present(manager, wanted))
  if (differences.length === 0) return
  throw new StreamMismatch(
    `stream ${STREAM} is not as it must be (${differences.join('; ')}). ` +
      'Nothing in it is needed: delete it, and it is made anew.',
  )
}

export function streamConfig(options: StreamOptions): Partial<StreamConfig> & { name: string } {
  return {
    name: STREAM,
    subjects: [ALL_EVENTS],
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    storage: StorageType.File,
    num_replicas: options.replicas,
    max_age: nanos(options.maxAgeMs),
    max_bytes: options.maxBytes,
    max_msg_size: FRAME_BYTES_MAX + 4_096, // headers count
    duplicate_window: nanos(120_000),
    deny_delete: false,
    deny_purge: false,
  }
}

async function present(
  manager: JetStreamManager,
  wanted: Partial<StreamConfig>,
): Promise<StreamConfig> {
  try {
    return (await manager.streams.info(STREAM)).config
  } catch (error) {
    if (codeOf(error) !== STREAM_NOT_FOUND) throw error
  }
  try {
    await manager.streams.add(wanted)
  } catch (error) {
    if (codeOf(error) !== NAME_IN_USE) throw error // somebody else was faster: compared all the same
  }
  return (await manager.streams.info(STREAM)).config
}

// Options that we never ask for and that would let others write into the stream or out of it.
const MUST_BE_ABSENT = ['mirror', 'sources', 'republish', 'subject_transform', 'sealed'] as const

/** What differs between the stream we want and the one there is. */
export function differencesOf(
  wanted: Partial<StreamConfig>,
  actual: Partial<StreamConfig>,
): string[] {
  const differences: string[] = []
  for (const [key, value] of Object.entries(wanted)) {
    const there = actual[key as keyof StreamConfig] ?? absentMeans(value)
    if (JSON.stringify(there) !== JSON.stringify(value))
      differences.push(`${key}: ${JSON.stringify(there)} instead of ${JSON.stringify(value)}`)
  }
  for (const key of MUST_BE_ABSENT) {
    const there = (actual as Record<string, unknown>)[key]
    if (there !== undefined && there !== null && there !== false)
      differences.push(`${key}: ${JSON.stringify(there)} instead of nothing`)
  }
  return differences
}

// A server leaves out what is false; a wanted `true` that is left out was dropped.
function absentMeans(wanted: unknown): unknown {
  return wanted === false ? false : undefined
}

function codeOf(error: unknown): number | undefined {
  return error instanceof NatsError ? error.api_error?.err_code : undefined
}
