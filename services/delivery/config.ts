// What delivery needs to be told.
import type { DatabaseConfig } from '../../shared/database/database.js'

export type DeliveryConfig = {
  readonly database: DatabaseConfig
  /** So long behind a feed, and health says NOT_SERVING. */
  readonly feedLagMaxMs: number
}
