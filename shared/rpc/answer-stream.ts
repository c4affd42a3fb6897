// One question, many answers, no faster than they are read. At most `queuedBytesMax` lie between the
// handler and the reader; a reader who takes nothing for `slowReaderMs` is cut off and told where to
// go on.
import { status, type ServerWritableStream } from '@grpc/grpc-js'
import { Refusal } from '../refusal/refusal.js'
import type { Route } from './answer-unary.js'
import { boundedQueue } from './bounded-queue.js'
import type { EnteredCall } from './call-context.js'
import { Entry, MESSAGE_BYTES_MAX, mustHaveAsked, type Door, type OpenCall } from './door.js'
import { Ending } from './ending.js'
import { resetStream } from './inner-stream.js'
import type { ServerStream } from './rpc.js'
import { STOPPING, type Answer } from './status.js'
import { readable, type UNREADABLE } from './unreadable.js'

/** The grpc-js handler of a server stream. Nothing that the handler does can throw out of it. */
export function answerStream<Request>(
  door: Door,
  route: Route,
  { handle, options }: ServerStream<Request, unknown>,
) {
  return (call: ServerWritableStream<Request | typeof UNREADABLE, Buffer>): void => {
    const entry = new Entry(door, route.method)
    const ending = new Ending()
    let context: EnteredCall | undefined
    let open: OpenCall | undefined
    const leave = (): void => {
      if (open) door.streams.delete(open)
      context?.abort()
      ending.end()
    }
    const refuse = (answer: Answer, thrown?: unknown): void => {
      if (!entry.over(answer.code, thrown)) return
      leave()
      call.emit('error', answer) // the way of grpc-js to end a stream with a status
    }
    call.on('cancelled', () => entry.over(status.CANCELLED) && leave())

    const run = async (): Promise<void> => {
      if (door.stopping) return refuse(STOPPING)
      context = entry.admit(call, route.row, Infinity)
      const named = entry.naming(call, context)
      if (named !== undefined) context = await named
      if (entry.isOver) return
      const request = readable(call.request)
      door.streams.add((open = { certificate: entry.certificate, end: refuse }))
      const queue = boundedQueue(call, door.limits.queuedBytesMax, ending)
      const afterwards = (error: unknown): void => entry.afterwards(error)
      const responses = handle(request, context)[Symbol.asyncIterator]()
      let cursor = ''
      while (!entry.isOver) {
        // A handler that waits for ever must not hold the call: the end goes first.
        const next = await ending.orEnd(responses.next(), afterwards)
        if (next === undefined || entry.isOver) break
        if (next.done === true) {
          if (entry.over(status.OK)) call.end()
          leave()
          return
        }
        mustHaveAsked(context)
        const bytes = route.serialize(next.value)
        if (bytes.length > MESSAGE_BYTES_MAX)
          throw new Error(`a message of ${bytes.length} bytes is longer than it may be`)
        const room = await queue.room(bytes.length, door.limits.slowReaderMs)
        if (room === 'slow') {
          const slow = new Refusal('overloaded', 'SLOW_READER', 'house/backpressure', { cursor })
          refuse(entry.answerTo(slow), slow)
          // The status waits behind what is unread. Who goes on not reading is cut off without it.
          const cutOff = (): void => void (call.writableFinished || resetStream(call))
          setTimeout(cutOff, door.limits.slowReaderMs).unref()
        }
        if (room !== 'room') break
        queue.write(bytes)
        cursor = options.cursorOf?.(next.value) ?? cursor
      }
      responses.return?.().catch(afterwards)
    }
    run().catch((thrown: unknown) => {
      if (entry.isOver) entry.afterwards(thrown)
      else refuse(entry.answerTo(thrown), thrown)
    })
  }
}
