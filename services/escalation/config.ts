// What escalation needs to be told.
import type { DatabaseConfig } from '../../shared/database/database.js'

export type EscalationConfig = {
  readonly database: DatabaseConfig
  /** So long behind a feed, and health says NOT_SERVING. */
  readonly feedLagMaxMs: number
}

/** Where the file names no interval of reminders (source: house): so many working days. */
export const REMIND_EVERY_WORKING_DAYS = 5
