// Keys with which agencies sign: registered and retired by two security operators, listed for everybody.
import {
  SigningKey,
  SigningSuite as Suite,
  type ListSigningKeysRequest,
  type ListSigningKeysResponse,
  type RegisterSigningKeyRequest,
  type RegisterSigningKeyResponse,
  type RetireSigningKeyRequest,
  type RetireSigningKeyResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { keyIdOf, type SigningSuite } from '../../../shared/identity/signing-key.js'
import { enumField, pageSize } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Directory } from '../directory.js'
import { decide, type SigningKeyState } from '../signing-key/signing-key.js'
import { pageOf } from './page.js'
import { requestKey } from './request-key.js'

const PAGE = { otherwise: 100, max: 1_000 }
const SUITES = { [Suite.ED25519]: 'ed25519', [Suite.SM2]: 'sm2' } as const
const NUMBERS = { ed25519: Suite.ED25519, sm2: Suite.SM2 } as const

type Means = Pick<Directory, 'signingKeys' | 'clock'>

export const registerSigningKey = ({ signingKeys, clock }: Means) =>
  unary<RegisterSigningKeyRequest, RegisterSigningKeyResponse>(async (message, context) => {
    const { agency, required } = message
    const suite = SUITES[enumField(message.suite, 'suite', Suite) as keyof typeof SUITES]
    const publicKey = Buffer.from(message.publicKey).toString('hex')
    const request = requestKey(context, message.requestId, { agency, suite, publicKey, required })
    const keyId = keyIdOf(suite, publicKey)
    const by = callerLine(context.caller)
    const { state } = await signingKeys.change(keyId, { request, now: clock.now() }, (key) =>
      decide(key, keyId, { type: 'RegisterSigningKey', agency, suite, publicKey, required, by }),
    )
    return { key: keyMessage(keyId, state) }
  })

export const retireSigningKey = ({ signingKeys, clock }: Means) =>
  unary<RetireSigningKeyRequest, RetireSigningKeyResponse>(async (message, context) => {
    const { keyId } = message
    const request = requestKey(context, message.requestId, { retire: keyId })
    const by = callerLine(context.caller)
    const { state } = await signingKeys.change(keyId, { request, now: clock.now() }, (key) =>
      decide(key, keyId, { type: 'RetireSigningKey', by }),
    )
    return { key: keyMessage(keyId, state) }
  })

export const listSigningKeys = ({
  signingKeyTable,
  pageTokens,
}: Pick<Directory, 'signingKeyTable' | 'pageTokens'>) =>
  unary<ListSigningKeysRequest, ListSigningKeysResponse>(async ({ agency, ...request }) => {
    const page = await pageOf({
      pageTokens,
      token: request.pageToken,
      scope: JSON.stringify(['ListSigningKeys', agency]),
      size: pageSize(request.pageSize, PAGE),
      rows: (after, limit) => signingKeyTable.page(agency, after, limit),
      keyOf: ({ key_id }) => key_id,
      messageOf: (row) =>
        messageOf(row.key_id, row.suite, {
          ...{ agency: row.agency, publicKey: row.public_key, required: row.required === 1 },
          ...{ registeredAt: row.registered_at, retiredAt: row.retired_at },
          ...{ proposedBy: row.proposed_by, registeredBy: row.registered_by },
        }),
      bytesOf: (message) => SigningKey.encode(message).finish().length,
    })
    return { keys: page.items, nextPageToken: page.nextPageToken }
  })

function keyMessage(keyId: string, state: SigningKeyState): SigningKey | undefined {
  const { facts, proposedBy = '', registeredBy = '', registeredAt, retiredAt } = state
  return (
    facts &&
    messageOf(keyId, facts.suite, {
      ...{ ...facts, proposedBy, registeredBy },
      ...{ registeredAt: registeredAt ?? null, retiredAt: retiredAt ?? null },
    })
  )
}

type Shown = {
  readonly agency: string
  readonly publicKey: string
  readonly required: boolean
  readonly proposedBy: string
  readonly registeredBy: string
  readonly registeredAt: number | null
  readonly retiredAt: number | null
}

const messageOf = (keyId: string, suite: SigningSuite, shown: Shown): SigningKey => ({
  ...{ keyId, agency: shown.agency, suite: NUMBERS[suite], required: shown.required },
  publicKey: Buffer.from(shown.publicKey, 'hex'),
  registeredAt: shown.registeredAt === null ? undefined : timestampOf(shown.registeredAt),
  retiredAt: shown.retiredAt === null ? undefined : timestampOf(shown.retiredAt),
  ...{ proposedBy: shown.proposedBy, registeredBy: shown.registeredBy },
})
