// Who has a part in what happens on paper: the releasing agency, the consulted one, and the competent
// authority of the case. Everybody else gets the answer of whoever has no relation to it.
import type { Caller } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import type { PaperCalendar } from '../paper/serve.js'
import type { Coordination } from '../coordination.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Release } from '../release/state.js'
import { competentAuthorityFor } from '../standing/competent-authority.js'
import { standing } from '../standing/standing.js'
import { isAgency, notFound } from './relation.js'

export type PaperPart = 'releasing' | 'consulted' | 'authority'

type Means = Pick<Coordination, 'agencies' | 'questions' | 'revisions' | 'packs' | 'clock'>

/** The competent authority of a case; undefined where there is none that is no party. */
export function authorityOf(
  { agencies, clock }: Pick<Means, 'agencies' | 'clock'>,
  release: Release,
  consultation: Consultation,
): string | undefined {
  const now = clock.now()
  const releasing = standing(agencies.get, release.releasingAgency, now)
  const consulted = standing(agencies.get, consultation.agency, now)
  const parties = [release.releasingAgency, consultation.agency, releasing, consulted]
  return competentAuthorityFor(agencies.get(releasing), parties, agencies.authorities(), now)?.code
}

/** The part that a caller has; refuses whoever has none as if there were no such consultation. */
export function paperPartOf(
  means: Pick<Means, 'agencies' | 'clock'>,
  caller: Caller,
  release: Release,
  consultationId: string,
): { readonly part: PaperPart; readonly consultation: Consultation } {
  const consultation = release.consultations[consultationId]
  if (consultation === undefined) throw notFound()
  if (isAgency(caller, consultation.agency)) return { part: 'consulted', consultation }
  if (isAgency(caller, release.releasingAgency)) return { part: 'releasing', consultation }
  const authority = authorityOf(means, release, consultation)
  if (authority !== undefined && isAgency(caller, authority))
    return { part: 'authority', consultation }
  throw notFound()
}

/** Lets one part through; who has another part is told that it is not his to do. */
export function onlyPart(
  means: Pick<Means, 'agencies' | 'clock'>,
  caller: Caller,
  release: Release,
  consultationId: string,
  wanted: PaperPart,
): Consultation {
  const { part, consultation } = paperPartOf(means, caller, release, consultationId)
  if (part === wanted) return consultation
  throw new Refusal('forbidden', ONLY[wanted], 'house/relation')
}

const ONLY = {
  releasing: 'ONLY_RELEASING_AGENCY',
  consulted: 'ONLY_CONSULTED_AGENCY',
  authority: 'ONLY_COMPETENT_AUTHORITY',
} as const

/** The release that a consultation lies in. */
export async function releaseOfConsultation(
  { questions }: Pick<Means, 'questions'>,
  field: string,
): Promise<{ readonly releaseId: string; readonly consultationId: string }> {
  const consultationId = uuidField(field, 'consultation_id')
  const releaseId = await questions.releaseOf(consultationId)
  if (releaseId === undefined) throw notFound()
  return { releaseId, consultationId }
}

/** What the calendar of the consulted agency says, by the newest revision. */
export function paperCalendar(
  { revisions, agencies, packs, clock }: Omit<Means, 'questions'>,
  release: Release,
  consultation: Consultation,
): PaperCalendar {
  const deadlines = revisions.newest()
  const pack = packs.byName(release.pack)
  const stands = standing(agencies.get, consultation.agency, clock.now())
  const region = agencies.get(stands)?.region ?? 'CN'
  const { recordWithinWorkingDays } = pack.paper
  return {
    deadlineOf: (receivedAt) => deadlines?.of(receivedAt, pack, region),
    endOfFirstWorkingDayAfter: (at, like) => deadlines?.endOfFirstWorkingDayAfter(at, like, pack),
    recordBy: (receivedAt) =>
      deadlines?.endOfWorkingDayAfter(receivedAt, recordWithinWorkingDays, region),
  }
}
