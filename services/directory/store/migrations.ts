// The steps of the directory's schema, in order. Numbered, named, never edited, forward only.
import type { Migration } from '../../../shared/database/database.js'
import { dossierMigrations } from '../../../shared/dossier/tables.js'
import { agencies } from './migrations/0001-agencies.js'
import { credentials } from './migrations/0002-credentials.js'
import { enrolments } from './migrations/0005-enrolments.js'
import { signingKeys } from './migrations/0004-signing-keys.js'
import { twoPersons } from './migrations/0003-two-persons.js'

export const migrations: readonly Migration[] = [
  ...dossierMigrations,
  agencies,
  credentials,
  twoPersons,
  signingKeys,
  enrolments,
]
