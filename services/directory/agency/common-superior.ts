// The common superior (共同上一级行政机关): the nearest organ that is above the releasing agency and above every party,
// by whichever line leads there; for parties of different branches or levels. A party is above itself never. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { standingFor, type Agencies, type AgencyRecord } from './agency-record.js'
import * as why from './coordinator-reasons.js'
import type { Candidate } from './resolve-coordinators.js'

/** The nearest organ above all of them: first by the releasing agency's own lines, nearest first. */
export function commonSuperior(
  agencies: Agencies,
  releasing: AgencyRecord,
  parties: readonly AgencyRecord[],
  at: Instant,
): Candidate {
  const others = parties.filter(({ creditCode }) => creditCode !== releasing.creditCode)
  const above = others.map(
    (party) => new Set(organsAbove(agencies, party, at).map(({ creditCode }) => creditCode)),
  )
  const excluded: Candidate['excluded'][number][] = []
  for (const organ of organsAbove(agencies, releasing, at)) {
    const { creditCode } = organ
    const isParty = others.some((party) => party.creditCode === creditCode)
    const coversRest = others.every(
      (party, index) => party.creditCode === creditCode || above[index]?.has(creditCode) === true,
    )
    if (!coversRest) continue
    if (!isParty)
      return { agency: organ, why: why.commonSuperior(organ, releasing, others), excluded }
    excluded.push({ agency: organ, why: why.isParty(organ) })
  }
  return { why: why.noCommonSuperior(releasing, others), excluded }
}

/** Every organ above an agency, by its main line and by the government of its own level, the nearest first. */
function organsAbove(agencies: Agencies, agency: AgencyRecord, at: Instant): AgencyRecord[] {
  const found: AgencyRecord[] = []
  const seen = new Set([agency.creditCode])
  let row: readonly AgencyRecord[] = [agency]
  while (row.length > 0) {
    const next: AgencyRecord[] = []
    for (const { superior, localSuperior, leadership } of row)
      for (const code of [superior, leadership === 'dual' ? localSuperior : undefined]) {
        const organ = code === undefined ? undefined : standingFor(agencies, code, at).standing
        if (organ === undefined || seen.has(organ.creditCode)) continue
        seen.add(organ.creditCode)
        next.push(organ)
      }
    found.push(...next)
    row = next
  }
  return found
}
