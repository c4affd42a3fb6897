// No question on a hot path reads a table from end to end: what SQLite says of its plans.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase, type Statement } from '../../../shared/database/database.js'
import { vaultInHand } from '../../../shared/confidentiality/ring.fixture.js'
import { designations } from './designations.js'
import { knownLetters } from './known-letters.js'
import { letterOfMailbox, mailboxPage } from './mailbox-page.js'
import type { LetterArrived } from '../mailbox/mailbox.js'
import { notificationHooks } from './notification-hooks.js'
import { notifications } from './notifications.js'
import { migrations } from './migrations.js'
import type { DeliveryDatabase, DeliveryTables } from './schema.js'
import { waiting } from './waiting.js'

// Partial indices hold what waits or is behind, and nothing else: to read one from end to end is the answer.
const WHOLE =
  /\bSCAN \w+\b(?! USING (COVERING )?INDEX (letter_waiting|agency_mailbox_behind|notification_waiting))/

test('every question goes by an index', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-plans-'))
  const real = await openDatabase<DeliveryTables>(
    { kind: 'sqlite', file: join(dir, 'delivery.sqlite') },
    { migrations },
  )
  const vault = await vaultInHand('plans')(real)
  const plans: string[] = []
  const explain = async ({ sql, parameters }: Statement): Promise<void> => {
    const rows = await real.query({ sql: `explain query plan ${sql}`, parameters })
    plans.push(rows.map(({ detail }) => String(detail)).join('; '))
  }
  const asked: DeliveryDatabase = {
    ...real,
    async query(statement) {
      await explain(statement)
      return real.query(statement)
    },
    async queryEach(statements) {
      for (const statement of statements) await explain(statement)
      return real.queryEach(statements)
    },
  }
  const { earliest, deliverable, lettersFor } = waiting(asked)
  await earliest()
  await deliverable(1, 1)
  await lettersFor('a', 1)
  await designations(asked).of(['a', 'b'])
  await designations(asked).behind(1)
  const page = { recipient: 'a', after: 0, limit: 1 }
  for (const filter of [{}, { kind: 'reminder' as const }, { releaseId: 'r' }])
    await mailboxPage(asked, vault)({ ...page, ...filter })
  await mailboxPage(asked, vault)({ ...page, kind: 'reminder', releaseId: 'r' })
  await letterOfMailbox(asked, vault)('a', 'b')
  for (const count of [1, 2, 9, 65])
    await knownLetters(asked)(Array.from({ length: count }, (_, index) => `id-${index}`))

  const told = notifications(asked, vault)
  await told.waitingHooks()
  await told.firstOf('h')
  const place = { agency: 'a', number: 9, id: 'n', limit: 1 }
  await told.page(place)
  await told.page({ ...place, letter: 'l' })
  await notificationHooks(asked, vault).list('a')
  const arrival = { letterId: 'l', number: 1, receivedAt: 1 } as LetterArrived
  await explain(told.ofArrival('a', arrival))

  expect(plans).toHaveLength(21)
  expect(plans.filter((plan) => WHOLE.test(plan))).toEqual([])
  await asked.query({ sql: 'select * from letter where sender = ?', parameters: ['a'] })
  expect(plans.at(-1)).toMatch(WHOLE) // the gauge sees one that does
  await real.close()
  rmSync(dir, { recursive: true, force: true })
})
