import type {
  RevokeCredentialRequest,
  RevokeCredentialResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { textField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { decide } from '../credential/credential.js'
import type { Directory } from '../directory.js'
import { credentialMessage } from './credential-message.js'
import { requestKey } from './request-key.js'

const REASON_BYTES_MAX = 600

/** The first security operator proposes, the second confirms: every service refuses the certificate from then on. */
export const revokeCredential = ({
  credentials,
  clock,
  revoked,
}: Pick<Directory, 'credentials' | 'clock' | 'revoked'>) =>
  unary<RevokeCredentialRequest, RevokeCredentialResponse>(async (message, context) => {
    const { requestId, fingerprint } = message
    const reason = textField(message.reason, 'reason', { maxBytes: REASON_BYTES_MAX })
    const request = requestKey(context, requestId, { fingerprint, reason })
    const by = callerLine(context.caller)
    const { state } = await credentials.change(
      fingerprint,
      { request, now: clock.now() },
      (credential) => decide(credential, fingerprint, { type: 'RevokeCredential', reason, by }),
    )
    await revoked.refresh() // before this is answered, it is refused here
    return { credential: credentialMessage(fingerprint, state) }
  })
