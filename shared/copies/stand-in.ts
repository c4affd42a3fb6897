// Tells every call of this service for whom its caller stands: an agency for itself and for whom it took
// over, by the own copy of the directory; one that was taken over itself for nobody any more.
import type { Caller } from '../identity/identity.js'
import type { CallContext } from '../rpc/rpc.js'
import type { HandlerShape, ServedService } from '../rpc/served.js'
import type { Clock } from '../clock/clock.js'
import type { Agencies } from './agencies.js'
import { standsFor, type Succession } from './standing.js'

type Means = {
  readonly agencies: Pick<Agencies<Succession>, 'get' | 'predecessorsOf'>
  readonly clock: Clock
}

/** The same calls, each told for whom its caller stands. */
export const standIn =
  (means: Means) =>
  (served: ServedService): ServedService => ({
    ...served,
    handlers: Object.fromEntries(
      Object.entries(served.handlers).map(([name, handler]) => [name, stoodIn(means, handler)]),
    ),
  })

function stoodIn(means: Means, handler: HandlerShape): HandlerShape {
  const handle = handler.handle as (request: never, context: CallContext) => never
  return {
    ...handler,
    handle: (request: never, context: CallContext) =>
      handle(request, withCaller(context, callerNow(means, context.caller))),
  } as HandlerShape
}

function callerNow({ agencies, clock }: Means, caller: Caller): Caller {
  if (caller.kind !== 'agency') return caller
  const { agency } = caller
  // Most agencies took nobody over and are still there.
  if (agencies.predecessorsOf(agency).length === 0 && !agencies.get(agency)?.successor)
    return caller
  return {
    ...caller,
    standsFor: standsFor(agencies.get, agencies.predecessorsOf, agency, clock.now()),
  }
}

function withCaller(context: CallContext, caller: Caller): CallContext {
  if (caller === context.caller) return context
  const { admittedAt, method, deadline, row, permits } = context
  return {
    ...{ caller, admittedAt, method, deadline, row, permits },
    get signal() {
      return context.signal
    },
  }
}
