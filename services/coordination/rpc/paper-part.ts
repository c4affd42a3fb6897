// Who has a part in what happens on paper: the releasing agency, the consulted one, and the competent
// authority of the case. Everybody else gets the answer of whoever has no relation to it.
import { uuidField } from '../../../shared/rpc/fields.js'
import type { CallContext } from '../../../shared/rpc/rpc.js'
import type { PaperCalendar } from '../paper/serve.js'
import type { Coordination } from '../coordination.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Release } from '../release/state.js'
import { competentAuthorityFor } from '../standing/competent-authority.js'
import { standing } from '../standing/standing.js'
import { isAgency, notFound, onConsultation, type On } from './relation.js'

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

/** The permit on what happens on paper: the competent authority of the case knows it besides the two sides. */
export const onPaper = (
  means: Pick<Means, 'agencies' | 'clock'>,
  context: CallContext,
  release: Release,
  consultationId: string,
): On<Consultation> =>
  onConsultation(context, release, consultationId, (consultation) => {
    const authority = authorityOf(means, release, consultation)
    return authority !== undefined && isAgency(context.caller, authority) ? ['authority'] : []
  })

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
