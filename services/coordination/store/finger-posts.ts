// Keeps the finger-post tables in step with the record: compares a release before and after a change
// and writes the rows that differ. Same transaction as the events.
import type { Database, Statement } from '../../../shared/database/database.js'
import { isFirm } from '../consultation/deadline.js'
import type { Consultation, ConsultationStatus } from '../consultation/consultation.js'
import { hasEnded, statusOf, type Release } from '../release/state.js'
import { negotiationPosts } from './negotiations.js'
import type { Schema } from './schema.js'

type ReleaseRow = Schema['release']
type ConsultationRow = Schema['consultation']

/** Statements for the finger-posts of a release. */
export type FingerPosts = (before: Release, after: Release) => Statement[]

export function fingerPosts(database: Database<Schema>): FingerPosts {
  const putRelease = database.compileOnce<ReleaseRow>((db, $) =>
    db
      .insertInto('release')
      .values({
        release_id: $('release_id'),
        releasing_agency: $('releasing_agency'),
        status: $('status'),
        submitted_at: $('submitted_at'),
        version: $('version'),
      })
      .onConflict((conflict) =>
        conflict.column('release_id').doUpdateSet({ status: $('status'), version: $('version') }),
      ),
  )
  const putConsultation = database.compileOnce<ConsultationRow>((db, $) => {
    const changing = {
      status: $('status'),
      deadline_at: $('deadline_at'),
      due_at: $('due_at'),
      remind_at: $('remind_at'),
      unfirm: $('unfirm'),
      open_since: $('open_since'),
    }
    return db
      .insertInto('consultation')
      .values({
        consultation_id: $('consultation_id'),
        release_id: $('release_id'),
        agency: $('agency'),
        version: $('version'),
        ...changing,
      })
      .onConflict((conflict) => conflict.column('consultation_id').doUpdateSet(changing))
  })
  const negotiation = negotiationPosts(database)
  return (before, after) => {
    const statements: Statement[] = negotiation(before, after)
    const status = statusOf(after)
    if (status !== statusOf(before) || after.version !== before.version)
      statements.push(
        putRelease({
          release_id: after.id,
          releasing_agency: after.releasingAgency,
          status,
          submitted_at: after.submittedAt,
          version: after.version,
        }),
      )
    const wasOpen = stageOf(before)
    const isOpen = stageOf(after)
    for (const consultation of Object.values(after.consultations)) {
      const old = before.consultations[consultation.id]
      if (old === consultation && wasOpen === isOpen) continue
      const row = rowOf(after.id, consultation, isOpen)
      if (old === undefined || differ(rowOf(after.id, old, wasOpen), row))
        statements.push(putConsultation(row))
    }
    return statements
  }
}

/** Nobody has given a verdict, nor is one deemed. */
const WAITING: readonly ConsultationStatus[] = [
  ...(['issued', 'undelivered', 'running', 'defective', 'no_verdict', 'expired'] as const),
]

type Stage = 'open' | 'cleared' | 'ended'

/** Once it has ended nothing is due in it any more; once it is cleared nobody is reminded. */
function stageOf(release: Release): Stage {
  if (hasEnded(release)) return 'ended'
  return release.cleared === undefined ? 'open' : 'cleared'
}

function rowOf(releaseId: string, consultation: Consultation, stage: Stage): ConsultationRow {
  const { deadline, status, remindedAt } = consultation
  const running = status === 'running' && stage !== 'ended'
  const firm = deadline !== undefined && isFirm(deadline)
  const waits = running || status === 'defective'
  return {
    consultation_id: consultation.id,
    release_id: releaseId,
    agency: consultation.agency,
    version: consultation.version,
    status,
    deadline_at: deadline?.at ?? null,
    due_at: running && firm ? deadline.at : null,
    remind_at:
      stage === 'open' && waits ? nextReminder(deadline?.reminders ?? [], remindedAt) : null,
    unfirm: running && !firm ? 1 : 0,
    open_since: stage !== 'ended' && WAITING.includes(status) ? consultation.issuedAt : null,
  }
}

function nextReminder(reminders: readonly number[], reminded: readonly number[]): number | null {
  const last = reminded.at(-1) ?? 0
  return reminders.find((at) => at > last) ?? null
}

function differ(one: ConsultationRow, other: ConsultationRow): boolean {
  return (
    one.status !== other.status ||
    one.deadline_at !== other.deadline_at ||
    one.due_at !== other.due_at ||
    one.remind_at !== other.remind_at ||
    one.unfirm !== other.unfirm ||
    one.open_since !== other.open_since
  )
}
