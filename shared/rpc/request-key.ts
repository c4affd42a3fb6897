// Under which id a command was given, so that its repetition gets the first answer again.
import { createHash } from 'node:crypto'
import { canonical } from '../dossier/canonical.js'
import type { RequestKey } from '../dossier/dossier.js'
import { callerLine, type Caller } from '../identity/identity.js'
import { requestIdField } from './fields.js'

/** The key of a command; `command` is everything in it that makes it this one: the same id with another command is refused. */
export function requestKey(caller: Caller, requestId: string, command: object): RequestKey {
  return {
    caller: callerLine(caller),
    requestId: requestIdField(requestId),
    fingerprint: createHash('sha256').update(canonical(command)).digest('hex'),
  }
}
