// Finger-posts of the gates and of what waits in a release: compares it before and after a change and
// writes the rows that differ. Same transaction as the events.
import type { Database, Statement } from '../../../shared/database/database.js'
import { breachedPublications } from '../breach/referral.js'
import { presentConfirmations, type Confirmation } from '../joint/joint.js'
import { hasEnded, presentConsultations, type Release } from '../release/state.js'
import type { Schema } from './schema.js'

type Matter = Schema['matter']

export type GatePosts = (before: Release, after: Release) => Statement[]

export function gatePosts(database: Database<Schema>): GatePosts {
  const putConfirmation = database.compileOnce<Schema['confirmation']>((db, $) =>
    db
      .insertInto('confirmation')
      .values({
        confirmation_id: $('confirmation_id'),
        release_id: $('release_id'),
        remind_at: $('remind_at'),
      })
      .onConflict((conflict) =>
        conflict.column('confirmation_id').doUpdateSet({ remind_at: $('remind_at') }),
      ),
  )
  const putMatter = putMatterIn(database)
  const dropMatter = database.compileOnce<{ matter_id: string }>((db, $) =>
    db.deleteFrom('matter').where('matter_id', '=', $('matter_id')),
  )
  const putBreach = database.compileOnce<Schema['breach']>((db, $) =>
    db
      .insertInto('breach')
      .values({
        release_id: $('release_id'),
        releasing_agency: $('releasing_agency'),
        recorded_at: $('recorded_at'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return (before, after) => {
    const statements: Statement[] = []
    if (before.confirmations !== after.confirmations || hasEnded(before) !== hasEnded(after))
      for (const confirmation of Object.values(after.confirmations)) {
        const old = before.confirmations[confirmation.id]
        const remind_at = remindAt(after, confirmation)
        if (old !== undefined && remindAt(before, old) === remind_at) continue
        const row = { confirmation_id: confirmation.id, release_id: after.id, remind_at }
        statements.push(putConfirmation(row))
      }
    const waited = new Map(mattersOf(before).map((matter) => [matter.matter_id, matter]))
    for (const matter of mattersOf(after)) {
      const waits = waited.get(matter.matter_id)
      waited.delete(matter.matter_id)
      if (waits?.since !== matter.since) statements.push(putMatter(matter))
    }
    for (const matter_id of waited.keys()) statements.push(dropMatter({ matter_id }))
    const [breached] = breachedPublications(after)
    if (breached !== undefined && breachedPublications(before).length === 0)
      statements.push(
        putBreach({
          release_id: after.id,
          releasing_agency: after.releasingAgency,
          recorded_at: breached.recordedAt,
        }),
      )
    return statements
  }
}

/** A statement that keeps one matter. */
export const putMatterIn = (database: Database<Schema>) =>
  database.compileOnce<Matter>((db, $) =>
    db
      .insertInto('matter')
      .values({
        matter_id: $('matter_id'),
        kind: $('kind'),
        of_agency: $('of_agency'),
        release_id: $('release_id'),
        subject: $('subject'),
        agency: $('agency'),
        since: $('since'),
      })
      .onConflict((conflict) => conflict.column('matter_id').doUpdateSet({ since: $('since') })),
  )

const remindAt = (release: Release, { status, remindAt: at }: Confirmation): number | null =>
  status === 'awaited' && !hasEnded(release) ? (at ?? null) : null

/** What waits in a release, but for its open consultations, which have a table of their own. */
function mattersOf(release: Release): Matter[] {
  const { id: release_id, releasingAgency: of_agency } = release
  if (!release.exists || hasEnded(release)) return []
  const common = { of_agency, release_id }
  const matters: Matter[] = presentConfirmations(release)
    .filter(({ status }) => status === 'awaited')
    .map(({ id, agency, askedAt }) => ({
      ...{ ...common, matter_id: `confirmation:${id}`, kind: 'confirmation_awaited' },
      ...{ subject: id, agency, since: askedAt },
    }))
  for (const { id, agency, paper } of presentConsultations(release))
    if (paper?.waitsSince !== undefined)
      matters.push({
        ...{ ...common, matter_id: `paper:${id}`, kind: 'paper_service_undecided' },
        ...{ subject: id, agency, since: paper.waitsSince },
      })
  const ofTheRelease = { ...common, subject: '', agency: of_agency }
  if (release.negotiating)
    matters.push({
      ...{ ...ofTheRelease, matter_id: `negotiation:${release_id}/${release.version}` },
      ...{ kind: 'open_negotiation', since: release.negotiation.openedAt ?? 0 },
    })
  const { formedOn, applicationReceivedOn } = release.particulars
  const hasClock = formedOn !== undefined || applicationReceivedOn !== undefined
  if (release.cleared !== undefined && hasClock)
    matters.push({
      ...{ ...ofTheRelease, matter_id: `clearance:${release_id}/${release.version}` },
      ...{ kind: 'cleared_unpublished', since: release.cleared.at },
    })
  return matters
}
