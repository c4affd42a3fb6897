// Under which id a command was given, so that its repetition gets the first answer again.
import { createHash } from 'node:crypto'
import { canonical } from '../dossier/canonical.js'
import type { RequestKey } from '../dossier/dossier.js'
import { systemLine, type Caller } from '../identity/identity.js'
import { requestIdField } from './fields.js'

/** The key of a command, the same whichever officer of the system gives it; `command` is everything in it that makes it this one: the same id with another command is refused. */
export function requestKey(caller: Caller, requestId: string, command: object): RequestKey {
  return {
    caller: systemLine(caller),
    requestId: requestIdField(requestId),
    fingerprint: createHash('sha256')
      .update(canonical(inText(command)))
      .digest('hex'),
  }
}

/** Bytes in a command (a signature) as hex, none as absent: canonical JSON has no bytes. */
function inText(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return value.length === 0 ? undefined : Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(inText)
  if (typeof value !== 'object' || value === null) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value // has no canonical form: said there
  const text: Record<string, unknown> = {}
  for (const name of Object.keys(value))
    text[name] = inText((value as Record<string, unknown>)[name])
  return text
}
