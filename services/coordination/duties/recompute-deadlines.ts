// A new revision of the calendar moves deadlines: one recorded job a revision, begun by itself, one at a time,
// in batches. Each batch and how far the job is are one commit, so that a kill loses and repeats nothing. What a
// finished job could not see (a receipt that another instance computed by an older revision) is looked at once
// more by every instance that learns of the revision, and at each start.
import type { Several } from '../../../shared/dossier/dossier.js'
import type { Duty } from '../../../shared/duties/duties.js'
import { citationOf } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import type { Reckoning } from '../store/revisions.js'
import { addedBy, touchesFrom } from '../recomputation/touched.js'
import { countsOf, type Recomputation } from '../recomputation/recomputation.js'
import { recomputeDeadline } from '../release/correct.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { standing } from '../standing/standing.js'
import type { Touched } from '../store/recomputations.js'

const BATCH_MAX = 100 // releases of one commit: replies wait for one batch at most

type Means = Pick<
  Coordination,
  | 'dossier'
  | 'kinds'
  | 'recomputations'
  | 'recomputationsOf'
  | 'packs'
  | 'revisions'
  | 'agencies'
  | 'clock'
  | 'settlingMs'
>

export function recomputeDeadlines(means: Means): Duty {
  const { revisions, clock, recomputationsOf } = means
  let sweptBy = 0 // revision; at a start everything is looked at once more
  let sweeping = { revision: 0, after: '' }
  const newest = (): number => revisions.newest()?.revision ?? 0

  const round = async (): Promise<number> => {
    const runs = await recomputationsOf.unfinished()
    if (runs !== undefined) return advance(means, runs.revision)
    const reckoning = revisions.newest()
    if (reckoning === undefined) return 0
    const { revision } = reckoning
    const [last] = await recomputationsOf.newest(1)
    if (revision > (last?.revision ?? 0)) {
      if (await begin(means, reckoning, last?.revision)) return 1
      sweptBy = revision // the first that was ever heard of: nothing was counted by another
    }
    if (revision <= sweptBy) return 0
    if (sweeping.revision !== revision) sweeping = { revision, after: '' }
    const { state } = await means.recomputations.read(String(revision))
    const after = await batch(means, reckoning, state, sweeping.after)
    if (after === undefined) sweptBy = revision
    else sweeping = { revision, after }
    return 1
  }
  return {
    name: 'recompute-deadlines',
    nextAt: () => Promise.resolve(newest() > sweptBy ? clock.now() : undefined),
    round,
  }
}

/** Whether a revision that was heard of has not moved every deadline yet: the effect of silence waits for it. */
export async function recomputationPends({
  revisions,
  recomputationsOf,
}: Pick<Means, 'revisions' | 'recomputationsOf'>): Promise<boolean> {
  const revision = revisions.newest()?.revision ?? 0
  const [last] = await recomputationsOf.newest(1)
  if (last === undefined) return revision > 1 && (await revisions.read(revision - 1)) !== undefined
  return revision > last.revision || (await recomputationsOf.unfinished()) !== undefined
}

/** Begins the job of a revision; false where no deadline can have been counted by an earlier one. */
async function begin(
  means: Means,
  { revision, source }: Reckoning,
  last: number | undefined,
): Promise<boolean> {
  const now = means.clock.now()
  const before = await means.revisions.read(last ?? revision - 1)
  if (last === undefined && before === undefined) return false
  const added = addedBy(source.instruments, before?.instruments)
  await means.recomputations.change(String(revision), { now }, (state) =>
    state.revision !== 0
      ? [] // another instance was first
      : [
          {
            type: 'RecomputationStarted',
            ...{ revision, notices: added.map(citationOf), startedAt: now },
            touchesFrom: touchesFrom(added),
          },
        ],
  )
  return true
}

async function advance(means: Means, revision: number): Promise<number> {
  const reckoning = await means.revisions.reckoningOf(revision)
  if (reckoning === undefined) throw new Error(`no copy of calendar revision ${revision}`)
  const { state } = await means.recomputations.read(String(revision))
  if (state.finishedAt !== undefined) return 1
  await batch(means, reckoning, state, state.after)
  return 1
}

/** One batch after a consultation; gives the last one looked at, undefined where there was none. */
async function batch(
  means: Means,
  reckoning: Reckoning,
  job: Recomputation,
  after: string,
): Promise<string | undefined> {
  const { dossier, kinds, recomputationsOf, clock } = means
  const now = clock.now()
  const rows = await recomputationsOf.touched({ from: job.touchesFrom, after, limit: BATCH_MAX })
  const last = rows.at(-1)?.consultationId
  const id = String(job.revision)
  const own = { kind: kinds.recomputation.name, id }
  const releases = [...new Set(rows.map(({ releaseId }) => releaseId))]
  const loads = [own, ...releases.map((one) => ({ kind: kinds.release.name, id: one }))]
  await dossier.changeTogether(loads, { now }, (several) => {
    const { state } = several.state(kinds.recomputation, id)
    const running = state.finishedAt === undefined
    if (running && state.after !== after) return { parts: [] } // another instance was here
    if (last === undefined)
      return {
        parts: running
          ? [{ ...own, events: [{ type: 'RecomputationFinished', finishedAt: now }] }]
          : [],
      }
    const parts = partsOf(means, reckoning, job, several, rows, now)
    const counts = countsOf(parts.flatMap(({ events }) => events))
    const found = parts.length > 0
    return {
      parts: [
        ...(running || found
          ? [{ ...own, events: [{ type: 'RecomputationAdvanced', after: last, ...counts }] }]
          : []),
        ...parts,
      ],
    }
  })
  return last
}

function partsOf(
  means: Means,
  deadlines: Reckoning,
  job: Recomputation,
  several: Several,
  rows: readonly Touched[],
  now: number,
) {
  const { kinds, packs, agencies, settlingMs } = means
  const parts = new Map<string, readonly ReleaseEvent[]>()
  for (const { releaseId, consultationId } of rows) {
    const events = parts.get(releaseId) ?? []
    const present = events.reduce(evolve, several.state(kinds.release, releaseId).state)
    const agency = present.consultations[consultationId]?.agency ?? ''
    const decided = recomputeDeadline(present, packs.byName(present.pack), {
      ...{ consultationId, now, deadlines },
      settling: settlingMs,
      region: agencies.get(standing(agencies.get, agency, now))?.region ?? 'CN',
      notice: job.notices.join('、'),
    })
    parts.set(releaseId, [...events, ...decided])
  }
  return [...parts]
    .filter(([, events]) => events.length > 0)
    .map(([id, events]) => ({ kind: kinds.release.name, id, events }))
}
