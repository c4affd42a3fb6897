import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { vaultInHand } from '../../shared/confidentiality/ring.fixture.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import { openDatabase } from '../../shared/database/database.js'
import { openDossier } from '../../shared/dossier/dossier.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { post, type PostedLetter } from './posting.js'
import { designations } from './store/designations.js'
import { kindsOfDossier } from './store/dossiers.js'
import { knownLetters } from './store/known-letters.js'
import { letterContent } from './store/letter-content.js'
import { migrations } from './store/migrations.js'
import type { DeliveryTables } from './store/schema.js'

const NOW = Date.parse('2026-09-28T10:00:00+08:00')
const MAILBOXES = Array.from({ length: 20 }, (_, index) => `agency-${index}`)

test('the letters of a call are one commit, whatever mailboxes they go to', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-posting-'))
  const database = await openDatabase<DeliveryTables>(
    { kind: 'sqlite', file: join(dir, 'delivery.sqlite') },
    { migrations },
  )
  const dossier = await openDossier(database, { source: 'delivery', mint: seededMint('posting') })
  const vault = await vaultInHand('posting')(database)
  const delivery = {
    clock: turnedClock(NOW),
    designations: designations(database),
    knownLetters: knownLetters(database),
    letterContent: letterContent(database, vault),
    mailboxes: dossier.of(kindsOfDossier(database, vault).mailboxes),
  }
  await database.write(async (transaction) => {
    for (const agency of MAILBOXES)
      await transaction.run([
        delivery.designations.heard(agency, 1),
        delivery.designations.held(agency, 1, { address: agency, designatedAt: NOW }),
      ])
  })
  const letters = (from: number): PostedLetter[] =>
    Array.from({ length: 500 }, (_, index) => ({
      recipient: MAILBOXES[index % MAILBOXES.length] ?? '',
      bytes: Buffer.from(`letter ${from + index}`),
      facts: {
        letterId: `letter-${from + index}`,
        kind: 'consultation-letter',
        releaseId: 'release-1',
        version: 1,
        sender: 'agency-x',
        postedBy: 'coordination',
        content: `digest-${from + index}`,
      },
    }))
  const heads: number[] = []
  dossier.onCommit((head) => heads.push(head))

  await post(delivery, letters(0))
  expect(heads).toEqual([500])
  await post(delivery, letters(0)) // known already: nothing is written
  expect(heads).toEqual([500])
  for (const letter of letters(500).slice(0, 3)) await post(delivery, [letter])
  expect(heads).toEqual([500, 501, 502, 503]) // the gauge sees several where there are several

  await database.close()
  rmSync(dir, { recursive: true, force: true })
})
