// The schema of coordination, step by step: the record's own tables first.
import type { Migration } from '../../../shared/database/database.js'
import { signingKeyMigration } from '../../../shared/copies/signing-keys.js'
import { dossierMigrations } from '../../../shared/dossier/dossier.js'
import { coordination } from './migrations/0001-coordination.js'
import { lettersToWithdraw } from './migrations/0002-letters-to-withdraw.js'
import { gates } from './migrations/0003-gates.js'
import { negotiation } from './migrations/0004-negotiation.js'
import { clocks } from './migrations/0005-clocks.js'
import { reviewBodies } from './migrations/0006-review-bodies.js'
import { contentToDestroy } from './migrations/0008-content-to-destroy.js'
import { sealedUploads } from './migrations/0007-sealed-uploads.js'

export const migrations: readonly Migration[] = [
  ...dossierMigrations,
  coordination,
  lettersToWithdraw,
  gates,
  negotiation,
  clocks,
  reviewBodies,
  sealedUploads,
  contentToDestroy,
  signingKeyMigration,
]
