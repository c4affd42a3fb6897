// Signed acts: what a call that may be signed asks before it decides. A signature is over the exact bytes that the agency
// sent; they must say what the call says, and nothing of them counts anywhere else.
import { createHash } from 'node:crypto'
import type { SigningKeys } from '../copies/signing-keys.js'
import type { Instant } from '../identity/identity.js'
import { isSigningSuite, type SignedBy, type SigningSuite } from '../identity/signing-key.js'
import { Refusal } from '../refusal/refusal.js'
import type { Signatures } from './signatures.js'
import { differenceOf, parseStatement, type ActStatement, type SignableAct } from './statement.js'

const RULE = 'house/signed-acts'
/** A statement is signed at most so long before it is sent, and by clocks that differ at most so much. */
const OLDEST_MS = 24 * 60 * 60 * 1_000
const CLOCKS_APART_MS = 60_000
const BYTES_MAX = 16_384

/** As the contract has it (`huiqian.common.v1.SignedAct`). */
export type SignedAct = {
  readonly keyId: string
  readonly statement: Uint8Array
  readonly signature: Uint8Array
}

export type Asked = {
  readonly act: SignableAct
  readonly agency: string
  readonly requestId: string
  readonly subject: ActStatement['subject']
  readonly admittedAt: Instant
}

/** A signature that held, to be kept beside the act. */
export type Held = {
  readonly by: SignedBy
  /** `huiqian-signed-act-1`: all that an outsider needs, with the public key as it was registered. */
  readonly bytes: Uint8Array
}

/**
 * The signature of an act, verified: taken inside the decision, so that a repetition of a command is answered as the first
 * time whatever its age, and whoever has no part in the case hears of that alone. Undefined: there is none, and none is
 * required. Throws the refusal of all else.
 */
export type Checked = { take(): Held | undefined }

export type Acts = {
  check(signed: SignedAct | undefined, asked: Asked): Promise<Checked>
}

/** Opens the signed acts of a service, over its own copy of the keys: handed in by the host, who knows the house. */
export type OpenActs = (keys: Pick<SigningKeys, 'find' | 'required'>) => Acts

export function actsOf(means: {
  readonly keys: Pick<SigningKeys, 'find' | 'required'>
  readonly signatures: Signatures
  readonly house: string
}): Acts {
  const { keys, signatures, house } = means
  const heldOf = async (
    signed: SignedAct | undefined,
    { act, agency, requestId, subject, admittedAt }: Asked,
  ): Promise<Held | undefined> => {
    if (signed === undefined) {
      if (keys.required(agency))
        throw new Refusal('malformed', 'SIGNATURE_REQUIRED', RULE, { field: 'signed' })
      return undefined
    }
    const key = keys.find(signed.keyId)
    // Of another agency, unknown, retired: the same answer, for a key says nothing of whose it is.
    if (key?.agency !== agency || key.retiredAt !== undefined || !isSigningSuite(key.suite))
      throw invalid('signed.key_id', {
        zh: '本机关没有登记此密钥，或已停用',
        en: 'your agency has no such key, or it was retired',
      })
    const tooLong = signed.statement.length > BYTES_MAX
    const statement = tooLong ? undefined : parseStatement(signed.statement)
    if (statement === undefined)
      throw invalid('signed.statement', {
        zh: '陈述不是规范 JSON（RFC 8785）的 huiqian-act-1',
        en: 'the statement is not the canonical JSON (RFC 8785) of huiqian-act-1',
      })
    const request_id = requestId
    const other = differenceOf(statement, { act, house, agency, request_id, subject })
    if (other !== undefined)
      throw invalid('signed.statement', {
        zh: `陈述的 ${other} 与本次调用不同`,
        en: `${other} of the statement is not that of this call`,
      })
    const age = admittedAt - Date.parse(statement.signed_at)
    if (age > OLDEST_MS || age < -CLOCKS_APART_MS)
      throw invalid('signed.statement', {
        zh: '签名时间不在 24 小时之内',
        en: 'it was not signed within the last 24 hours',
      })
    const { suite, publicKey } = key
    if (!(await signatures.verify(suite, publicKey, signed.statement, signed.signature)))
      throw invalid('signed.signature', {
        zh: '签名验证不通过',
        en: 'it is not a signature of this key over the statement',
      })
    return held(signed, suite, publicKey)
  }
  return {
    check: (signed, asked) =>
      heldOf(signed, asked).then(
        (found) => ({ take: () => found }),
        (error: unknown) => ({
          take() {
            throw error
          },
        }),
      ),
  }
}

/** The kept form: `{form, key_id, suite, public_key, statement, signature}`, hex but for the statement, which is its text. */
function held(signed: SignedAct, suite: SigningSuite, publicKey: string): Held {
  const bytes = Buffer.from(
    JSON.stringify({
      form: 'huiqian-signed-act-1',
      key_id: signed.keyId,
      public_key: publicKey,
      signature: Buffer.from(signed.signature).toString('hex'),
      statement: Buffer.from(signed.statement).toString('utf8'),
      suite,
    }),
    'utf8',
  )
  const digest = createHash('sha256').update(bytes).digest('hex')
  return { by: { keyId: signed.keyId, digest }, bytes }
}

const invalid = (field: string, { zh, en }: { zh: string; en: string }): Refusal =>
  new Refusal('malformed', 'SIGNATURE_INVALID', RULE, { field, why_zh: zh, why_en: en })
