import type {
  RegisterCredentialRequest,
  RegisterCredentialResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { decide } from '../credential/credential.js'
import type { Directory } from '../directory.js'
import { credentialMessage } from './credential-message.js'
import { requestKey } from './request-key.js'

/** Puts a certificate on record. */
export const registerCredential = ({
  credentials,
  clock,
}: Pick<Directory, 'credentials' | 'clock'>) =>
  unary<RegisterCredentialRequest, RegisterCredentialResponse>(async (message, context) => {
    const { requestId, fingerprint, uri } = message
    const request = requestKey(context, requestId, { fingerprint, uri })
    const { state } = await credentials.change(
      fingerprint,
      { request, now: clock.now() },
      (credential) => decide(credential, fingerprint, { type: 'RegisterCredential', uri }),
    )
    return { credential: credentialMessage(fingerprint, state) }
  })
