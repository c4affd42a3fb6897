// A wire between a client and the house on which answers can be held back and the connection cut: a
// command arrives, its answer never does.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type HoldingProxy = AsyncDisposable & {
  readonly address: string
  /** From now on nothing that the house says gets through to a client that has sent more than so many bytes. */
  hold(afterBytes?: number): void
  /** How many were made over this wire. */
  connections(): number
  /** Cuts every connection; new ones work as if nothing had been. */
  cut(): void
}

export async function holdingProxy(target: string): Promise<HoldingProxy> {
  const [host, port] = target.split(':')
  const open = new Set<{ client: Socket; house: Socket }>()
  let holdAfter = Infinity
  let connections = 0
  const server = createServer((client) => {
    const house = connect(Number(port), host)
    const pair = { client, house }
    let sent = 0
    connections++
    open.add(pair)
    client.on('data', (bytes) => {
      sent += bytes.length
      house.write(bytes)
    })
    house.on('data', (bytes) => {
      if (sent <= holdAfter) client.write(bytes)
    })
    const end = (): void => {
      open.delete(pair)
      client.destroy()
      house.destroy()
    }
    for (const socket of [client, house]) socket.on('close', end).on('error', end)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const cut = (): void => {
    holdAfter = Infinity
    for (const { client, house } of open) {
      client.destroy()
      house.destroy()
    }
  }
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (afterBytes = 0) => void (holdAfter = afterBytes),
    connections: () => connections,
    cut,
    async [Symbol.asyncDispose]() {
      cut()
      await new Promise((closed) => server.close(closed))
    },
  }
}
