// A wire to a server that can be cut and mended: what is behind it goes on, and cannot be reached.
import { createServer, connect, type Socket } from 'node:net'
import { freePort } from './free-port.js'

export type Wire = {
  readonly port: number
  /** Every connection breaks, and none is taken until it is mended. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function openWire(to: {
  readonly host: string
  readonly port: number
}): Promise<Wire> {
  const port = await freePort()
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        ends.delete(one)
        other.destroy()
      })
    }
  })
  const mend = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve())
    })
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const end of ends) end.destroy()
    await closed
  }
  await mend()
  return { port, cut, mend, close: cut }
}
