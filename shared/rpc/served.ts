// A gRPC service as a room hands it to its host.
import type { ServiceDefinition } from '@grpc/grpc-js'
import type { Row, Rows } from '../authorisation/authorisation.js'
import type { ClientStream, ServerStream, Unary } from './rpc.js'

/** Definition (generated), handlers made by `unary`, `serverStream` or `clientStream`, and the rows of the table of authorisation. */
export type ServedService = {
  readonly definition: ServiceDefinition
  readonly handlers: Readonly<Record<string, HandlerShape>>
  /** By name of the call: `SubmitRelease`. A call without a row is not served: the start fails. */
  readonly rows: Rows
}

/** Any handler: what it takes and gives is checked by `serves`. */
export type HandlerShape =
  Unary<never, unknown> | ServerStream<never, unknown> | ClientStream<never, unknown>

// `any` because a method both gives and takes its request: no other type holds every method.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyMethod = ServiceDefinition<any>[string]
type RequestOf<M extends AnyMethod> = ReturnType<M['requestDeserialize']>
type ResponseOf<M extends AnyMethod> = ReturnType<M['responseDeserialize']>

/** The handler that a method wants. Streams in both directions are not served yet. */
export type HandlerOf<M extends AnyMethod> = M extends { requestStream: true; responseStream: true }
  ? never
  : M extends { requestStream: true }
    ? ClientStream<RequestOf<M>, ResponseOf<M>>
    : M extends { responseStream: true }
      ? ServerStream<RequestOf<M>, ResponseOf<M>>
      : Unary<RequestOf<M>, ResponseOf<M>>

/** Puts a service together with the compiler as witness: every call has its handler, of the right type, and its row. */
export function serves<const D extends Readonly<Record<string, AnyMethod>>>(
  definition: D,
  handlers: { readonly [M in keyof D]: HandlerOf<D[M]> },
  rows: { readonly [M in keyof D as Capitalize<M & string>]: Row },
): ServedService {
  return { definition, handlers, rows }
}
