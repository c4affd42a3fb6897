// Throws away files that nobody named in a draft within a day.
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'

export const expireUploads = ({
  uploads,
  clock,
}: Pick<Coordination, 'uploads' | 'clock'>): Duty => ({
  name: 'expire-uploads',
  nextAt: () => uploads.nextExpiry(),
  round: () => uploads.expire(clock.now()),
})
