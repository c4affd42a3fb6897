// Serving and calling over gRPC with mutual TLS: the words that services write their calls in. One
// wrapper stands before every handler (answer-*.ts): it stamps the admission, finds out who calls,
// asks the table whether that kind of caller may, caps the deadline, and turns every outcome into a
// status in one place. Serving is in server.ts, calling in client.ts.
import type { Row } from '../authorisation/authorisation.js'
import type { Caller, Instant } from '../identity/identity.js'

/** What a handler knows about the call. Metadata is not here on purpose: nothing in it says who calls. */
export type CallContext = {
  readonly caller: Caller
  /** Its row of the table of authorisation, and the note that it was asked (shared/authorisation/permit.ts). */
  readonly row: Row
  readonly permits: { asked: boolean }
  /** Stamped when the call entered, before any queue: what counts for being in time. */
  readonly admittedAt: Instant
  /** `huiqian.coordination.v1.ReleaseService/SubmitRelease` */
  readonly method: string
  /** Aborted when the caller cancels, the deadline passes or the server stops. */
  readonly signal: AbortSignal
  /** End of the call's time (real time; at most 10 s away for unary calls, Infinity for a stream without one). */
  readonly deadline: Instant
}

/** A handler of a unary call: parse, decide, answer. */
export type UnaryHandler<Request, Response> = (
  request: Request,
  context: CallContext,
) => Promise<Response>

/** A handler of a server stream: yields messages; the wrapper waits for drain, caps what is queued and cuts off slow readers with RESOURCE_EXHAUSTED. */
export type StreamHandler<Request, Response> = (
  request: Request,
  context: CallContext,
) => AsyncIterable<Response>

/** A handler of a client stream (uploads): consumes messages with backpressure, answers once. */
export type UploadHandler<Request, Response> = (
  requests: AsyncIterable<Request>,
  context: CallContext,
) => Promise<Response>

export type StreamOptions<Response> = {
  /** The cursor after a message: told to a reader who is cut off, so that it can go on from there. */
  cursorOf?(response: Response): string
}

export type Unary<Request, Response> = {
  readonly type: 'unary'
  readonly handle: UnaryHandler<Request, Response>
}
export type ServerStream<Request, Response> = {
  readonly type: 'server-stream'
  readonly handle: StreamHandler<Request, Response>
  readonly options: StreamOptions<Response>
}
export type ClientStream<Request, Response> = {
  readonly type: 'client-stream'
  readonly handle: UploadHandler<Request, Response>
}

/** Names a handler as that of a unary call. */
export const unary = <Request, Response>(
  handle: UnaryHandler<Request, Response>,
): Unary<Request, Response> => ({ type: 'unary', handle })

/** Names a handler as that of a server stream. */
export const serverStream = <Request, Response>(
  handle: StreamHandler<Request, Response>,
  options: StreamOptions<Response> = {},
): ServerStream<Request, Response> => ({ type: 'server-stream', handle, options })

/** Names a handler as that of a client stream. */
export const clientStream = <Request, Response>(
  handle: UploadHandler<Request, Response>,
): ClientStream<Request, Response> => ({ type: 'client-stream', handle })

/** `/package.Service/Method` → `package.Service/Method`, as tables, logs and metrics write it. */
export const methodName = (path: string): string => path.replace(/^\//, '')

/** `/package.Service/Method` → `package.Service`. */
export const serviceName = (path: string): string => path.split('/')[1] ?? ''
