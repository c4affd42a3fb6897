// What PostgreSQL's error codes mean for us.
import { DatabaseFault, type FaultKind } from './fault.js'

/** The fault behind an error of the driver; an error without a code comes from a broken connection. */
export function faultOf(error: unknown, index?: number): DatabaseFault {
  return error instanceof DatabaseFault ? error : new DatabaseFault(kindOf(error), error, index)
}

/** The same for an error of `commit` itself: without the server's word, nobody knows. */
export function commitFaultOf(error: unknown): DatabaseFault {
  const fault = faultOf(error)
  return fault.kind === 'unreachable' ? new DatabaseFault('outcome-unknown', error) : fault
}

function kindOf(error: unknown): FaultKind {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof TypeError || error instanceof RangeError) return 'statement' // refused before it was sent
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return 'unreachable'
  if (/^(40001|40P01|55P03)$/.test(code)) return 'overtaken'
  if (/^53(100|200)$/.test(code)) return 'full'
  if (/^(XX001|XX002|58030)$/.test(code)) return 'fatal'
  if (/^(08|53|57|25006|25P03)/.test(code)) return 'unreachable'
  return 'statement'
}
