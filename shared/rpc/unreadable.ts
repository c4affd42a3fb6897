// A request that has no one reading. grpc-js would answer INTERNAL in its own words where a request
// cannot be decoded; so decoding never throws there, and the wrapper refuses what came of it. And
// decoding is lenient: it drops fields it does not know, takes the last of two values, and repairs
// broken text. A command must not be taken for less than it said, so where a request carries a
// request_id it is written again and has to say as much as before.
import { Refusal } from '../refusal/refusal.js'
import { sameReading } from './same-reading.js'

export const UNREADABLE: unique symbol = Symbol('unreadable')

/** A deserialiser that gives UNREADABLE in place of throwing, and for a command that has more in it than was read. */
export const readingSafely =
  <T>(deserialize: (bytes: Buffer) => T, serialize: (value: T) => Buffer) =>
  (bytes: Buffer): T | typeof UNREADABLE => {
    try {
      const request = deserialize(bytes)
      if (!isCommand(request)) return request
      return sameReading(bytes, serialize(request)) ? request : UNREADABLE
    } catch {
      return UNREADABLE
    }
  }

const isCommand = (request: unknown): boolean =>
  typeof request === 'object' && request !== null && 'requestId' in request

/** The request, or the refusal of one that cannot be read. */
export function readable<T>(request: T | typeof UNREADABLE): T {
  if (request === UNREADABLE) throw new Refusal('malformed', 'REQUEST_UNREADABLE', 'house/contract')
  return request
}
