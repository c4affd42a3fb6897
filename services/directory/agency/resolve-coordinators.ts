// Who may coordinate a dispute (协调机关): the superior organ of the releasing agency, or the body in
// charge of information disclosure at its level; and who reviews with the latter. A party to the
// dispute is never its coordinator. Pure: it reads the hierarchy, every step with its reason.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  standingFor,
  type Agencies,
  type AgencyRecord,
  type Level,
  type Role,
} from './agency-record.js'
import { commonSuperior } from './common-superior.js'
import { levelsFrom } from './levels.js'
import * as why from './coordinator-reasons.js'
import type { Reasons } from './coordinator-reasons.js'

export type Excluded = { readonly agency: AgencyRecord; readonly why: Reasons }

export type Candidate = {
  readonly agency?: AgencyRecord
  readonly why: Reasons
  readonly excluded: readonly Excluded[]
}

export type ReviewBody = {
  readonly role: Role
  readonly agency?: AgencyRecord
  readonly why: Reasons
  readonly party: boolean
}

export type Coordinators = {
  readonly superiorOrgan: Candidate
  readonly competentAuthority: Candidate
  readonly commonSuperior: Candidate
  readonly reviewBodies: readonly ReviewBody[]
}

export type Dispute = {
  readonly releasing: string
  readonly parties: readonly string[]
  readonly at: Instant
}

const REVIEW_ROLES: readonly Role[] = [
  'review-body-legal',
  'review-body-secrecy',
  'review-body-supervision',
]

/** Both candidates and the review bodies, as the directory stands at an instant. */
export function resolveCoordinators(agencies: Agencies, dispute: Dispute): Coordinators {
  const { at } = dispute
  const releasing = standing(agencies, dispute.releasing, at)
  const partyCodes = partiesOf(agencies, dispute)
  const exclusion = (agency: AgencyRecord): Reasons | undefined =>
    agency.creditCode === releasing.creditCode
      ? why.isReleasing(agency)
      : partyCodes.has(agency.creditCode)
        ? why.isParty(agency)
        : undefined

  const line = superiorsOf(agencies, releasing, at)
  const authorities = authoritiesFrom(agencies, releasing.level, releasing.region, at)
  const superiorOrgan = choose(line, authorities[0], exclusion)
  const competentAuthority = choose(authorities, line[0], exclusion)
  const seat = competentAuthority.agency ?? releasing
  return {
    superiorOrgan,
    competentAuthority,
    commonSuperior: commonSuperior(agencies, releasing, standingParties(agencies, dispute), at),
    reviewBodies: REVIEW_ROLES.map((role) => reviewBody(agencies, role, seat, partyCodes, at)),
  }
}

/** A place in a line of possible coordinators: who fills it and why, or why nobody does. */
type Place = {
  readonly agency?: AgencyRecord
  readonly unfit?: AgencyRecord
  readonly why: Reasons
}

/** The first place of a line; where it is excluded or empty, the other candidate; else one level up, and so on. */
function choose(
  line: readonly Place[],
  other: Place | undefined,
  exclusion: (agency: AgencyRecord) => Reasons | undefined,
): Candidate {
  const excluded: Excluded[] = []
  const [own, ...above] = line
  const order = [own, other, ...above]
  for (const [index, place] of order.entries()) {
    if (place === undefined) continue
    if (place.agency === undefined) {
      if (place.unfit) excluded.push({ agency: place.unfit, why: place.why })
      continue
    }
    const { agency } = place
    const no = exclusion(agency)
    if (no === undefined)
      return {
        agency,
        why: index === 0 ? place.why : why.inPlace(index === 1, own, place.why),
        excluded,
      }
    if (!excluded.some((one) => one.agency.creditCode === agency.creditCode))
      excluded.push({ agency, why: no })
  }
  return { why: why.nobody(own?.why), excluded }
}

/** The line of superiors above an agency, each with the reason that its kind of leadership gives. */
function superiorsOf(agencies: Agencies, releasing: AgencyRecord, at: Instant): Place[] {
  const places: Place[] = []
  const seen = new Set([releasing.creditCode])
  for (let below = releasing; ;) {
    if (below.superior === undefined) {
      if (places.length === 0) places.push({ why: why.noSuperior(below) })
      return places
    }
    const found = standingFor(agencies, below.superior, at)
    const superior = found.standing
    if (superior === undefined) {
      const unfit = found.former[0]
      const reason = unfit ? why.notValid(unfit, at) : why.noSuperior(below)
      return [...places, { ...(unfit && { unfit }), why: reason }]
    }
    if (seen.has(superior.creditCode)) return places
    seen.add(superior.creditCode)
    const led = why.leads(below, superior, governmentOf(agencies, below, at))
    places.push({ agency: superior, why: why.after(found.former, superior, led) })
    below = superior
  }
}

/** The government of an agency's own level that leads it too, where leadership is dual. */
function governmentOf(
  agencies: Agencies,
  agency: AgencyRecord,
  at: Instant,
): AgencyRecord | undefined {
  return agency.leadership === 'dual' && agency.localSuperior !== undefined
    ? standingFor(agencies, agency.localSuperior, at).standing
    : undefined
}

/** The competent authority of a level and region, then of each level above it. */
function authoritiesFrom(agencies: Agencies, level: Level, region: string, at: Instant): Place[] {
  return levelsFrom(level, region).map((seat) => {
    const holder = holderOf(agencies, 'competent-authority', seat.level, seat.region, at)
    return holder.agency
      ? { agency: holder.agency, why: why.after(holder.former, holder.agency, why.holds(seat)) }
      : { why: why.noAuthority(seat) }
  })
}

function reviewBody(
  agencies: Agencies,
  role: Role,
  seat: AgencyRecord,
  parties: ReadonlySet<string>,
  at: Instant,
): ReviewBody {
  const { agency, former } = holderOf(agencies, role, seat.level, seat.region, at)
  if (agency === undefined) return { role, why: why.missingBody(role, seat), party: false }
  const party = parties.has(agency.creditCode)
  const reason = why.reviews(role, agency, party)
  return { role, agency, why: why.after(former, agency, reason), party }
}

function holderOf(
  agencies: Agencies,
  role: Role,
  level: Level,
  region: string,
  at: Instant,
): { readonly agency?: AgencyRecord; readonly former: readonly AgencyRecord[] } {
  const found = agencies
    .holders(role, level, region)
    .map((holder) => standingFor(agencies, holder.creditCode, at))
    .filter((one) => one.standing !== undefined)
    .sort((a, b) => a.former.length - b.former.length)[0] // who holds it itself before who took it over
  return found?.standing ? { agency: found.standing, former: found.former } : { former: [] }
}

/** Every party's code, former and standing: a successor takes over its predecessor's place in the dispute. */
function partiesOf(agencies: Agencies, { releasing, parties, at }: Dispute): Set<string> {
  const codes = new Set<string>()
  for (const code of [releasing, ...parties]) {
    codes.add(code)
    codes.add(standing(agencies, code, at).creditCode)
  }
  return codes
}

/** Who stands for each party now. */
function standingParties(agencies: Agencies, { parties, at }: Dispute): AgencyRecord[] {
  return parties.map((code) => standing(agencies, code, at))
}

function standing(agencies: Agencies, code: string, at: Instant): AgencyRecord {
  const { standing: found, former } = standingFor(agencies, code, at)
  if (found !== undefined) return found
  const known = former[0]
  if (known === undefined)
    throw new Refusal('not-found', 'AGENCY_UNKNOWN', 'house/directory', {
      field: 'releasing_agency',
      agency: code,
    })
  throw new Refusal('out-of-order', 'AGENCY_NOT_VALID', 'house/directory', {
    field: 'releasing_agency',
    agency: code,
    date: why.beijingDate(at),
    successor: known.successor ?? '—',
  })
}
