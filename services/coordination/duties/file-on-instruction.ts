// A disagreement never rots (协调 art. 6 para 3): when the standing instruction falls due with a round on record, the
// dispute is filed on it and says so. Without a round nothing is filed: it is shown as ageing.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Coordination } from '../coordination.js'
import type { AskDirectory } from '../coordinators.js'
import { standingOf } from '../negotiation/negotiate.js'
import { file } from '../filing.js'
import { instructionDueAt } from '../instruction-due.js'
import type { Pack } from '../pack/pack.js'
import { disputants, type Release } from '../release/state.js'

const BATCH_MAX = 200
const REFUSED_WAIT_MS = 24 * 60 * 60_000 // nobody can coordinate today: the directory may say otherwise tomorrow

type Means = Pick<
  Coordination,
  | 'dossier'
  | 'releases'
  | 'kinds'
  | 'agencies'
  | 'mint'
  | 'content'
  | 'packs'
  | 'revisions'
  | 'negotiations'
  | 'clock'
  | 'clockKeeper'
>

export const fileOnInstruction = (means: Means, directory: AskDirectory): Duty => ({
  name: 'file-on-instruction',
  ...roundsOf(means, directory, { posted: false }),
})

const roundsOf = (
  means: Means,
  directory: AskDirectory,
  once: { posted: boolean }, // at a start: negotiations that were open before there were finger-posts of them
): Pick<Duty, 'nextAt' | 'round'> => ({
  async nextAt() {
    if (!once.posted) return means.clock.now()
    const revision = means.revisions.newest()?.revision ?? 0
    const [waiting] = await means.negotiations.uncomputed(revision, 1)
    return waiting === undefined ? means.negotiations.earliestDue() : means.clock.now()
  },
  async round() {
    if (!once.posted) once.posted = (await repost(means)) < BATCH_MAX
    const computed = await compute(means)
    if ((await means.clockKeeper.doubts()).length > 0) return computed
    const now = means.clock.now()
    if (means.clockKeeper.inDoubt()) return computed
    let filed = 0
    for (const releaseId of await means.negotiations.due(now, BATCH_MAX))
      if (await fileOne({ ...means, directory }, releaseId, now)) filed++
    return computed + filed
  },
})

async function repost(means: Means): Promise<number> {
  const found = await means.negotiations.unposted(BATCH_MAX)
  for (const id of found)
    await means.releases.change(id, { now: means.clock.now() }, (release) => ({
      events: [],
      statements: means.negotiations.repost(release),
    }))
  return found.length
}

/** When each falls due, by the newest calendar. */
async function compute(means: Means): Promise<number> {
  const revision = means.revisions.newest()?.revision ?? 0
  const rows = await means.negotiations.uncomputed(revision, BATCH_MAX)
  if (rows.length === 0) return 0
  const statements = await Promise.all(
    rows.map(async ({ releaseId, since }) => {
      const { state } = await means.releases.read(releaseId)
      const try_at = instructionDueAt(means, state) ?? null
      return means.negotiations.computed({
        ...{ release_id: releaseId, since, computed_by: revision, try_at },
      })
    }),
  )
  await means.dossier.changeTogether([], { now: means.clock.now() }, () => ({
    parts: [],
    statements,
  }))
  return rows.length
}

class NotDue extends Error {}

async function fileOne(
  means: Means & { readonly directory: AskDirectory },
  releaseId: string,
  now: number,
): Promise<boolean> {
  try {
    await file(means, {
      ...{ releaseId, now, askedNumber: '', signatory: '', onStandingInstruction: true },
      words: (release, pack) => wordsOf(means, release, pack),
      permit(release) {
        const dueAt = instructionDueAt(means, release)
        if (dueAt === undefined || dueAt > now) throw new NotDue()
        return { lets: (decide) => decide() } // nobody calls: the instruction is the agency's own
      },
    })
    return true
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof NotDue)) throw error
    const postponed = means.negotiations.postpone({
      release_id: releaseId,
      try_at: now + REFUSED_WAIT_MS,
    })
    await means.dossier.changeTogether([], { now }, () => ({ parts: [], statements: [postponed] }))
    return false
  }
}

/** Facts from the record: nobody declared anything. */
function wordsOf(
  { agencies }: Pick<Means, 'agencies'>,
  release: Release,
  pack: Pack,
): readonly [string, string, string] {
  const { afterWorkingDays, byDefault } = standingOf(release, pack)
  const whose = byDefault ? '规则包的默认长期指示' : '拟发布机关的长期指示'
  const parties = disputants(release).map(
    ({ agency, position }) => `${agencies.name(agency)}（${POSITIONS[position]}）`,
  )
  return [
    `协商已满${afterWorkingDays}个工作日，未达成一致意见；依${whose}报请协调。协商经过见协商记录。`,
    `持不同意见的机关：${parties.join('、')}；理由见其书面意见。`,
    '',
  ]
}

const POSITIONS = {
  objection: '不同意',
  consent_with_changes: '修改后同意，修改未被采纳',
  contradiction: '认为联合制作的内容不准确',
} as const
