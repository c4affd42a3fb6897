// Destroys the files of a release whose content was destroyed, and has delivery destroy what its letters say: until it has.
import type { LetterServiceClient } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Calls } from '../../../shared/rpc/client.js'
import type { Coordination } from '../coordination.js'

const BATCH_MAX = 20

export const destroyLetters = (
  {
    dossier,
    destructions,
    uploads,
    clock,
  }: Pick<Coordination, 'dossier' | 'destructions' | 'uploads' | 'clock'>,
  delivery: () => Pick<Calls<typeof LetterServiceClient.service>, 'destroyContent'>,
): Duty => ({
  name: 'destroy-letters',
  nextAt: () => destructions.earliest(),
  async round() {
    const releases = await destructions.waiting(BATCH_MAX)
    if (releases.length === 0) return 0
    for (const releaseId of releases) await uploads.destroyOf(releaseId, clock.now())
    await Promise.all(releases.map((releaseId) => delivery().destroyContent({ releaseId })))
    const statements = releases.map((release_id) => destructions.drop({ release_id }))
    await dossier.changeTogether([], { now: clock.now() }, () => ({ parts: [], statements }))
    return releases.length
  },
})
