// The echo server as a process.
import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { Certificates } from '../../../shared/rpc/peers.js'
import { EchoService, echoHandlers } from './echo.js'
import { answerParent, settingsOf } from './processes.js'

const { ca, cert, key } = settingsOf<Certificates>()
const server = new Server()
server.addService(EchoService, echoHandlers)
const pair = { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }
const port = await new Promise<number>((resolve, reject) =>
  server.bindAsync(
    '127.0.0.1:0',
    ServerCredentials.createSsl(Buffer.from(ca), [pair], true),
    (error, bound) => (error ? reject(error) : resolve(bound)),
  ),
)
process.on('SIGTERM', () => process.exit(0))
answerParent({ address: () => `127.0.0.1:${port}` })
