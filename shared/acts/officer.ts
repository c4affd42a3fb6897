// Who sits at the system that calls: an officer, named by a token that the agency signs with its registered key. It lives
// for minutes, is good for one system of one agency in one house, and names somebody; it permits nothing.
import type { Caller, Instant } from '../identity/identity.js'
import { isSigningSuite } from '../identity/signing-key.js'
import type { SigningKey } from '../copies/signing-keys.js'
import { canonical } from '../dossier/canonical.js'
import { Refusal } from '../refusal/refusal.js'
import type { Signatures } from './signatures.js'

export const OFFICER_FORM = 'huiqian-officer-1'

const LIFE_MAX_MS = 15 * 60_000
const CLOCKS_APART_MS = 60_000
const TOKEN_BYTES_MAX = 4_096
const REMEMBERED_MAX = 10_000
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const OFFICER = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/

export type OfficerStatement = {
  readonly form: typeof OFFICER_FORM
  /** Credit code of the agency, and the system of its certificate. */
  readonly agency: string
  readonly system: string
  /** The trust domain. */
  readonly house: string
  readonly key_id: string
  /** The agency's own mark of the officer, a staff number and no name: it stands in records that are never destroyed. */
  readonly officer: string
  /** RFC 3339, UTC, whole seconds; at most 15 minutes apart. */
  readonly issued_at: string
  readonly expires_at: string
}

/** The bytes to sign: canonical JSON (RFC 8785). */
export const officerBytes = (statement: OfficerStatement): Buffer =>
  Buffer.from(canonical(statement), 'utf8')

/** The token as it stands in the metadata: `<statement>.<signature>`, each in base64url without padding. */
export const officerToken = (statement: Uint8Array, signature: Uint8Array): string =>
  [statement, signature].map((part) => Buffer.from(part).toString('base64url')).join('.')

export type Officers = {
  /** The officer that the token names for this caller, now. Throws the refusal of every other token. */
  named(token: string, caller: Caller, now: Instant): Promise<string>
}

type Agency = Extract<Caller, { kind: 'agency' }>

export function officersOf(means: {
  readonly keyOf: (keyId: string) => SigningKey | undefined
  readonly signatures: Pick<Signatures, 'verify'>
  readonly house: string
}): Officers {
  const { keyOf, signatures, house } = means
  /** Tokens whose signature held; all else is asked each time. */
  const verified = new Map<string, OfficerStatement>()

  const read = async (token: string): Promise<OfficerStatement> => {
    const known = verified.get(token)
    if (known !== undefined) return known
    const [first = '', second = '', ...more] = token.split('.')
    const bytes = Buffer.from(first, 'base64url')
    const signature = Buffer.from(second, 'base64url')
    const statement = parse(bytes)
    // One text for one token: base64url is read leniently, and a second text would be a second token.
    if (more.length > 0 || statement === undefined || officerToken(bytes, signature) !== token)
      throw invalid({ zh: '不是规定格式的令牌', en: 'it is no token of that form' })
    const key = keyOf(statement.key_id)
    if (key?.agency !== statement.agency || !isSigningSuite(key.suite)) throw unknownKey()
    if (!(await signatures.verify(key.suite, key.publicKey, bytes, signature)))
      throw invalid({ zh: '签名验证不通过', en: 'it is not signed with that key' })
    verified.set(token, statement)
    for (const oldest of verified.keys()) {
      if (verified.size <= REMEMBERED_MAX) break
      verified.delete(oldest)
    }
    return statement
  }

  const mustBeFor = (statement: OfficerStatement, caller: Agency, now: Instant): void => {
    const { agency, system } = caller
    const other = Object.entries({ agency, system, house }).find(
      ([part, own]) => statement[part as 'agency'] !== own,
    )
    if (other !== undefined)
      throw invalid({
        zh: `令牌的 ${other[0]} 与调用方不同`,
        en: `its ${other[0]} is not that of the caller`,
      })
    if (keyOf(statement.key_id)?.retiredAt !== undefined) throw unknownKey()
    const [from, to] = [Date.parse(statement.issued_at), Date.parse(statement.expires_at)]
    if (!(from < to && to - from <= LIFE_MAX_MS))
      throw invalid({ zh: '令牌有效期超过 15 分钟', en: 'it is made for more than 15 minutes' })
    if (now < from - CLOCKS_APART_MS || now >= to)
      throw invalid({ zh: '令牌已过期或尚未生效', en: 'it has expired, or is not valid yet' })
  }

  return {
    async named(token, caller, now) {
      if (caller.kind !== 'agency')
        throw invalid({ zh: '只有行政机关的系统可以指明经办人', en: 'only agencies name officers' })
      if (token.length > TOKEN_BYTES_MAX)
        throw invalid({ zh: '不是规定格式的令牌', en: 'it is no token of that form' })
      const statement = await read(token)
      mustBeFor(statement, caller, now)
      return statement.officer
    },
  }
}

function parse(bytes: Buffer): OfficerStatement | undefined {
  try {
    const statement = JSON.parse(bytes.toString('utf8')) as OfficerStatement
    const { form, officer, issued_at, expires_at } = statement
    const whole = form === OFFICER_FORM && OFFICER.test(officer)
    const times = INSTANT.test(issued_at) && INSTANT.test(expires_at)
    return whole && times && officerBytes(statement).equals(bytes) ? statement : undefined
  } catch {
    return undefined
  }
}

const unknownKey = (): Refusal =>
  invalid({
    zh: '本机关没有登记此密钥，或已停用',
    en: 'your agency has no such key, or it was retired',
  })

const invalid = ({ zh, en }: { zh: string; en: string }): Refusal =>
  new Refusal('unauthenticated', 'OFFICER_TOKEN_INVALID', 'house/officers', {
    why_zh: zh,
    why_en: en,
  })
