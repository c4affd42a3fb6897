// A gRPC service as a room hands it to its host.
import type { ServiceDefinition, UntypedHandleCall } from '@grpc/grpc-js'
import type { WhoMayCall } from './rpc.js'

/** Definition (generated), handlers made by `unary`, `serverStream` or `clientStream`, and who may call each. */
export type ServedService = {
  readonly definition: ServiceDefinition
  readonly handlers: Readonly<Record<string, HandlerShape>>
  /** By name of the call: `SubmitRelease`. A call without a row is not served: the start fails. */
  readonly whoMayCall: WhoMayCall
}

/** A wrapped handler waits for the server's means (clock, identity, log) before it becomes a grpc-js handler. */
export type HandlerShape = { readonly bind: (means: never) => UntypedHandleCall }
