// What the competent authority sees in order to organise the coordination (协调 art. 3): ids, agencies and ages,
// and of an objection to an unauthorised release what was said, for it is to look into that. Never a draft.
import {
  MatterKind,
  type ListMattersRequest,
  type ListMattersResponse,
  type Matter,
  type ObjectionWords,
} from '../../../gen/huiqian/coordination/v1/organising.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { enumField, pageSize } from '../../../shared/rpc/fields.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import { statementContent } from '../duties/pass-statements.js'
import { unseal, type WordsForm } from '../draft/canonical-forms.js'
import type { Release } from '../release/state.js'
import type { MatterRow } from '../store/organising.js'
import { ownAgency } from './relation.js'
import { clockOfRelease } from './publication-clock-message.js'

/** Kinds of matters and their words in the tables. */
const KINDS: Readonly<Record<string, MatterKind>> = {
  letter_undelivered: MatterKind.LETTER_UNDELIVERED,
  open_consultation: MatterKind.OPEN_CONSULTATION,
  open_negotiation: MatterKind.OPEN_NEGOTIATION,
  confirmation_awaited: MatterKind.CONFIRMATION_AWAITED,
  paper_service_undecided: MatterKind.PAPER_SERVICE_UNDECIDED,
  cleared_unpublished: MatterKind.PUBLICATION_OVERDUE,
  unauthorised_release: MatterKind.UNAUTHORISED_RELEASE,
}
const OF_CONSULTATIONS = ['letter_undelivered', 'open_consultation']

/** The agencies of the level and region whose competent authority calls. */
export function organised({ agencies }: Pick<Coordination, 'agencies'>, agency: string) {
  const own = agencies.get(agency)
  if (own?.isCompetentAuthority !== true) return undefined
  return [...agencies.all()].filter(
    ({ level, region }) => level === own.level && region === own.region,
  )
}

export const listMatters = (room: Coordination) =>
  unary<ListMattersRequest, ListMattersResponse>(async (request, context) => {
    const authority = ownAgency(context)
    const kind = enumField(request.kind, 'kind', MatterKind, { optional: true })
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const agencies = organised(room, authority)
    if (agencies === undefined)
      throw new Refusal('forbidden', 'ONLY_COMPETENT_AUTHORITY', 'house/relation')
    const scope = `ListMatters/${authority}/${kind}`
    const from = room.pageTokens.decode(scope, request.pageToken)
    const codes = agencies.map(({ code }) => code)
    const { matters, next } = await page(room, { kind, codes, from, limit })
    const now = room.clock.now()
    const inForce = agencies.filter(
      ({ validUntil }) => validUntil === undefined || validUntil > now,
    )
    return {
      matters,
      nextPageToken: next === undefined ? '' : room.pageTokens.encode(scope, next),
      agenciesWithoutMailbox:
        from === undefined
          ? inForce.filter(({ hasMailbox }) => !hasMailbox).map(({ code }) => code)
          : [],
    }
  })

type Page = {
  readonly kind: MatterKind
  readonly codes: readonly string[]
  readonly from: Position | undefined
  readonly limit: number
}

/** A page, oldest first. What is cleared and whose clock still runs is passed over, so a page may take several looks. */
async function page(
  room: Coordination,
  { kind, codes, limit, ...asked }: Page,
): Promise<{ readonly matters: Matter[]; readonly next: Position | undefined }> {
  const wanted = Object.keys(KINDS).filter(
    (word) => kind === MatterKind.UNSPECIFIED || KINDS[word] === kind,
  )
  const matters: Matter[] = []
  let { from } = asked
  for (;;) {
    const rows = await rowsAfter(room, wanted, codes, from, limit + 1)
    for (const row of rows) {
      if (matters.length === limit) return { matters, next: from }
      const matter = await matterOf(room, row)
      if (matter !== undefined) matters.push(matter)
      from = [row.since, row.id]
    }
    if (rows.length <= limit) return { matters, next: undefined }
  }
}

async function rowsAfter(
  { organising }: Pick<Coordination, 'organising'>,
  wanted: readonly string[],
  agencies: readonly string[],
  from: Position | undefined,
  limit: number,
): Promise<MatterRow[]> {
  const consultations = OF_CONSULTATIONS.filter((word) => wanted.includes(word))
  const undelivered =
    consultations.length === 1 ? consultations[0] === 'letter_undelivered' : undefined
  const kinds = wanted.filter((word) => !OF_CONSULTATIONS.includes(word))
  const [asked, others] = await Promise.all([
    consultations.length === 0
      ? []
      : organising.openConsultations({ agencies, undelivered, from, limit }),
    organising.matters({ agencies, kinds, from, limit }),
  ])
  return [...asked, ...others].sort(oldestFirst).slice(0, limit)
}

const oldestFirst = (one: MatterRow, other: MatterRow): number =>
  one.since - other.since || (one.id < other.id ? -1 : 1)

async function matterOf(room: Coordination, row: MatterRow): Promise<Matter | undefined> {
  const release = row.release_id === '' ? undefined : await room.releases.read(row.release_id)
  const state = release?.state
  const due = dueAt(room, row, state)
  if (row.kind === 'cleared_unpublished' && (due === undefined || due > room.clock.now()))
    return undefined // its clock still runs
  return {
    kind: KINDS[row.kind] ?? MatterKind.UNSPECIFIED,
    releaseId: row.release_id,
    subject: row.subject,
    releasingAgency: state?.releasingAgency ?? '',
    agency: row.agency,
    since: timestampOf(row.since),
    dueAt: due === undefined ? undefined : timestampOf(due),
    objection: row.kind === 'unauthorised_release' ? await objectionOf(room, row) : undefined,
  }
}

/** What was said: the competent authority is to look into it, and nobody else is told. */
async function objectionOf(
  { statements, content }: Pick<Coordination, 'statements' | 'content'>,
  { subject }: MatterRow,
): Promise<ObjectionWords | undefined> {
  const { state } = await statements.read(subject)
  const found = await content.get(statementContent(subject), state.digest)
  if (found === undefined) return undefined
  const [release = '', reason = '', where = ''] = unseal<WordsForm>(found.bytes).words
  return { release, reason, where }
}

function dueAt(
  room: Coordination,
  { kind, subject }: MatterRow,
  release: Release | undefined,
): number | undefined {
  if (release === undefined) return undefined
  if (OF_CONSULTATIONS.includes(kind)) return release.consultations[subject]?.deadline?.at
  return kind === 'cleared_unpublished' ? clockOfRelease(room, release)?.dueAt : undefined
}
