// The steps of delivery's schema, in order. Numbered, named, never edited, forward only.
import type { Migration } from '../../../shared/database/database.js'
import { signingKeyMigration } from '../../../shared/copies/signing-keys.js'
import { dossierMigrations } from '../../../shared/dossier/tables.js'
import { letters } from './migrations/0001-letters.js'
import { ownCopies } from './migrations/0002-own-copies.js'
import { pageSecret } from './migrations/0003-page-secret.js'
import { notifications } from './migrations/0004-notifications.js'

export const migrations: readonly Migration[] = [
  ...dossierMigrations,
  letters,
  ownCopies,
  pageSecret,
  notifications,
  signingKeyMigration,
]
