// What delivery needs to be told.
import type { DatabaseConfig } from '../../shared/database/database.js'
import type { Fonts } from '../../shared/official-document/official-document.js'

import type { NotificationConfig } from './duties/send.js'

export type DeliveryConfig = {
  readonly database: DatabaseConfig
  /** So long behind a feed, and health says NOT_SERVING. */
  readonly feedLagMaxMs: number
  /** Fonts of printed documents; where none is given, the one of the house. */
  readonly fonts?: Fonts
  /** How agencies are notified; where nothing is given: by webhooks on the public internet. */
  readonly notifications?: NotificationConfig
}
