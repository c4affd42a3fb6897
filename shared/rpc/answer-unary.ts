// One question, one answer.
import { status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js'
import type { Row } from '../authorisation/authorisation.js'
import {
  Entry,
  MESSAGE_BYTES_MAX,
  mustHaveAsked,
  UNARY_DEADLINE_MAX_MS,
  type Door,
} from './door.js'
import type { EnteredCall } from './call-context.js'
import type { UnaryHandler } from './rpc.js'
import { DEADLINE_PASSED, STOPPING, type Answer } from './status.js'
import { readable, type UNREADABLE } from './unreadable.js'

export type Route = {
  readonly method: string
  readonly row: Row
  readonly serialize: (response: unknown) => Buffer
}

/** The grpc-js handler of a unary call. Nothing that the handler does can throw out of it. */
export function answerUnary<Request>(
  door: Door,
  route: Route,
  handle: UnaryHandler<Request, unknown>,
) {
  const longest = Math.min(door.limits.unaryMs, UNARY_DEADLINE_MAX_MS)
  return (
    call: ServerUnaryCall<Request | typeof UNREADABLE, Buffer>,
    respond: sendUnaryData<Buffer>,
  ): void => {
    const entry = new Entry(door, route.method) // the stamp: first of all
    let context: EnteredCall | undefined
    let cap: NodeJS.Timeout | undefined
    const leave = (): void => {
      clearTimeout(cap)
      door.calls.delete(open)
    }
    const refuse = (answer: Answer, thrown?: unknown): void => {
      leave()
      if (entry.over(answer.code, thrown)) respond(answer)
    }
    const open = { certificate: undefined, end: refuse }
    const run = async (): Promise<void> => {
      if (door.stopping) return refuse(STOPPING)
      context = entry.admit(call, route.row, longest)
      const named = entry.naming(call, context)
      if (named !== undefined) context = await named
      if (entry.isOver) return
      const request = readable(call.request)
      door.calls.add(open)
      cap = setTimeout(() => {
        refuse(DEADLINE_PASSED) // the handler may still commit: an unknown outcome for the caller
        context?.abort()
      }, longest)
      const answer = await handle(request, context)
      mustHaveAsked(context)
      const response = route.serialize(answer)
      if (response.length > MESSAGE_BYTES_MAX)
        throw new Error(`an answer of ${response.length} bytes is longer than a message may be`)
      leave()
      if (entry.over(status.OK)) respond(null, response)
    }
    // Emitted at the end of every call, too; only one that is not over was given up by its caller.
    call.on('cancelled', () => {
      if (!entry.over(status.CANCELLED)) return
      leave()
      context?.abort()
    })
    run().catch((thrown: unknown) => {
      if (entry.isOver) entry.afterwards(thrown)
      else refuse(entry.answerTo(thrown), thrown)
    })
  }
}
