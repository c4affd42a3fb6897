// Asking the table about one case. Every handler whose row names a relation asks here, before it decides;
// the door sends no answer of one that did not.
import type { Caller, Id } from '../identity/identity.js'
import { Refusal } from '../refusal/refusal.js'
import type { Relation, Row } from './authorisation.js'

/** What the door tells a handler of its row, and the note that it was asked. */
export type Asking = {
  readonly caller: Caller
  readonly row: Row
  readonly permits: { asked: boolean }
}

/** The same for unknown and unrelated, byte for byte. */
export const notFound = (): Refusal => new Refusal('not-found', 'NOT_FOUND', 'house/relation')

export type Permit = {
  /** The relations of the caller that the row lets through. */
  readonly as: readonly Relation[]
  /**
   * Takes a decision under the permit. The law goes first, for it says why; what it would let pass in a state that the
   * table does not open is refused all the same.
   */
  lets<T>(decide: () => T): T
}

/**
 * The permit of a caller that stands in these relations to a case in this state. Throws NOT_FOUND where no relation has
 * a cell, and the row's reason where one knows the case but it is another's part.
 */
export function permitOn(asking: Asking, relations: readonly Relation[], state: string): Permit {
  const { row, permits } = asking
  permits.asked = true
  if (row.on === 'anyone' || row.on === 'own')
    throw new Error('the row of this call names no relation')
  const on = row.on
  const cells = relations.flatMap((relation) => {
    const cell = on[relation]
    return cell === undefined ? [] : [{ relation, cell }]
  })
  const open = cells.flatMap(({ relation, cell }) =>
    'open' in cell ? [{ relation, states: cell.open }] : [],
  )
  if (open.length === 0) {
    const [known] = cells
    if (known === undefined || !('not' in known.cell)) throw notFound()
    throw new Refusal('forbidden', known.cell.not, 'house/relation')
  }
  const isOpen = open.some(({ states }) => states === 'any' || states.includes(state))
  return {
    as: open.map(({ relation }) => relation),
    lets(decide) {
      const decided = decide()
      if (!isOpen)
        throw new Refusal('out-of-order', 'CLOSED_IN_THIS_STATE', 'house/relation', { state })
      return decided
    },
  }
}

/** The agency whose own things a call of a row `own` gives or changes. */
export function ownAgency({ caller, permits }: Pick<Asking, 'caller' | 'permits'>): Id<'agency'> {
  if (caller.kind !== 'agency') throw notFound()
  permits.asked = true
  return caller.agency
}

/** All agencies for which such a caller stands: itself and whom it took over. */
export function ownAgencies(asking: Pick<Asking, 'caller' | 'permits'>): readonly Id<'agency'>[] {
  const agency = ownAgency(asking)
  return (asking.caller.kind === 'agency' && asking.caller.standsFor) || [agency]
}

/** The service whose own things a call of a row `own` gives or changes. */
export function ownService({ caller, permits }: Pick<Asking, 'caller' | 'permits'>): string {
  if (caller.kind !== 'service') throw notFound()
  permits.asked = true
  return caller.name
}

/** A repetition of the caller's own command: its first answer was permitted, and the key of requests carries the caller. */
export function ownRepetition({ permits }: Pick<Asking, 'permits'>): void {
  permits.asked = true
}
