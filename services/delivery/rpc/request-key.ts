// Under which id a command was given, so that its repetition gets the first answer again.
import { createHash } from 'node:crypto'
import { canonical } from '../../../shared/dossier/canonical.js'
import type { Json, RequestKey } from '../../../shared/dossier/dossier.js'
import { callerLine, type Caller } from '../../../shared/identity/identity.js'
import { requestIdField } from '../../../shared/rpc/fields.js'

/** The key of a command; `command` is everything in it that makes it this one. */
export function requestKey(caller: Caller, requestId: string, command: Json): RequestKey {
  const fingerprint = createHash('sha256').update(canonical(command)).digest('hex')
  return { caller: callerLine(caller), requestId: requestIdField(requestId), fingerprint }
}
