// Whom a release may name: agencies to be consulted (协调 art. 6 para 1) and co-producers (art. 5), each
// known to the directory, valid, not oneself, and named once. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id } from '../../../shared/identity/identity.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { Affected } from './events.js'
import type { SubmitCommand } from './submit.js'

/** What the judgement of whom to ask rests on. */
export type Judged = Pick<SubmitCommand, 'releasingAgency' | 'now' | 'agency' | 'dateOf'>

/** Refuses faults of a list of agencies to be consulted. */
export function checkAffected(
  pack: Pack,
  command: Judged,
  named: readonly Affected[],
  field: string,
  {
    asked = [],
    coProducers = [],
  }: { readonly asked?: readonly Affected[]; readonly coProducers?: readonly string[] } = {},
): void {
  const seen = new Set(asked.map(({ agency }) => agency))
  named.forEach(({ agency }, index) => {
    const at = `${field}[${index}].agency`
    if (agency === command.releasingAgency)
      throw new Refusal('malformed', 'CONSULTING_ONESELF', ruleOf(pack, pack.consultation), {
        field: at,
        agency,
      })
    if (seen.has(agency))
      throw new Refusal('malformed', 'AGENCY_REPEATED', ruleOf(pack, pack.consultation), {
        field: at,
        agency,
      })
    // It confirms (art. 5): a yes from silence would take the place of a confirmation.
    if (coProducers.includes(agency))
      throw new Refusal('malformed', 'CO_PRODUCER_AFFECTED', ruleOf(pack, pack.confirmations), {
        field: at,
        agency,
      })
    seen.add(agency)
    mustBeValid(agency, at, command)
  })
}

/** The others that made the information: known, valid, not oneself, each once (art. 5). */
export function checkCoProducers(
  pack: Pack,
  command: Judged,
  coProducers: readonly string[],
): void {
  const rule = ruleOf(pack, pack.confirmations)
  const seen = new Set<string>()
  coProducers.forEach((agency, index) => {
    const field = `co_producers[${index}]`
    if (agency === command.releasingAgency)
      throw new Refusal('malformed', 'CO_PRODUCING_WITH_ONESELF', rule, { field, agency })
    if (seen.has(agency)) throw new Refusal('malformed', 'AGENCY_REPEATED', rule, { field, agency })
    seen.add(agency)
    mustBeValid(agency, field, command)
  })
}

/** Refuses an agency that the directory does not have, or not at that date. */
export function mustBeValid(code: Id<'agency'>, field: string, command: Judged): void {
  const agency = command.agency(code)
  if (agency === undefined)
    throw new Refusal('malformed', 'AGENCY_UNKNOWN', 'house/directory', { field, agency: code })
  const { validFrom, validUntil, successor } = agency
  const begun = validFrom === undefined || validFrom <= command.now
  const lasts = validUntil === undefined || command.now < validUntil
  if (begun && lasts) return
  throw new Refusal('malformed', 'AGENCY_NOT_VALID', 'house/directory', {
    field,
    agency: code,
    date: command.dateOf(command.now),
    successor: successor ?? '-',
  })
}
