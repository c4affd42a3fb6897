import {
  Credential,
  type ListCredentialsRequest,
  type ListCredentialsResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { pageSize } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Directory } from '../directory.js'
import { credentialMessage } from './credential-message.js'
import { pageOf } from './page.js'

const PAGE = { otherwise: 100, max: 1_000 }

/** Registered and revoked certificates, in order of their fingerprints. */
export const listCredentials = ({
  credentialTable,
  pageTokens,
}: Pick<Directory, 'credentialTable' | 'pageTokens'>) =>
  unary<ListCredentialsRequest, ListCredentialsResponse>(async (request) => {
    const { revokedOnly } = request
    const page = await pageOf({
      pageTokens,
      token: request.pageToken,
      scope: JSON.stringify(['ListCredentials', revokedOnly]),
      size: pageSize(request.pageSize, PAGE),
      rows: (after, limit) => credentialTable.page(revokedOnly, after, limit),
      keyOf: ({ fingerprint }) => fingerprint,
      messageOf: ({ fingerprint, ...state }) => credentialMessage(fingerprint, state),
      bytesOf: (message) => Credential.encode(message).finish().length,
    })
    return { credentials: page.items, nextPageToken: page.nextPageToken }
  })
