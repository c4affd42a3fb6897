// The room as its calls, hearings and duties see it: each picks what it needs.
import type { Clock } from '../../shared/clock/clock.js'
import type { Revisions } from '../../shared/copies/revisions.js'
import type { Revoked } from '../../shared/copies/revoked.js'
import type { Acts } from '../../shared/acts/acts.js'
import type { SigningKeys } from '../../shared/copies/signing-keys.js'
import type { Database } from '../../shared/database/database.js'
import type { Destructions } from './store/destructions.js'
import type { Vault } from '../../shared/confidentiality/confidentiality.js'
import type { ContentStore } from '../../shared/dossier/content.js'
import type { Dossier, DossierKind, Dossiers } from '../../shared/dossier/dossier.js'
import type { CallsRefused } from '../../shared/duties/attempts.js'
import type { Outbox } from '../../shared/duties/outbox.js'
import type { Instant, Mint } from '../../shared/identity/identity.js'
import type { PageTokens } from '../../shared/rpc/page-tokens.js'
import type { Wakes } from '../../shared/rpc/wakes.js'
import { announceAttempts, announceDispute, announceOther, announceReading } from './announces.js'
import { withoutCalendar, type Reminders } from './calendar/reminders.js'
import type { DisputeEvent } from './dispute/events.js'
import { evolve } from './dispute/evolve.js'
import { noDispute, type Dispute } from './dispute/state.js'
import { lettersOf } from './letter/follow-up.js'
import { evolveNumbers, noNumbers, type NumberEvent, type Numbers } from './numbers.js'
import { evolveReadings, noReadings, type ReadingEvent, type Readings } from './readings.js'
import type { Agencies } from './store/agencies.js'
import type { DisputesOf } from './store/disputes-of-agency.js'
import { fingerPosts } from './store/finger-posts.js'
import type { LetterRow, Questions } from './store/questions.js'
import type { Schema } from './store/schema.js'

export type Escalation = {
  readonly dossier: Dossier
  readonly disputes: Dossiers<Dispute, DisputeEvent>
  readonly readings: Dossiers<Readings, ReadingEvent>
  readonly kinds: Kinds
  readonly content: ContentStore
  readonly vault: Vault
  readonly destructions: Destructions
  readonly outbox: Outbox<LetterRow>
  readonly questions: Questions
  readonly disputesOf: DisputesOf
  readonly agencies: Agencies
  readonly revisions: Revisions<Reminders>
  readonly revoked: Revoked
  readonly signingKeys: SigningKeys
  readonly acts: Acts
  readonly clock: Clock
  readonly mint: Mint
  readonly pageTokens: PageTokens
  /** Readers of disputes that sleep until one of their agency's grows. */
  readonly wakes: Wakes
}

/** The kinds of dossiers of this service. */
export type Kinds = ReturnType<typeof kindsOf>

export function kindsOf(
  database: Database<Schema>,
  questions: Pick<Questions, 'queueLetter'>,
  now: () => number,
) {
  const posts = fingerPosts(database)
  const dispute: DossierKind<Dispute, DisputeEvent> = {
    name: 'dispute',
    initial: noDispute,
    evolve,
    fingerPosts: (_id, before, after, events) => [
      ...posts(before, after),
      ...lettersOf(before, after, events).map(({ letterId, disputeId, ...letter }) =>
        questions.queueLetter({
          letter_id: letterId,
          dispute_id: disputeId,
          ...letter,
          not_before: 0,
          queued_at: now(),
        }),
      ),
    ],
    announce: announceDispute,
  }
  const numbers: DossierKind<Numbers, NumberEvent> = {
    name: 'numbers',
    initial: () => noNumbers,
    evolve: evolveNumbers,
    announce: (id, event, meta) => announceOther(`numbers:${id}`, event, meta),
    snapshotEvery: 200,
  }
  const readings: DossierKind<Readings, ReadingEvent> = {
    name: 'reading',
    initial: () => noReadings,
    evolve: evolveReadings,
    announce: announceReading,
    snapshotEvery: 200,
  }
  const attempts: DossierKind<object, CallsRefused> = {
    name: 'attempts',
    initial: () => ({}),
    evolve: (state) => state,
    announce: announceAttempts,
    snapshotEvery: 200,
  }
  return { dispute, numbers, readings, attempts }
}

/** When an agency that is waited for from an instant on is reminded first. */
export function remindAt(
  { agencies, revisions }: Pick<Escalation, 'agencies' | 'revisions'>,
  from: Instant,
  workingDays: number,
  agency: string,
): Instant {
  const reminders = revisions.newest() ?? withoutCalendar
  return reminders.after(from, workingDays, agencies.get(agency)?.region ?? 'CN')
}
