// How a call ended that did not succeed, as its caller sees it: decoded from google.rpc.Status.
import { status, type ServiceError } from '@grpc/grpc-js'
import { BadRequest, ErrorInfo, LocalizedMessage } from '../../gen/google/rpc/error_details.js'
import { Status } from '../../gen/google/rpc/status.js'
import { DETAILS_KEY } from './status.js'

// After these nobody knows whether the call took effect: cancelled, deadline exceeded, internal, unavailable.
const UNKNOWN_OUTCOME: ReadonlySet<number> = new Set([
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.INTERNAL,
  status.UNAVAILABLE,
])

/** A call that failed. Where `unknownOutcome` is true it may have taken effect: ask again with the same request_id. */
export class CallFailed extends Error {
  /** The status' name: `INVALID_ARGUMENT`. */
  readonly status: string
  readonly unknownOutcome: boolean
  constructor(
    readonly code: number,
    /** Stable; empty where the failure is the transport's. */
    readonly reason: string,
    readonly article: string,
    readonly messageZh: string,
    readonly messageEn: string,
    readonly field: string | undefined,
    readonly params: Readonly<Record<string, string>>,
    options?: ErrorOptions,
  ) {
    super(`${status[code] ?? code}${reason && ` ${reason}`}: ${messageEn}`, options)
    this.name = 'CallFailed'
    this.status = status[code] ?? String(code)
    this.unknownOutcome = UNKNOWN_OUTCOME.has(code)
  }
  text(language: 'zh' | 'en'): string {
    return language === 'zh' ? this.messageZh : this.messageEn
  }
}

/** Reads what a server said of a failure; what the transport says of its own failures is kept as it is. */
export function callFailed(error: ServiceError): CallFailed {
  const said = { reason: '', article: '', zh: error.details, en: error.details }
  let params: Record<string, string> = {}
  let field: string | undefined
  const [bytes] = error.metadata?.get(DETAILS_KEY) ?? []
  if (Buffer.isBuffer(bytes)) {
    try {
      for (const { typeUrl, value } of Status.decode(bytes).details) {
        if (typeUrl.endsWith('/google.rpc.ErrorInfo')) {
          const { reason, metadata } = ErrorInfo.decode(value)
          params = metadata
          said.reason = reason
          said.article = metadata['article'] ?? ''
        } else if (typeUrl.endsWith('/google.rpc.LocalizedMessage')) {
          const { locale, message } = LocalizedMessage.decode(value)
          said[locale === 'zh-CN' ? 'zh' : 'en'] = message
        } else if (typeUrl.endsWith('/google.rpc.BadRequest')) {
          field = BadRequest.decode(value).fieldViolations[0]?.field
        }
      }
    } catch {
      // Details that cannot be read tell nothing more; the code and the words of the status stand.
    }
  }
  const { reason, article, zh, en } = said
  return new CallFailed(error.code, reason, article, zh, en, field, params, { cause: error })
}
