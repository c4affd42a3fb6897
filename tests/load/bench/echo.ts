// A bare grpc-js echo over mutual TLS: the ceiling that the house is measured against.
import type {
  handleUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js'

const bytes = (value: Buffer): Buffer => value

export const EchoService = {
  echo: {
    path: '/huiqian.bench.v1.EchoService/Echo',
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  },
} as const satisfies ServiceDefinition

export const EchoClient = { service: EchoService }

const echo: handleUnaryCall<Buffer, Buffer> = (call, answer) => answer(null, call.request)
export const echoHandlers: UntypedServiceImplementation = { echo }
