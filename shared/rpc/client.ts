// Calling a service: promises for answers, async iterables for streams, a deadline on every call,
// and one connection to a target however many services are called there.
import {
  ChannelCredentials,
  Client,
  experimental,
  Metadata,
  type CallOptions as GrpcCallOptions,
  type ServiceError,
} from '@grpc/grpc-js'
import { callFailed } from './call-failed.js'
import { MESSAGE_BYTES_MAX } from './door.js'
import type { Certificates } from './peers.js'
import { isRotating } from './rotating.js'
import type { CallContext } from './rpc.js'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a method both takes and gives its types
type Method = Definition<any, any>[string]
type Definition<Request, Response> = {
  readonly [name: string]: {
    readonly path: string
    readonly requestStream: boolean
    readonly responseStream: boolean
    readonly requestSerialize: (value: Request) => Buffer
    readonly responseDeserialize: (bytes: Buffer) => Response
  }
}

export type CallOptions = {
  /** From now; 10 s for a unary call where nothing is said, 5 min for an upload, none for a stream. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
  readonly metadata?: Readonly<Record<string, string>>
  /** The call on whose behalf this one is made: its deadline and its end are this one's, too. */
  readonly within?: Pick<CallContext, 'deadline' | 'signal'>
}

type RequestOf<M extends Method> = Parameters<M['requestSerialize']>[0]
type ResponseOf<M extends Method> = ReturnType<M['responseDeserialize']>

export type CallOf<M extends Method> = M extends { requestStream: true }
  ? (
      requests: AsyncIterable<RequestOf<M>> | Iterable<RequestOf<M>>,
      options?: CallOptions,
    ) => Promise<ResponseOf<M>>
  : M extends { responseStream: true }
    ? (request: RequestOf<M>, options?: CallOptions) => AsyncIterable<ResponseOf<M>>
    : (request: RequestOf<M>, options?: CallOptions) => Promise<ResponseOf<M>>

/** A service's calls. Every failure is a `CallFailed`. */
export type Calls<D> = {
  readonly [M in keyof D]: D[M] extends Method ? CallOf<D[M]> : never
} & { readonly close: () => void }

/** The generated client class (`ReleaseServiceClient`): only its definition is used. */
type Generated<D> = { readonly service: D }

export type ConnectOptions = {
  /** The name in the server's certificate, where it is not the host of the address. */
  readonly serverName?: string
  readonly deadlineMs?: number
  /** Sent with every call, beside what a call brings itself. */
  readonly metadata?: Readonly<Record<string, string>>
  /** A connection of its own, not shared with other clients of the target. */
  readonly ownConnection?: boolean
}

const DEADLINE_MS = 10_000
const UPLOAD_DEADLINE_MS = 300_000

/** Calls of one service at `address`, made with a certificate. The connection is made at the first call. */
export function connect<D extends Readonly<Record<string, Method>>>(
  generated: Generated<D>,
  address: string,
  certificates: Certificates,
  options: ConnectOptions = {},
): Calls<D> {
  // TLS knows no server names that are addresses; on this machine the name is localhost.
  const serverName = options.serverName ?? (address.startsWith('127.') ? 'localhost' : undefined)
  const client = new Client(address, credentialsOf(certificates), {
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_permit_without_calls': 0,
    'grpc.enable_channelz': 0,
    // A service that came back is found within seconds: the library's own 120 s would outlast a restart.
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 5_000,
    'grpc.enable_retries': 0, // asking again is the caller's: by request_id (ask-again.ts)
    ...(options.ownConnection ? { 'grpc.use_local_subchannel_pool': 1 } : {}),
    ...(serverName !== undefined && {
      'grpc.ssl_target_name_override': serverName,
      'grpc.default_authority': serverName,
    }),
  })
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS
  const sent = metadataWith(options.metadata)
  const calls = Object.entries(generated.service).map(([name, method]) => [
    name,
    method.requestStream
      ? upload(client, method, sent)
      : method.responseStream
        ? stream(client, method, sent)
        : unary(client, method, sent, deadlineMs),
  ])
  return { ...Object.fromEntries(calls), close: () => client.close() } as Calls<D>
}

// The same credentials object for the same certificates: grpc-js then shares the connection.
const known = new WeakMap<Certificates, ChannelCredentials>()
function credentialsOf(certificates: Certificates): ChannelCredentials {
  const made = known.get(certificates) ?? credentialsFor(certificates)
  known.set(certificates, made)
  return made
}

function credentialsFor(certificates: Certificates): ChannelCredentials {
  if (isRotating(certificates)) {
    const { provider } = certificates
    return experimental.createCertificateProviderChannelCredentials(provider, provider)
  }
  const { ca, cert, key } = certificates
  return ChannelCredentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert))
}

type Sent = (options: CallOptions) => Metadata

/** What goes with each call: what stands for all of them, and the call's own. */
const metadataWith =
  (standing: CallOptions['metadata']): Sent =>
  (options) => {
    const metadata = new Metadata()
    const all = { ...standing, ...options.metadata }
    for (const [name, value] of Object.entries(all)) metadata.set(name, value)
    return metadata
  }

function grpcOptions(options: CallOptions, deadlineMs: number): GrpcCallOptions {
  const own = performance.timeOrigin + performance.now() + (options.deadlineMs ?? deadlineMs)
  return { deadline: Math.min(own, options.within?.deadline ?? Infinity) }
}

/** Cancels a call with either signal; gives how to stop listening. */
function cancelWith(call: { cancel(): void }, options: CallOptions): () => void {
  const signals = [options.signal, options.within?.signal].filter((signal) => signal !== undefined)
  const cancel = (): void => call.cancel()
  for (const signal of signals) {
    if (signal.aborted) cancel()
    else signal.addEventListener('abort', cancel)
  }
  return () => {
    for (const signal of signals) signal.removeEventListener('abort', cancel)
  }
}

function unary(client: Client, method: Method, sent: Sent, deadlineMs: number) {
  return (request: unknown, options: CallOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      let release = (): void => {}
      const answered = (error: ServiceError | null, response?: unknown): void => {
        release()
        if (error) reject(callFailed(error))
        else resolve(response)
      }
      const call = client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        sent(options),
        grpcOptions(options, deadlineMs),
        answered,
      )
      if (options.signal ?? options.within) release = cancelWith(call, options)
    })
}

function stream(client: Client, method: Method, sent: Sent) {
  return async function* (request: unknown, options: CallOptions = {}): AsyncGenerator<unknown> {
    const call = client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      sent(options),
      grpcOptions(options, Infinity),
    )
    const release = cancelWith(call, options)
    try {
      for await (const response of call) yield response // reads on when the consumer asks for more
    } catch (error) {
      throw callFailed(error as ServiceError)
    } finally {
      release()
      call.cancel()
    }
  }
}

function upload(client: Client, method: Method, sent: Sent) {
  return async (
    requests: AsyncIterable<unknown> | Iterable<unknown>,
    options: CallOptions = {},
  ): Promise<unknown> => {
    let settled = false
    let drained = (): void => {}
    let release = (): void => {}
    const call = { current: undefined as ReturnType<Client['makeClientStreamRequest']> | undefined }
    const answer = new Promise<unknown>((resolve, reject) => {
      call.current = client.makeClientStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        sent(options),
        grpcOptions(options, UPLOAD_DEADLINE_MS),
        (error: ServiceError | null, response?: unknown) => {
          settled = true
          drained()
          release()
          if (error) reject(callFailed(error))
          else resolve(response)
        },
      )
    })
    answer.catch(() => {}) // awaited below; until then a failure is not unhandled
    const writable = call.current
    if (writable === undefined) throw new Error('no call was made')
    release = cancelWith(writable, options)
    writable.on('drain', () => drained())
    try {
      for await (const request of requests) {
        if (settled) break // answered before the end: a refusal
        if (writable.write(request)) continue
        await new Promise<void>((resolve) => {
          drained = resolve
          if (settled) resolve()
        })
      }
      if (!settled) writable.end()
    } catch (error) {
      writable.cancel() // the source failed, not the call
      throw error
    }
    return answer
  }
}
