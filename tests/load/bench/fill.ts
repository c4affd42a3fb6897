// Fills coordination's record with open consultations, through the law itself: submitted, issued and
// received, with their finger-posts; letters count as posted. The house must not run meanwhile.
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { contentVaults } from '../../../services/launcher/content-keys.js'
import { openDatabase } from '../../../shared/database/database.js'
import { contentStore } from '../../../shared/dossier/content.js'
import { openDossier } from '../../../shared/dossier/dossier.js'
import { systemMint } from '../../../shared/identity/system-mint.js'
import { kindsOf } from '../../../services/coordination/coordination.js'
import { seal } from '../../../services/coordination/draft/canonical-forms.js'
import type { ReleaseEvent } from '../../../services/coordination/release/events.js'
import { evolve } from '../../../services/coordination/release/evolve.js'
import { recordReceipt } from '../../../services/coordination/release/release.js'
import { noRelease } from '../../../services/coordination/release/state.js'
import { submit } from '../../../services/coordination/release/submit.js'
import { openAgencies } from '../../../services/coordination/store/agencies.js'
import { migrations } from '../../../services/coordination/store/migrations.js'
import { openPacks } from '../../../services/coordination/store/packs.js'
import { gateQuestionsOf } from '../../../services/coordination/store/gate-questions.js'
import { recomputationsOf } from '../../../services/coordination/store/recomputations.js'
import { questionsOf } from '../../../services/coordination/store/questions.js'
import { withdrawalsOf } from '../../../services/coordination/store/withdrawals.js'
import { openRevisions } from '../../../services/coordination/store/revisions.js'
import type { Schema } from '../../../services/coordination/store/schema.js'

const AT_ONCE = 1_000

export type Filling = {
  /** Data folder of the house, which is stopped. */
  readonly data: string
  readonly releases: number
  readonly releasing: string
  readonly affected: readonly string[]
  /** Instant of submission and of receipt: what is filled in one go is due at one instant. */
  readonly at: number
  readonly text: string
}

/** Gives the seconds that it took. */
export async function fill(filling: Filling): Promise<number> {
  const { data, releases: wanted, releasing, affected, at, text } = filling
  const mint = systemMint()
  const file = join(data, 'coordination.sqlite')
  const vault = contentVaults({ data }, mint, Date.now)
  const database = await openDatabase<Schema>({ kind: 'sqlite', file }, { migrations })
  const dossier = await openDossier(database, { source: 'coordination', mint })
  const kinds = kindsOf(
    database,
    questionsOf(database),
    gateQuestionsOf(database),
    withdrawalsOf(database),
    recomputationsOf(database),
    () => at,
  )
  const releases = dossier.of(kinds.release)
  const content = contentStore(database, await vault(database))
  const agencies = await openAgencies(database)
  const deadlines = (await openRevisions(database)).newest()
  const packs = await openPacks(database, { files: [], defaultPack: 'qingyuan-2011' })
  const { pack, digest: packDigest } = packs.choose('', '2026-01-01')
  if (deadlines === undefined) throw new Error('the copy has no calendar: start the house first')
  const draft = seal({ form: 'huiqian-draft-1', title: '压力测试稿', text, attachments: [] })
  const named = affected.map((agency) => ({ agency, trigger: 'concerns' as const }))
  const region = agencies.get(affected[0] ?? '')?.region ?? 'CN'
  const deadline = deadlines.of(at, pack, region)
  const from = performance.now()
  for (let done = 0; done < wanted; done += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, wanted - done) }, async () => {
        const id = mint.id<'release'>(at)
        await releases.change(id, { now: at }, () => {
          const events: ReleaseEvent[] = [
            ...submit(noRelease(id), pack, {
              releasingAgency: releasing,
              submittedBy: `agency/${releasing}/bench`,
              now: at,
              packDigest,
              origin: 'made',
              attribute: 'active',
              draftDigest: draft.digest,
              judgementDigest: draft.digest,
              affected: named,
              noneAffectedReason: false,
              secrecyReview: { reviewedOn: '2026-01-01', digest: draft.digest },
              letters: {
                documentNumber: '压测〔2026〕1号',
                numberFrom: 'agency',
                ids: () => ({ consultationId: mint.id(at), letterId: mint.id(at) }),
              },
              agency: agencies.get,
              dateOf: () => '2026-01-01',
            }),
          ]
          let state = events.reduce(evolve, noRelease(id))
          for (const { id: consultationId } of Object.values(state.consultations)) {
            const more = recordReceipt(state, pack, {
              consultationId,
              receivedAt: at,
              deadline,
              now: at,
            })
            events.push(...more)
            state = more.reduce(evolve, state)
          }
          const { digest, bytes } = draft
          return {
            events,
            statements: [content.put({ release: id, digest, part: 'draft', bytes })],
          }
        })
      }),
    )
  await dossier.idle()
  const seconds = (performance.now() - from) / 1_000
  await database.close()
  const raw = new Database(file)
  raw.exec('delete from letter_to_post')
  raw.close()
  return seconds
}
