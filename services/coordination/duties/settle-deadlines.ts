// A deadline that was not firm (no notice for a year that it touches) is computed again when the
// calendar has a new revision; what was told is never shortened.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'
import { settleDeadline } from '../release/release.js'

const PAGE = 500

type Means = Pick<
  Coordination,
  'releases' | 'questions' | 'packs' | 'revisions' | 'agencies' | 'clock'
>

export const settleDeadlines = (means: Means): Duty => {
  let settledBy = 0 // revision; at a start everything is looked at once more
  return {
    name: 'settle-deadlines',
    nextAt: () =>
      Promise.resolve(
        (means.revisions.newest()?.revision ?? 0) > settledBy ? means.clock.now() : undefined,
      ),
    async round() {
      const deadlines = means.revisions.newest()
      if (deadlines === undefined || deadlines.revision <= settledBy) return 0
      const now = means.clock.now()
      let after = ''
      let moved = 0
      for (;;) {
        const page = await means.questions.unfirm(after, PAGE)
        for (const { releaseId, consultationId } of page) {
          await means.releases.change(releaseId, { now }, (release) => {
            const consultation = release.consultations[consultationId]
            if (consultation?.receivedAt === undefined) return []
            const pack = means.packs.byName(release.pack)
            const region = means.agencies.get(consultation.agency)?.region ?? 'CN'
            const computed = deadlines.of(consultation.receivedAt, pack, region)
            if (computed === undefined) return []
            const afterTelling = deadlines.endOfFirstWorkingDayAfter(now, computed, pack)
            return settleDeadline(release, { consultationId, computed, afterTelling, now })
          })
          moved++
        }
        const last = page.at(-1)
        if (last === undefined) break
        after = last.consultationId
      }
      settledBy = deadlines.revision
      return moved
    },
  }
}
