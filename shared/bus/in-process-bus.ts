// A bus inside one process. Frames cross it as bytes and a turn of the event loop later, so that
// nothing is shared by reference and no hearer runs inside the announcer's call, as on the wire.
import type { Bus, Frame } from './bus.js'
import { decodeFrame, encodeFrame } from './frame.js'

/** A bus for services that share a process. `onTrouble` is told when a hearer throws. */
export function inProcessBus(onTrouble?: (error: unknown) => void): Bus {
  const hearers = new Map<string, Set<(frame: Frame) => void>>()
  let closed = false

  const deliver = (bytes: Uint8Array): void => {
    const { source } = decodeFrame(bytes)
    for (const onFrame of [...(hearers.get(source) ?? [])]) {
      if (closed || !hearers.get(source)?.has(onFrame)) continue
      try {
        onFrame(decodeFrame(bytes)) // decoded for each: a hearer cannot spoil another's entries
      } catch (error) {
        onTrouble?.(error)
      }
    }
  }

  return {
    announce(frames) {
      if (closed) return Promise.reject(new Error('the bus is closed'))
      try {
        const encoded = frames.map(encodeFrame)
        setImmediate(() => encoded.forEach(deliver))
        return Promise.resolve()
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)))
      }
    },
    hear(source, onFrame) {
      if (closed) return Promise.reject(new Error('the bus is closed'))
      const each = (frame: Frame): void => onFrame(frame) // the same function may hear twice
      const those = hearers.get(source) ?? new Set()
      hearers.set(source, those.add(each))
      return Promise.resolve(() => {
        those.delete(each)
        return Promise.resolve()
      })
    },
    state: () => (closed ? { connected: false, why: 'closed' } : { connected: true }),
    close() {
      closed = true
      hearers.clear()
      return Promise.resolve()
    },
  }
}
