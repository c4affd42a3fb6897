// A port that nobody listens on at this moment, below those that the system gives to outgoing connections: one of
// them would sooner or later be taken between the asking and the use. Whoever takes it tries again where somebody was faster.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const FROM = 15_000
const TO = 32_000

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
