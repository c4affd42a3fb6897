// What coordination needs to be told.
import type { DatabaseConfig } from '../../shared/database/database.js'

export type CoordinationConfig = {
  readonly database: DatabaseConfig
  /** So long behind a feed, and health says NOT_SERVING. */
  readonly feedLagMaxMs: number
  readonly packs: {
    /** Policy packs beside those of the house, as files. */
    readonly files: readonly string[]
    /** The pack of a submission that names none: `<id>` or `<id>@<version>`. */
    readonly defaultPack: string
  }
  /** How long deeming waits after a deadline for replies that were admitted before it: call cap + clock skew + margin. */
  readonly settlingMs: number
}
