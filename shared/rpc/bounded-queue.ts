// What lies between a handler and a slow reader: bounded in bytes, and in patience.
import type { ServerWritableStream } from '@grpc/grpc-js'
import type { Ending } from './ending.js'

export type BoundedQueue = {
  /** Waits until so many bytes may be written. `slow`: the reader took nothing for `patienceMs`. */
  room(bytes: number, patienceMs: number): Promise<'room' | 'slow' | 'ended'>
  write(bytes: Buffer): void
}

type Writable = Pick<ServerWritableStream<unknown, Buffer>, 'on' | 'write'>

/** A queue of at most `bytesMax` before a stream; one longer message alone is let through. */
export function boundedQueue(call: Writable, bytesMax: number, ending: Ending): BoundedQueue {
  let queued = 0
  let full = false
  let taken = (): void => {}
  const fits = (bytes: number): boolean => queued === 0 || (!full && queued + bytes <= bytesMax)
  call.on('drain', () => {
    full = false
    taken()
  })
  return {
    async room(bytes, patienceMs) {
      while (!fits(bytes)) {
        const before = queued
        let timer: NodeJS.Timeout | undefined
        const change = new Promise<'taken' | 'late'>((resolve) => {
          taken = () => resolve('taken')
          timer = setTimeout(() => resolve('late'), patienceMs)
        })
        const first = await ending.orEnd(change, () => {})
        clearTimeout(timer)
        if (first === undefined || ending.isOver) return 'ended'
        if (first === 'late' && queued === before) return 'slow'
      }
      return 'room'
    },
    write(bytes) {
      queued += bytes.length
      full = !call.write(bytes, () => {
        queued -= bytes.length
        taken()
      })
    },
  }
}
