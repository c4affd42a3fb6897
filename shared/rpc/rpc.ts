// Serving and calling over gRPC with mutual TLS. One wrapper stands before every handler: it stamps
// the admission, finds out who calls, asks the table whether that kind of caller may, caps the
// deadline, and turns every outcome into a status in one place.
import type { Caller, CallerKind, Instant } from '../identity/identity.js'

/** What a handler knows about the call. */
export type CallContext = {
  readonly caller: Caller
  /** Stamped when the call entered, before any queue: what counts for being in time. */
  readonly admittedAt: Instant
  /** `huiqian.coordination.v1.ReleaseService/SubmitRelease` */
  readonly method: string
  /** Aborted when the caller cancels, the deadline passes or the server stops. */
  readonly signal: AbortSignal
  /** End of the call's time (wall clock, capped at 10 s for unary calls). */
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

/** Which kinds of caller may make a call at all; what they may do with a case is decided beside the case. Default deny: a call without a row is not served (start fails). */
export type WhoMayCall = Readonly<Record<string, readonly CallerKind[]>>
