// What the directory needs to be told.
import type { DatabaseConfig } from '../../shared/database/database.js'
import type { LocalDate } from '../../shared/working-days/working-days.js'

export type DirectoryConfig = {
  readonly database: DatabaseConfig
  /** A story in another year: a new directory opens its calendar only with what was published by this date. */
  readonly calendarAsPublishedBy?: LocalDate
}
