// The one table from a no to a gRPC status, and how a status carries its reason: a google.rpc.Status
// with ErrorInfo (reason, article), BadRequest (field), LocalizedMessage (zh-CN, en) and RetryInfo.
import { Metadata, status } from '@grpc/grpc-js'
import {
  BadRequest,
  ErrorInfo,
  LocalizedMessage,
  RetryInfo,
} from '../../gen/google/rpc/error_details.js'
import { Status } from '../../gen/google/rpc/status.js'
import { DatabaseFault } from '../database/fault.js'
import type { Reason } from '../refusal/catalogue.js'
import { Refusal, type RefusalKind } from '../refusal/refusal.js'

/** Refusal → status (design: the interface). */
export const STATUS_OF_KIND: Readonly<Record<RefusalKind, status>> = {
  malformed: status.INVALID_ARGUMENT,
  'not-found': status.NOT_FOUND,
  forbidden: status.PERMISSION_DENIED,
  unauthenticated: status.UNAUTHENTICATED,
  'out-of-order': status.FAILED_PRECONDITION,
  overtaken: status.ABORTED,
  overloaded: status.RESOURCE_EXHAUSTED,
  'in-doubt': status.UNAVAILABLE,
}

export const DETAILS_KEY = 'grpc-status-details-bin'
export const DOMAIN = 'huiqian'
const RETRY_AFTER_SECONDS = 1
// Clients bound the headers they take, some at 8 KiB for everything: see the test that adds these up.
const MESSAGE_BYTES_MAX = 600
const PARAM_BYTES_MAX = 160
const PARAMS_MAX = 8

/** A status as grpc-js takes it, and the reason it carries. */
export type Answer = {
  readonly code: status
  readonly details: string
  readonly metadata: Metadata
  readonly reason: Reason
}

/** What one answers to whatever was thrown. Anything but a Refusal and a lost database is a bug: its words stay inside. */
export function answerTo(thrown: unknown): Answer {
  if (thrown instanceof DatabaseFault && thrown.kind === 'unreachable') return UNREACHABLE
  if (!(thrown instanceof Refusal)) return INTERNAL
  // What does not exist and what one has no relation to answer alike, byte for byte.
  if (thrown.kind === 'not-found') return NOT_FOUND
  return answerOf(STATUS_OF_KIND[thrown.kind], thrown)
}

function answerOf(code: status, refusal: Refusal): Answer {
  const { reason, rule, field } = refusal
  const zh = cut(refusal.text('zh'), MESSAGE_BYTES_MAX)
  const en = cut(refusal.text('en'), MESSAGE_BYTES_MAX)
  const metadata: Record<string, string> = { article: cut(rule, PARAM_BYTES_MAX) }
  const shown = Object.entries(refusal.params).filter(([name]) => !/_(?:zh|en)$/.test(name))
  for (const [name, value] of shown.slice(0, PARAMS_MAX))
    metadata[name] = cut(String(value), PARAM_BYTES_MAX)
  const details = [
    any('ErrorInfo', ErrorInfo.encode({ reason, domain: DOMAIN, metadata }).finish()),
    any('LocalizedMessage', LocalizedMessage.encode({ locale: 'zh-CN', message: zh }).finish()),
    any('LocalizedMessage', LocalizedMessage.encode({ locale: 'en', message: en }).finish()),
  ]
  if (field !== undefined) details.push(any('BadRequest', badRequest(field, reason)))
  if (code === status.UNAVAILABLE || code === status.RESOURCE_EXHAUSTED)
    details.push(any('RetryInfo', RETRY_INFO))
  const trailers = new Metadata()
  trailers.set(DETAILS_KEY, Buffer.from(Status.encode({ code, message: en, details }).finish()))
  return { code, details: en, metadata: trailers, reason }
}

function badRequest(field: string, reason: Reason): Uint8Array {
  const violation = BadRequest.fromPartial({
    fieldViolations: [{ field: cut(field, PARAM_BYTES_MAX), description: reason, reason }],
  })
  return BadRequest.encode(violation).finish()
}

const RETRY_INFO = RetryInfo.encode({
  retryDelay: { seconds: RETRY_AFTER_SECONDS, nanos: 0 },
}).finish()

const any = (type: string, value: Uint8Array): { typeUrl: string; value: Buffer } => ({
  typeUrl: `type.googleapis.com/google.rpc.${type}`,
  value: Buffer.from(value),
})

// Half of a surrogate pair cannot be encoded, and grpc-js would throw where nobody catches.
const LONE_SURROGATE = /\p{Surrogate}/gu

/** At most so many bytes of UTF-8, never half a character. */
function cut(text: string, bytes: number): string {
  const whole = text.replace(LONE_SURROGATE, '\uFFFD')
  if (Buffer.byteLength(whole) <= bytes) return whole
  let end = Math.min(whole.length, bytes)
  while (Buffer.byteLength(whole.slice(0, end)) > bytes - 3) end--
  return `${whole.slice(0, end).replace(LONE_SURROGATE, '')}…`
}

const plain = (code: status, reason: Reason, rule: string): Answer =>
  answerOf(code, new Refusal('in-doubt', reason, rule))

/** A bug: generic words in both languages; the cause is in the log, never in the answer. */
export const INTERNAL = plain(status.INTERNAL, 'INTERNAL_ERROR', 'house/failure')
/** The database does not answer: nothing was done, and it is worth asking again. */
export const UNREACHABLE = answerOf(
  status.UNAVAILABLE,
  new Refusal('in-doubt', 'IN_DOUBT', 'house/storage', {
    why_zh: '数据库现在不能访问',
    why_en: 'the database cannot be reached',
  }),
)
/** The one answer to every "no such thing" and every "no relation to it". */
export const NOT_FOUND = plain(status.NOT_FOUND, 'NOT_FOUND', 'house/relation')
/** The call's time is over; what it asked for may or may not have happened. */
export const DEADLINE_PASSED = plain(status.DEADLINE_EXCEEDED, 'DEADLINE_PASSED', 'house/deadline')
/** The server is stopping: streams are resumed, calls asked again. */
export const STOPPING = plain(status.UNAVAILABLE, 'STOPPING', 'house/stop')
