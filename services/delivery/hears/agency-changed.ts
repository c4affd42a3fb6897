// An agency was registered or changed: our copy of its mailbox is behind, and a duty reads it again.
import type { AgencyChanged } from '../../../gen/huiqian/directory/v1/announcements.js'
import type { Statement } from '../../../shared/database/database.js'
import type { Delivery } from '../delivery.js'

export const agencyChanged =
  ({ designations }: Pick<Delivery, 'designations'>) =>
  ({ agency, version }: AgencyChanged): readonly Statement[] => [
    designations.heard(agency, version),
  ]
