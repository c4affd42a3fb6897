// Destroys here what coordination has destroyed of a withdrawn release, once the last letter about it has been posted.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Escalation } from '../escalation.js'

const BATCH_MAX = 20

export const destroyContent = ({
  destructions,
  dossier,
  content,
  clock,
}: Pick<Escalation, 'destructions' | 'dossier' | 'content' | 'clock'>): Duty => ({
  name: 'destroy-content',
  async nextAt() {
    return (await destructions.due(1)).length > 0 ? clock.now() : undefined
  },
  async round() {
    const releases = await destructions.due(BATCH_MAX)
    if (releases.length === 0) return 0
    const now = clock.now()
    const statements = releases.flatMap((release) => [
      ...content.destroy(release, now),
      destructions.drop({ release_id: release }),
    ])
    await dossier.changeTogether([], { now }, () => ({ parts: [], statements }))
    return releases.length
  },
})
