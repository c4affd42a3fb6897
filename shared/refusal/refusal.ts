// The expected "no". Whatever is refused is refused by a rule, with a stable reason, and in words
// that say what to do, in Chinese and in English. Anything else that is thrown is a bug.
import { CATALOGUE, type Reason } from './catalogue.js'

/** What sort of no: decides the gRPC status (shared/rpc holds the one table). */
export type RefusalKind =
  | 'malformed' // the request itself is wrong → INVALID_ARGUMENT
  | 'not-found' // no such thing, or no relation to it → NOT_FOUND
  | 'forbidden' // a role, on a call that names no case → PERMISSION_DENIED
  | 'unauthenticated' // no valid identity → UNAUTHENTICATED
  | 'out-of-order' // right, but not now → FAILED_PRECONDITION
  | 'overtaken' // somebody else was first → ABORTED
  | 'overloaded' // try later → RESOURCE_EXHAUSTED
  | 'in-doubt' // cannot be answered safely now → UNAVAILABLE with retry info

export type RefusalParams = Readonly<Record<string, string | number>>

/** An expected no. `rule` is the article or house rule it rests on, as `协调/6.2` or `house/idempotency`. */
export class Refusal extends Error {
  readonly field: string | undefined
  constructor(
    readonly kind: RefusalKind,
    readonly reason: Reason,
    readonly rule: string,
    readonly params: RefusalParams = {},
  ) {
    super(reason)
    this.name = 'Refusal'
    this.field = typeof params['field'] === 'string' ? params['field'] : undefined
  }
  /** The message of the catalogue with its parameters filled in; a parameter may be given in both languages, as `why_zh` and `why_en`. */
  text(language: 'zh' | 'en'): string {
    return fill(CATALOGUE[this.reason][language], { ...this.params, rule: this.rule }, language)
  }
}

function fill(template: string, params: RefusalParams, language: 'zh' | 'en'): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[`${name}_${language}`] ?? params[name]
    return value === undefined ? whole : String(value)
  })
}
