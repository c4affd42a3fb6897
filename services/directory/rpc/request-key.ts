// Under which id a command was given, so that its repetition gets the first answer again.
import { createHash } from 'node:crypto'
import { canonical } from '../../../shared/dossier/canonical.js'
import type { RequestKey } from '../../../shared/dossier/dossier.js'
import { systemLine } from '../../../shared/identity/identity.js'
import { requestIdField } from '../../../shared/rpc/fields.js'
import type { CallContext } from '../../../shared/rpc/rpc.js'

/** The key of a command as it was parsed; `command` is everything that makes it this one. */
export function requestKey(
  { caller, method }: Pick<CallContext, 'caller' | 'method'>,
  requestId: string,
  command: object,
): RequestKey {
  const text = canonical({ method, command })
  const fingerprint = createHash('sha256').update(text).digest('hex')
  return { caller: systemLine(caller), requestId: requestIdField(requestId), fingerprint }
}
