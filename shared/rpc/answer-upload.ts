// Many questions, one answer: uploads. What arrives is read no faster than the handler takes it.
import { status, type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js'
import type { EnteredCall } from './call-context.js'
import { Entry, mustHaveAsked, type Door, type OpenCall } from './door.js'
import type { Route } from './answer-unary.js'
import type { UploadHandler } from './rpc.js'
import { DEADLINE_PASSED, STOPPING, type Answer } from './status.js'
import { readable, type UNREADABLE } from './unreadable.js'

/** The grpc-js handler of a client stream. */
export function answerUpload<Request>(
  door: Door,
  route: Route,
  handle: UploadHandler<Request, unknown>,
) {
  return (
    call: ServerReadableStream<Request | typeof UNREADABLE, Buffer>,
    respond: sendUnaryData<Buffer>,
  ): void => {
    const entry = new Entry(door, route.method)
    let context: EnteredCall | undefined
    let open: OpenCall | undefined
    let cap: NodeJS.Timeout | undefined
    const leave = (): void => {
      clearTimeout(cap)
      if (open) door.streams.delete(open)
    }
    const refuse = (answer: Answer, thrown?: unknown): void => {
      if (!entry.over(answer.code, thrown)) return
      leave()
      context?.abort()
      respond(answer)
    }
    call.on('cancelled', () => {
      if (!entry.over(status.CANCELLED)) return
      leave()
      context?.abort()
    })
    const run = async (): Promise<void> => {
      if (door.stopping) return refuse(STOPPING)
      context = entry.admit(call, route.row, door.limits.uploadMs)
      const named = entry.naming(call, context)
      if (named !== undefined) context = await named
      if (entry.isOver) return
      door.streams.add((open = { certificate: entry.certificate, end: refuse }))
      cap = setTimeout(() => refuse(DEADLINE_PASSED), door.limits.uploadMs)
      const answer = await handle(arriving(call), context)
      mustHaveAsked(context)
      const response = route.serialize(answer)
      if (!entry.over(status.OK)) return
      leave()
      respond(null, response)
    }
    run().catch((thrown: unknown) => {
      if (!entry.isOver) refuse(entry.answerTo(thrown), thrown)
      // A call that ended under the handler's hands makes its reading throw: no bug of the handler's.
      else if (!isPrematureClose(thrown)) entry.afterwards(thrown)
    })
  }
}

async function* arriving<Request>(
  call: ServerReadableStream<Request | typeof UNREADABLE, Buffer>,
): AsyncGenerator<Request> {
  for await (const request of call) yield readable(request as Request | typeof UNREADABLE)
}

const isPrematureClose = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE'
