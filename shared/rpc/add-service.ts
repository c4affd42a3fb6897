// Registers a service with grpc-js: every call gets its handler behind the door, and its row.
import type { Server, ServiceDefinition, UntypedHandleCall } from '@grpc/grpc-js'
import { answerStream } from './answer-stream.js'
import { answerUnary, type Route } from './answer-unary.js'
import { answerUpload } from './answer-upload.js'
import type { Door } from './door.js'
import { methodName, serviceName } from './rpc.js'
import type { HandlerShape, ServedService } from './served.js'
import { readingSafely } from './unreadable.js'

/** Adds a service and gives the names it is known by. Throws where a call lacks its handler, of the right kind, or its row. */
export function addService(server: Server, door: Door, service: ServedService): string[] {
  const definition: Record<string, ServiceDefinition[string]> = {}
  const implementation: Record<string, UntypedHandleCall> = {}
  const rows = new Map(Object.entries(service.rows))
  for (const [name, method] of Object.entries(service.definition)) {
    const call = methodName(method.path)
    const called = call.slice(call.indexOf('/') + 1)
    const row = rows.get(called)
    const handler = service.handlers[name]
    if (row === undefined) throw new Error(`no row says who may call ${call}`)
    if (handler === undefined) throw new Error(`no handler for ${call}`)
    if (handler.type !== typeOf(method)) throw new Error(`${call} is not a ${handler.type} call`)
    rows.delete(called)
    const route = { method: call, row, serialize: method.responseSerialize }
    // Answers are serialised before the door, where a failure is ours to answer.
    definition[name] = {
      ...method,
      requestDeserialize: readingSafely(method.requestDeserialize, method.requestSerialize),
      responseSerialize: (bytes: Buffer) => bytes,
    }
    implementation[name] = behindTheDoor(door, route, handler)
  }
  for (const other of rows.keys())
    throw new Error(`a row says who may call ${other}, which is no call`)
  server.addService(definition, implementation)
  return [...new Set(Object.values(service.definition).map(({ path }) => serviceName(path)))]
}

function behindTheDoor(door: Door, route: Route, handler: HandlerShape): UntypedHandleCall {
  switch (handler.type) {
    case 'unary':
      return answerUnary(door, route, handler.handle)
    case 'server-stream':
      return answerStream(door, route, handler)
    case 'client-stream':
      return answerUpload(door, route, handler.handle)
  }
}

function typeOf(method: { requestStream: boolean; responseStream: boolean }): string {
  if (method.requestStream) return method.responseStream ? 'bidirectional' : 'client-stream'
  return method.responseStream ? 'server-stream' : 'unary'
}
