// The room as its calls, hearings and duties see it: each picks what it needs.
import type { Clock } from '../../shared/clock/clock.js'
import type { Revoked } from '../../shared/copies/revoked.js'
import type { Acts } from '../../shared/acts/acts.js'
import type { SigningKeys } from '../../shared/copies/signing-keys.js'
import type { Vault } from '../../shared/confidentiality/confidentiality.js'
import type { Database } from '../../shared/database/database.js'
import type { ContentStore } from '../../shared/dossier/content.js'
import type { Dossier, DossierKind, Dossiers } from '../../shared/dossier/dossier.js'
import type { Marks } from '../../shared/dossier/marks.js'
import type { CallsRefused } from '../../shared/duties/attempts.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { PageTokens } from '../../shared/rpc/page-tokens.js'
import type { Wakes } from '../../shared/rpc/wakes.js'
import type { Agencies } from './store/agencies.js'
import { announceRelease, announcement } from './announces.js'
import type { Revisions } from './store/revisions.js'
import {
  evolveHouseClock,
  noHouseClock,
  type HouseClock,
  type HouseClockEvent,
} from './clock/house-clock.js'
import type { ClockKeeper } from './duties/clock-keeper.js'
import { lettersOf, type LetterToPost } from './letter/follow-up.js'
import { lettersToWithdraw } from './letter/withdrawals.js'
import { evolveNumbers, noNumbers, type NumberEvent, type Numbers } from './numbers.js'
import {
  evolveStatement,
  noStatement,
  type Statement as Said,
  type StatementEvent,
} from './declaration/statement.js'
import type { Packs } from './store/packs.js'
import { evolveReadings, noReadings, type ReadingEvent, type Readings } from './readings.js'
import type { ReleaseEvent } from './release/events.js'
import { evolve } from './release/evolve.js'
import { noRelease, type Release } from './release/state.js'
import {
  evolveRecomputation,
  noRecomputation,
  type Recomputation,
  type RecomputationEvent,
} from './recomputation/recomputation.js'
import type { OpenMattersOf } from './store/open-matters-of.js'
import type { RecomputationsOf } from './store/recomputations.js'
import type { ConsultationsOf } from './store/consultations-of-agency.js'
import { fingerPosts } from './store/finger-posts.js'
import { gatePosts } from './store/gate-posts.js'
import type { GateQuestions } from './store/gate-questions.js'
import type { Organising } from './store/organising.js'
import type { ReviewBodies } from './store/review-bodies.js'
import type { Titles } from './store/titles.js'
import type { Negotiations } from './store/negotiations.js'
import type { Questions } from './store/questions.js'
import type { ReleasesOf } from './store/releases-of-agency.js'
import type { Schema } from './store/schema.js'
import type { Destructions } from './store/destructions.js'
import type { Withdrawals } from './store/withdrawals.js'
import type { Uploads } from './store/uploads.js'

export type Coordination = {
  readonly dossier: Dossier
  readonly releases: Dossiers<Release, ReleaseEvent>
  readonly numbers: Dossiers<Numbers, NumberEvent>
  readonly readings: Dossiers<Readings, ReadingEvent>
  readonly statements: Dossiers<Said, StatementEvent>
  readonly houseClock: Dossiers<HouseClock, HouseClockEvent>
  readonly kinds: Kinds
  readonly content: ContentStore
  readonly uploads: Uploads
  readonly vault: Vault
  readonly marks: Marks
  readonly questions: Questions
  readonly gateQuestions: GateQuestions
  readonly organising: Organising
  readonly titles: Titles
  readonly reviewBodies: ReviewBodies
  readonly withdrawals: Withdrawals
  readonly destructions: Destructions
  readonly negotiations: Negotiations
  readonly consultationsOf: ConsultationsOf
  readonly releasesOf: ReleasesOf
  readonly agencies: Agencies
  readonly revisions: Revisions
  readonly recomputations: Dossiers<Recomputation, RecomputationEvent>
  readonly recomputationsOf: RecomputationsOf
  readonly openMattersOf: OpenMattersOf
  readonly revoked: Revoked
  readonly signingKeys: SigningKeys
  readonly acts: Acts
  readonly packs: Packs
  readonly clockKeeper: ClockKeeper
  readonly clock: Clock
  readonly mint: Mint
  readonly pageTokens: PageTokens
  /** Readers of releases that sleep until theirs grows. */
  readonly wakes: Wakes
  /** Settling time in milliseconds. */
  readonly settlingMs: number
}

/** The kinds of dossiers of this service. */
export type Kinds = ReturnType<typeof kindsOf>

export function kindsOf(
  database: Database<Schema>,
  questions: Pick<Questions, 'queueLetter'>,
  gateQuestions: Pick<GateQuestions, 'statementPosts'>,
  withdrawals: Pick<Withdrawals, 'queue'>,
  jobs: Pick<RecomputationsOf, 'posts'>,
  now: () => number,
) {
  const posts = fingerPosts(database)
  const postsOfGates = gatePosts(database)
  const queue = (letter: LetterToPost) => {
    const { letterId, releaseId, consultationId, kind, recipient, subject } = letter
    return questions.queueLetter({
      letter_id: letterId,
      release_id: releaseId,
      consultation_id: consultationId,
      kind,
      recipient,
      subject,
      not_before: 0,
      queued_at: now(),
    })
  }
  const release: DossierKind<Release, ReleaseEvent> = {
    name: 'release',
    initial: noRelease,
    evolve,
    fingerPosts: (_id, before, after, events) => [
      ...posts(before, after),
      ...postsOfGates(before, after),
      ...lettersOf(after, events).map(queue),
      ...lettersToWithdraw(before, after).map((letter_id) =>
        withdrawals.queue({ letter_id, not_before: 0, queued_at: now() }),
      ),
    ],
    announce: announceRelease,
  }
  const statement: DossierKind<Said, StatementEvent> = {
    name: 'statement',
    initial: () => noStatement,
    evolve: evolveStatement,
    fingerPosts: (id, _before, after, events) => gateQuestions.statementPosts(id, after, events),
    announce: (id, event, meta) =>
      announcement(`statement:${id}`, event, meta, {
        agency: event.type === 'StatementReceived' ? event.agency : '',
      }),
  }
  const numbers: DossierKind<Numbers, NumberEvent> = {
    name: 'numbers',
    initial: () => noNumbers,
    evolve: evolveNumbers,
    announce: (id, event, meta) => announcement(`numbers:${id}`, event, meta),
    snapshotEvery: 200,
  }
  const readings: DossierKind<Readings, ReadingEvent> = {
    name: 'reading',
    initial: () => noReadings,
    evolve: evolveReadings,
    announce: (id, event, meta) => announcement(`reading:${id}`, event, meta, { releaseId: id }),
    snapshotEvery: 200,
  }
  const houseClock: DossierKind<HouseClock, HouseClockEvent> = {
    name: 'clock',
    initial: () => noHouseClock,
    evolve: evolveHouseClock,
    announce: (id, event, meta) => announcement(`clock:${id}`, event, meta),
    snapshotEvery: 200,
  }
  const recomputation: DossierKind<Recomputation, RecomputationEvent> = {
    name: 'recomputation',
    initial: () => noRecomputation,
    evolve: evolveRecomputation,
    fingerPosts: (_id, _before, after) => jobs.posts(after),
    announce: (id, event, meta) => announcement(`recomputation:${id}`, event, meta),
    snapshotEvery: 200,
  }
  const attempts: DossierKind<object, CallsRefused> = {
    name: 'attempts',
    initial: () => ({}),
    evolve: (state) => state,
    announce: (id, event, meta) => announcement(`attempts:${id}`, event, meta),
    snapshotEvery: 200,
  }
  return { release, statement, numbers, readings, houseClock, recomputation, attempts }
}
