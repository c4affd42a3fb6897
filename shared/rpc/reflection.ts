// Server reflection from the descriptor image, so that a stranger with a certificate can list and
// call what is served with common tools. The package brings the calls; the door goes before them.
import { readFileSync } from 'node:fs'
import { loadFileDescriptorSetFromBuffer } from '@grpc/proto-loader'
import { ReflectionService } from '@grpc/reflection'
import {
  status,
  type Server,
  type ServerDuplexStream,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { OPEN_TO_ALL } from '../authorisation/directory.js'
import { Entry, type Door, type OpenCall } from './door.js'
import { methodName } from './rpc.js'
import { STOPPING, type Answer } from './status.js'

type Duplex = ServerDuplexStream<unknown, unknown>

/** Reflection over the services of a descriptor image. */
export function reflectionService(image: string): { addTo(server: Server, door: Door): void } {
  const reflection = new ReflectionService(loadFileDescriptorSetFromBuffer(readFileSync(image)))
  return {
    addTo(server, door) {
      const behindTheDoor = {
        addService(definition: ServiceDefinition, handlers: UntypedServiceImplementation) {
          const wrapped = Object.entries(definition).map(([name, { path }]) => {
            const handler = (handlers[name] ?? handlers[methodOf(path)]) as (call: Duplex) => void
            return [name, admitted(door, methodName(path), handler)]
          })
          server.addService(definition, Object.fromEntries(wrapped) as UntypedServiceImplementation)
        },
      }
      reflection.addToServer(behindTheDoor)
    },
  }
}

const methodOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function admitted(door: Door, method: string, handler: (call: Duplex) => void) {
  return (call: Duplex): void => {
    const entry = new Entry(door, method)
    let open: OpenCall | undefined
    const refuse = (answer: Answer, thrown?: unknown): void => {
      if (open) door.streams.delete(open)
      if (entry.over(answer.code, thrown)) call.emit('error', answer)
    }
    call.on('cancelled', () => {
      if (open) door.streams.delete(open)
      entry.over(status.OK)
    })
    try {
      if (door.stopping) return refuse(STOPPING)
      entry.admit(call, OPEN_TO_ALL, Infinity)
      door.streams.add((open = { certificate: entry.certificate, end: refuse }))
      handler(call)
    } catch (thrown) {
      refuse(entry.answerTo(thrown), thrown)
    }
  }
}
