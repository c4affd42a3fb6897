// Changes of agencies. A record must fit among the others, which other changes may be changing: so a
// change carries the edition of the directory it was decided upon, and is decided again upon a newer one.
import type { Statement } from '../../shared/database/database.js'
import type { ChangeOptions, Dossier, DossierKind, Part } from '../../shared/dossier/dossier.js'
import { Refusal } from '../../shared/refusal/refusal.js'
import type { AgencyRecord } from './agency/agency-record.js'
import type { AgencyEvent, AgencyState } from './agency/agency.js'
import type { AgenciesAround, Around } from './store/agencies-around.js'
import type { MoveEdition } from './store/edition.js'

const TRIES_MAX = 5

export type StateOf = (code: string) => AgencyState

export type ChangedAgencies = {
  /** Set where this repeated an earlier request: the first agency of that change and its version after it. */
  readonly replayed?: { readonly code: string; readonly version: number }
}

/** Decides on agencies by their present states and the others around them; commits all or nothing. */
export type ChangeAgencies = (
  proposed: readonly AgencyRecord[],
  options: ChangeOptions,
  decide: (stateOf: StateOf, around: Around['agencies']) => AgencyChanges,
) => Promise<ChangedAgencies>

export type AgencyChanges = {
  readonly events: ReadonlyMap<string, readonly AgencyEvent[]>
  readonly statements?: readonly Statement[]
}

class Outdated extends Error {}

export function changeAgencies(
  dossier: Pick<Dossier, 'changeTogether'>,
  kind: DossierKind<AgencyState, AgencyEvent>,
  agenciesAround: AgenciesAround,
  moveEdition: MoveEdition,
): ChangeAgencies {
  let last: Promise<unknown> = Promise.resolve()
  return (proposed, options, decide) => {
    // Within this process one after the other; only another instance can overtake.
    const turn = last.then(() => changeOnce(proposed, options, decide))
    last = turn.catch(() => undefined) // its own caller is told
    return turn
  }

  async function changeOnce(
    ...[proposed, options, decide]: Parameters<ChangeAgencies>
  ): Promise<ChangedAgencies> {
    const codes = [...new Set(proposed.map(({ creditCode }) => creditCode))]
    const loads = codes.map((id) => ({ kind: kind.name, id }))
    for (let tries = 1; ; tries++) {
      const { agencies, edition } = await agenciesAround(codes, proposed)
      let decided = false
      try {
        const { replayed } = await dossier.changeTogether(loads, options, (several) => {
          if (decided) throw new Outdated()
          decided = true
          const stateOf: StateOf = (code) => several.state(kind, code).state
          const { events, statements = [] } = decide(stateOf, agencies)
          const parts = partsOf(kind.name, events)
          const moved = parts.length === 0 ? [] : [moveEdition({ from: edition })]
          return { parts, statements: [...statements, ...moved] }
        })
        if (!replayed) return {}
        return { replayed: { code: idOf(replayed.stream), version: replayed.version } }
      } catch (error) {
        if (!(error instanceof Outdated)) throw error
        if (tries === TRIES_MAX) throw new Refusal('overtaken', 'OVERTAKEN', 'house/agency-record')
      }
    }
  }
}

function partsOf(kind: string, events: AgencyChanges['events']): Part[] {
  return [...events]
    .filter(([, list]) => list.length > 0)
    .map(([id, list]) => ({ kind, id, events: list }))
}

/** The id within a stream's name, `agency/<code>`. */
const idOf = (stream: string): string => stream.slice(stream.search(/[/:]/) + 1)
