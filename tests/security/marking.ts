// Marks what agencies send: every text in their requests that is not for everybody to see ends with a canary,
// planted where the request becomes bytes. What the house does with it is then found by its mark.
import { CALLS } from './calls.js'

/** Told from everything else by any reader of bytes; never part of a name, a law or a log. */
export const MARK = 'qfcanary7f3a9d'

/** Texts that are facts, not content: the record, lists and letters' envelopes name them. By name of the field. */
const FACTS = new Set([
  ...['requestId', 'releaseId', 'consultationId', 'confirmationId', 'disputeId', 'coReviewId'],
  ...['declarationId', 'remarkId', 'letterId', 'hookId', 'id', 'pageToken', 'region', 'policyPack'],
  ...['agency', 'body', 'to', 'maker', 'coProducers', 'agencies', 'draftDigest', 'digest'],
  ...['evidenceDigest', 'copyDigest', 'attachments', 'reviewedOn', 'approvedOn', 'formedOn'],
  ...['applicationReceivedOn', 'documentNumber', 'categories'],
])
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Calls of services and operators: what they send is not what agencies say. */
const NOT_OURS = /\.(Letter|DisputeFile|Feed|Clock|Directory|Calendar|Notification)Service\//

type Marking = { readonly fields: ReadonlySet<string>; count(): number; stop(): void }

/** Marks from now on, until it is stopped. */
export function marking(): Marking {
  const fields = new Set<string>()
  let planted = 0
  const mark = (call: string, value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      const isFact = FACTS.has(name) || (name === 'release' && UUID.test(value)) // a release by id, or by title
      if (value === '' || isFact || value.includes(MARK)) return value
      fields.add(`${call} ${name}`)
      planted++
      return `${value}${MARK}`
    }
    if (value instanceof Uint8Array || value instanceof Date) return value
    if (Array.isArray(value)) return value.map((one) => mark(call, one, name))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        key === '$case' ? one : mark(call, one, key),
      ]),
    )
  }
  const undo: (() => void)[] = []
  for (const { name, definition } of CALLS) {
    if (NOT_OURS.test(definition.path) || definition.requestStream) continue
    const plain = definition.requestSerialize
    definition.requestSerialize = (value) => plain(mark(name, value, '') as object)
    undo.push(() => (definition.requestSerialize = plain))
  }
  return { fields, count: () => planted, stop: () => undo.forEach((one) => one()) }
}
