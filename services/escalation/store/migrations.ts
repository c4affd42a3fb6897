// The schema of escalation, step by step: the record's own tables first.
import type { Migration } from '../../../shared/database/database.js'
import { signingKeyMigration } from '../../../shared/copies/signing-keys.js'
import { dossierMigrations } from '../../../shared/dossier/dossier.js'
import { contentToDestroy } from './migrations/0002-content-to-destroy.js'
import { escalation } from './migrations/0001-escalation.js'

export const migrations: readonly Migration[] = [
  ...dossierMigrations,
  escalation,
  contentToDestroy,
  signingKeyMigration,
]
