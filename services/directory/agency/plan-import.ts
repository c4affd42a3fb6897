// Many agencies from one file: each is registered, changed or left as it is; one that does not fit
// refuses the whole file. Superiors and successors may stand anywhere in the file. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import { agenciesOf, type Agencies, type AgencyRecord } from './agency-record.js'
import { decide, type AgencyEvent, type AgencyState } from './agency.js'

export type ImportPlan = {
  readonly events: ReadonlyMap<string, readonly AgencyEvent[]>
  readonly answer: {
    readonly registered: readonly string[]
    readonly updated: readonly string[]
    readonly unchanged: readonly string[]
  }
}

export function planImport(
  proposed: readonly AgencyRecord[],
  stateOf: (code: string) => AgencyState,
  around: Agencies,
): ImportPlan {
  const together = over(around, proposed)
  const events = new Map<string, readonly AgencyEvent[]>()
  const answer = { registered: [] as string[], updated: [] as string[], unchanged: [] as string[] }
  for (const [index, agency] of proposed.entries()) {
    const field = `agencies[${index}]`
    const { creditCode } = agency
    if (events.has(creditCode))
      throw new Refusal('malformed', 'AGENCY_REPEATED', 'house/agency-record', {
        field: `${field}.credit_code`,
        agency: creditCode,
      })
    const decided = decide(stateOf(creditCode), { type: 'ImportAgency', agency }, together, field)
    events.set(creditCode, decided)
    answer[outcomeOf(decided[0])].push(creditCode)
  }
  return { events, answer }
}

function outcomeOf(event: AgencyEvent | undefined): keyof ImportPlan['answer'] {
  if (event === undefined) return 'unchanged'
  return event.type === 'AgencyRegistered' ? 'registered' : 'updated'
}

/** The agencies as they would be after the import. */
function over(around: Agencies, proposed: readonly AgencyRecord[]): Agencies {
  const own = agenciesOf(proposed)
  return {
    of: (code) => own.of(code) ?? around.of(code),
    holders: (role, level, region) => [
      ...around
        .holders(role, level, region)
        .filter(({ creditCode }) => own.of(creditCode) === undefined),
      ...own.holders(role, level, region),
    ],
  }
}
