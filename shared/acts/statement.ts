// What an agency signs: one act, on one thing, in one house, asked under one id. Canonical JSON (RFC 8785), so that
// there is one text for it; the signature is over these very bytes. Pure.
import { canonical } from '../dossier/canonical.js'

export const FORM = 'huiqian-act-1'

/** The acts that may be signed, by the name of their call. */
export type SignableAct = 'GiveOpinion' | 'ConfirmJointRelease' | 'IssueRuling' | 'SignReceipt'

export type ActStatement = {
  readonly form: typeof FORM
  readonly act: SignableAct
  /** The trust domain: a signature for one house says nothing in another. */
  readonly house: string
  /** Credit code of the agency that acts. */
  readonly agency: string
  readonly request_id: string
  /** What the act is on and what it says, by ids and digests. */
  readonly subject: Readonly<Record<string, string | boolean>>
  /** RFC 3339, UTC, whole seconds. */
  readonly signed_at: string
}

/** The bytes to sign. */
export const statementBytes = (statement: ActStatement): Buffer =>
  Buffer.from(canonical(statement), 'utf8')

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** The statement of these bytes; undefined where they are not its one canonical text. */
export function parseStatement(bytes: Uint8Array): ActStatement | undefined {
  const text = Buffer.from(bytes).toString('utf8')
  try {
    const statement = JSON.parse(text) as ActStatement
    if (statement.form !== FORM || !INSTANT.test(statement.signed_at)) return undefined
    return statementBytes(statement).equals(Buffer.from(bytes)) ? statement : undefined
  } catch {
    return undefined
  }
}

/** The first part in which a statement says otherwise than what was asked; undefined: it says the same. */
export function differenceOf(
  statement: ActStatement,
  asked: Omit<ActStatement, 'form' | 'signed_at'>,
): string | undefined {
  for (const part of ['act', 'house', 'agency', 'request_id'] as const)
    if (statement[part] !== asked[part]) return part
  const [there, here] = [statement.subject, asked.subject]
  for (const name of new Set([...Object.keys(there), ...Object.keys(here)]))
    if (there[name] !== here[name]) return `subject.${name}`
  return undefined
}
