// One agency's record after a change of it: the one just decided, or what it was after the first time.
import type { RequestKey } from '../../../shared/dossier/dossier.js'
import type { Agencies, AgencyRecord } from '../agency/agency-record.js'
import { evolve, type AgencyEvent, type AgencyState } from '../agency/agency.js'
import type { Directory } from '../directory.js'

export async function changedAgency(
  { changeAgencies, agencies, clock }: Pick<Directory, 'changeAgencies' | 'agencies' | 'clock'>,
  proposed: AgencyRecord,
  request: RequestKey,
  decide: (state: AgencyState, around: Agencies) => AgencyEvent[],
): Promise<{ readonly record: AgencyRecord; readonly version: number }> {
  const code = proposed.creditCode
  let after: AgencyState | undefined
  const options = { request, now: clock.now() }
  const { replayed } = await changeAgencies([proposed], options, (stateOf, around) => {
    const state = stateOf(code)
    const events = decide(state, around)
    after = events.reduce(evolve, state)
    return { events: new Map([[code, events]]) }
  })
  // A change that changed nothing was kept under no agency's name: it is as it is.
  if (replayed && replayed.code !== '')
    after = await agencies.readAt(replayed.code, replayed.version)
  else after ??= (await agencies.read(code)).state
  if (after.record === undefined) throw new Error('a changed agency has no record')
  return { record: after.record, version: after.version }
}
