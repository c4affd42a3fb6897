// What stands before every handler: the state of a server that all calls share, and the way in.
import { status, type Deadline } from '@grpc/grpc-js'
import type { Clock } from '../clock/clock.js'
import { roleOf, type Row } from '../authorisation/authorisation.js'
import { callerLine, type Caller, type Instant } from '../identity/identity.js'
import type { Reason } from '../refusal/catalogue.js'
import { Refusal } from '../refusal/refusal.js'
import type { BudgetLimits, Budgets } from './budgets.js'
import type { Connections } from './connections.js'
import { EnteredCall } from './call-context.js'
import type { AnyCall, Callers, SeenCertificate } from './callers.js'
import { innerSocket } from './inner-stream.js'
import { answerTo, INTERNAL, UNREACHABLE, type Answer } from './status.js'

/** The law counts on this: deeming waits for it before it takes silence for silence. */
export const UNARY_DEADLINE_MAX_MS = 10_000
export const MESSAGE_BYTES_MAX = 1_048_576

/** How long and how much. */
export type Limits = {
  /** A unary call takes at most this long; never more than UNARY_DEADLINE_MAX_MS. */
  readonly unaryMs: number
  /** A stream whose reader takes nothing for so long is cut off. */
  readonly slowReaderMs: number
  /** An upload takes at most this long. */
  readonly uploadMs: number
  /** Answered, but not yet taken by the reader of one stream. */
  readonly queuedBytesMax: number
  /** What an agency may ask: its replies have a budget of the same size for themselves. */
  readonly agencyCalls: BudgetLimits
  /** How many connections of an agency may make calls at once; 0: no limit. Its replies are taken on any. */
  readonly agencyConnections: number
}

/** A finished call, for metrics. */
export type CallReport = {
  readonly method: string
  readonly status: string
  readonly seconds: number
}

/** A call that was refused, for the record. `caller` is absent where there was no valid identity. */
export type RefusedReport = {
  readonly caller: Caller | undefined
  readonly method: string
  readonly reason: Reason
  readonly at: Instant
}

/** Where a bug in a handler is told. */
export type ReportFault = (fault: { readonly method: string; readonly error: unknown }) => void

/** A call that is open: a stream is watched for revocation and ended at a stop, a unary call at the end of one. */
export type OpenCall = {
  readonly certificate: SeenCertificate | undefined
  end(answer: Answer, thrown?: unknown): void
}

export type Door = {
  readonly clock: Clock
  readonly realNow: () => Instant
  readonly callers: Callers
  readonly budgets: { readonly replies: Budgets; readonly others: Budgets }
  readonly connections: Connections
  /** Where officers are looked up; absent: none are named here. */
  readonly officers: Officers | undefined
  readonly limits: Limits
  readonly fault: ReportFault
  readonly onCall: ((report: CallReport) => void) | undefined
  readonly onRefused: ((report: RefusedReport) => void) | undefined
  readonly streams: Set<OpenCall>
  readonly calls: Set<OpenCall>
  stopping: boolean
}

/** The metadata in which a system names its officer. */
export const OFFICER_TOKEN = 'huiqian-officer'

/** Who sits at a system, by a token of its agency (shared/acts/officer.ts). Throws the refusal of one that does not hold. */
export type Officers = { named(token: string, caller: Caller, now: Instant): Promise<string> }

/** A call on its way through the door: stamped first, before anything else is done with it. */
export class Entry {
  readonly admittedAt: Instant
  readonly #started: number
  caller: Caller | undefined
  certificate: SeenCertificate | undefined
  #over = false

  constructor(
    readonly door: Door,
    readonly method: string,
  ) {
    this.admittedAt = door.clock.now()
    this.#started = performance.now()
  }

  /** Authenticates, asks the table, and gives what the handler will know. */
  admit(call: AnyCall & { getDeadline(): Deadline }, row: Row, longestMs: number): EnteredCall {
    const { door, method } = this
    const certificate = door.callers.certificateOf(call)
    const caller = door.callers.callerOf(certificate)
    this.caller = caller
    this.certificate = certificate
    if (!(row.callers as readonly string[]).includes(roleOf(caller))) {
      const params = { caller: callerLine(caller), call: method }
      throw new Refusal('forbidden', 'CALL_NOT_PERMITTED', 'house/who-may-call', params)
    }
    this.#connect(call, certificate, caller, row)
    this.#pay(caller, row)
    const asked = call.getDeadline()
    const theirs = asked instanceof Date ? asked.getTime() : asked
    const deadline = Math.min(theirs, door.realNow() + longestMs)
    return new EnteredCall(caller, row, this.admittedAt, method, deadline)
  }

  /** The same call, naming its officer; undefined where no token came, and there is nothing to wait for. */
  naming(
    { metadata }: Pick<AnyCall, 'metadata'>,
    entered: EnteredCall,
  ): Promise<EnteredCall> | undefined {
    const { officers, realNow } = this.door
    const [token] = metadata.get(OFFICER_TOKEN)
    if (officers === undefined || token === undefined) return undefined
    return officers
      .named(String(token), entered.caller, realNow())
      .then((officer) => entered.by({ ...entered.caller, officer } as Caller))
  }

  /** Behind a front door the connections are the door's: there it counts them. */
  #connect(call: AnyCall, { via }: SeenCertificate, caller: Caller, row: Row): void {
    const { connections, limits } = this.door
    if (caller.kind === 'service' || row.reply === true || via !== undefined) return
    const connection = innerSocket(call)
    if (connection === undefined || connections.take(payer(caller), connection)) return
    const limit = limits.agencyConnections
    throw new Refusal('overloaded', 'TOO_MANY_CONNECTIONS', 'house/connections', { limit })
  }

  /** Services are the house itself; operators and auditors pay as agencies do, each for itself. */
  #pay(caller: Caller, row: Row): void {
    if (caller.kind === 'service') return
    const { budgets, realNow } = this.door
    const wait = (row.reply ? budgets.replies : budgets.others).take(payer(caller), realNow())
    if (wait === 0) return
    throw new Refusal('overloaded', 'TOO_MANY_CALLS', 'house/budgets', { wait })
  }

  /** What to answer to something thrown. A bug is told inside, with its cause; outside in general words. */
  answerTo(thrown: unknown): Answer {
    const answer = answerTo(thrown)
    if (answer === INTERNAL || answer === UNREACHABLE)
      this.door.fault({ method: this.method, error: thrown })
    return answer
  }

  /** Something thrown after the end of the call: nobody waits for it, but a bug is still told. */
  afterwards(thrown: unknown): void {
    if (thrown instanceof Refusal) return
    if (thrown instanceof Error && thrown.name === 'AbortError') return
    this.door.fault({ method: this.method, error: thrown })
  }

  /** True the first time: a call is over once. Tells the metrics and, of a refusal, the record. */
  over(code: status, thrown?: unknown): boolean {
    if (this.#over) return false
    this.#over = true
    const { door, method } = this
    try {
      const seconds = (performance.now() - this.#started) / 1000
      door.onCall?.({ method, status: status[code] ?? String(code), seconds })
      if (thrown instanceof Refusal) {
        const { caller, admittedAt: at } = this
        door.onRefused?.({ caller, method, reason: thrown.reason, at })
      }
    } catch (error) {
      door.fault({ method, error }) // a broken hook does not take the answer with it
    }
    return true
  }
  get isOver(): boolean {
    return this.#over
  }
}

/** Who pays for a call: all systems of an agency together, everybody else alone. */
const payer = (caller: Caller): string =>
  caller.kind === 'agency' ? `agency/${caller.agency}` : callerLine(caller)

/** Nothing leaves that was not asked about: a handler that forgot its row is a bug, and its answer stays here. */
export function mustHaveAsked({ row, permits, method }: EnteredCall): void {
  if (row.on !== 'anyone' && !permits.asked)
    throw new Error(`${method} was answered without asking its row of the table`)
}
