// A request that cannot be decoded. grpc-js would answer INTERNAL in its own words; so decoding
// never throws there, and the wrapper refuses what came of it.
import { Refusal } from '../refusal/refusal.js'

export const UNREADABLE: unique symbol = Symbol('unreadable')

/** A deserialiser that gives UNREADABLE in place of throwing. */
export const readingSafely =
  <T>(deserialize: (bytes: Buffer) => T) =>
  (bytes: Buffer): T | typeof UNREADABLE => {
    try {
      return deserialize(bytes)
    } catch {
      return UNREADABLE
    }
  }

/** The request, or the refusal of one that cannot be read. */
export function readable<T>(request: T | typeof UNREADABLE): T {
  if (request === UNREADABLE) throw new Refusal('malformed', 'REQUEST_UNREADABLE', 'house/contract')
  return request
}
