// CompareVersions: what a new version changed, paragraph by paragraph, for those who may see both. A reading.
import type { Attachment } from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  ParagraphChangeKind,
  type CompareVersionsRequest,
  type CompareVersionsResponse,
} from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { unusable, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Coordination } from '../coordination.js'
import { unseal, type DraftForm } from '../draft/canonical-forms.js'
import { compareParagraphs } from '../draft/compare-paragraphs.js'
import type { DraftVersion, Release } from '../release/state.js'
import { visibleVersions } from './negotiation-message.js'
import { notFound, onRelease } from './relation.js'

const KINDS = {
  same: ParagraphChangeKind.SAME,
  added: ParagraphChangeKind.ADDED,
  removed: ParagraphChangeKind.REMOVED,
} as const

/** Of paragraphs in one answer; a single longer one is told alone. A message holds twice as much. */
const PAGE_BYTES_MAX = 524_288

type Means = Pick<Coordination, 'releases' | 'readings' | 'content' | 'pageTokens'>

export const compareVersions = (room: Means) =>
  unary<CompareVersionsRequest, CompareVersionsResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { state } = await room.releases.read(releaseId)
    onRelease(context, state)
    const visible = visibleVersions(caller, state)
    const newer = versionOf(visible, request.toVersion || state.version, 'to_version')
    const older = versionOf(visible, request.fromVersion || newer.version - 1, 'from_version')
    if (older.version >= newer.version)
      throw unusable('from_version', String(older.version), 'house/fields', {
        zh: '应早于 to_version。',
        en: 'It must be older than to_version.',
      })
    const scope = `CompareVersions/${releaseId}/${older.digest}/${newer.digest}`
    const [start = 0] = room.pageTokens.decode(scope, request.pageToken) ?? []
    const [before, after] = [await draftAt(room, state, older), await draftAt(room, state, newer)]
    await room.readings.change(releaseId, { now: admittedAt }, () =>
      [older, newer].map(({ version }) => ({
        type: 'DraftRead',
        ...{ reader: callerLine(caller), version, readAt: admittedAt },
        where: 'comparison',
      })),
    )
    const all = compareParagraphs(before.text, after.text)
    const end = endOfPage(all, Number(start))
    return {
      fromVersion: older.version,
      fromDigest: older.digest,
      fromTitle: before.title,
      toVersion: newer.version,
      toDigest: newer.digest,
      toTitle: after.title,
      paragraphs: all
        .slice(Number(start), end)
        .map(({ kind, text }) => ({ kind: KINDS[kind], text })),
      attachmentsAdded: filesOnlyIn(after, before),
      attachmentsRemoved: filesOnlyIn(before, after),
      nextPageToken: end < all.length ? room.pageTokens.encode(scope, [end]) : '',
    }
  })

/** Behind the last paragraph that the page has room for. Two digests name a comparison: a place in it stays where it is. */
function endOfPage(paragraphs: readonly { readonly text: string }[], start: number): number {
  let bytes = 0
  for (let index = start; index < paragraphs.length; index++) {
    bytes += Buffer.byteLength(paragraphs[index]?.text ?? '')
    if (bytes > PAGE_BYTES_MAX && index > start) return index
  }
  return paragraphs.length
}

/** What a caller may not see and what is not there answer alike. */
function versionOf(visible: readonly DraftVersion[], wanted: number, field: string): DraftVersion {
  const found = visible.find(({ version }) => version === wanted)
  if (found === undefined)
    throw unusable(field, String(wanted), 'house/relation', {
      zh: '没有这一稿，或者您未就其被征求意见。',
      en: 'There is no such version, or none that you were asked about.',
    })
  return found
}

async function draftAt(
  { content }: Pick<Coordination, 'content'>,
  release: Release,
  { digest }: DraftVersion,
): Promise<DraftForm> {
  const found = await content.get(release.id, digest)
  if (found === undefined) throw notFound() // destroyed
  return unseal<DraftForm>(found.bytes)
}

const filesOnlyIn = (one: DraftForm, other: DraftForm): Attachment[] =>
  one.attachments
    .filter(
      (file) =>
        !other.attachments.some(({ digest, name }) => digest === file.digest && name === file.name),
    )
    .map((file) => ({ ...file }))
