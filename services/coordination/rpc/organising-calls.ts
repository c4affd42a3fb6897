// What the competent authority sees in order to organise the coordination (协调 art. 3), and breaches and
// their referral (art. 8). Ids, agencies and ages, never content.
import {
  MatterKind,
  type BreachRecord,
  type ListBreachesRequest,
  type ListBreachesResponse,
  type ListMattersRequest,
  type ListMattersResponse,
  type Matter,
  type ReferBreachRequest,
  type ReferBreachResponse,
} from '../../../gen/huiqian/coordination/v1/organising.js'
import { Role, type DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import { callerLine } from '../../../shared/identity/identity.js'
import type { Permit } from '../../../shared/authorisation/permit.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { creditCodeField, enumField, pageSize, uuidField } from '../../../shared/rpc/fields.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import { unary, type CallContext } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { referBreach as refer, type Addressee } from '../breach/refer.js'
import { breachedPublications } from '../breach/referral.js'
import type { Coordination } from '../coordination.js'
import { seal, unseal, type WordsForm } from '../draft/canonical-forms.js'
import type { Release } from '../release/state.js'
import type { MatterRow } from '../store/organising.js'
import { agencyOf, onRelease, ownAgencies, ownAgency } from './relation.js'
import { publicationMessage } from './release-message.js'
import { clockOfRelease } from './publication-clock-message.js'
import { requestKey, wordsField } from './requests.js'

export type Directory = () => Calls<typeof DirectoryServiceClient.service>

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
function organised({ agencies }: Pick<Coordination, 'agencies'>, agency: string) {
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
  }
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

export const listBreaches = (room: Coordination) =>
  unary<ListBreachesRequest, ListBreachesResponse>(async (request, context) => {
    const agency = ownAgency(context)
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const scope = `ListBreaches/${agency}`
    const from = room.pageTokens.decode(scope, request.pageToken)
    const agencies = organised(room, agency)?.map(({ code }) => code) ?? ownAgencies(context)
    const rows = await room.organising.breaches({ agencies, from, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return {
      breaches: await Promise.all(
        shown.map(async ({ release_id }) => {
          const { state } = await room.releases.read(release_id)
          return breachMessage(room, state)
        }),
      ),
      nextPageToken:
        last === undefined
          ? ''
          : room.pageTokens.encode(scope, [last.recorded_at, last.release_id]),
    }
  })

export const referBreach = (room: Coordination, directory: Directory) =>
  unary<ReferBreachRequest, ReferBreachResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const to = creditCodeField(request.to, 'to')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const consequence = wordsField(request.consequence, 'consequence', true)
    const { state: before } = await room.releases.read(releaseId)
    onBreach(room, context, before)
    const addressees = await addresseesFor(directory, before.releasingAgency)
    const sealed = seal({ form: 'huiqian-words-1', about: 'referral', words: [consequence] })
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: key },
      (release) => {
        const permit = onBreach(room, context, release)
        const referral = {
          referralId: room.mint.id<'referral'>(admittedAt),
          referredBy: agencyOf(caller),
          by: callerLine(caller),
          ...{ to, consequenceDigest: sealed.digest, referredAt: admittedAt },
        }
        const events = permit.lets(() =>
          refer(release, room.packs.byName(release.pack), referral, addressees),
        )
        const content = { release: releaseId, part: 'referral', ...sealed }
        return { events, statements: [room.content.put(content)] }
      },
    )
    return { breach: await breachMessage(room, changed.state) }
  })

/** The permit on the breaches of a release: its competent authority knows them, besides who was asked. */
function onBreach(
  room: Pick<Coordination, 'agencies'>,
  context: CallContext,
  release: Release,
): Permit {
  const codes = organised(room, agencyOf(context.caller))?.map(({ code }) => code)
  const isAuthority = codes?.includes(release.releasingAgency) === true
  return onRelease(context, release, isAuthority ? ['authority'] : [])
}

/** The supervision body of the releasing agency's level, and the organs one level above it. */
async function addresseesFor(directory: Directory, releasingAgency: string): Promise<Addressee[]> {
  const calls = directory()
  const [resolved, { agency: own }] = await Promise.all([
    calls.resolveCoordinators({ releasingAgency, parties: [], asOf: undefined }),
    calls.getAgency({ creditCode: releasingAgency }),
  ])
  const supervision = resolved.reviewBodies
    .filter(({ role, party }) => role === Role.REVIEW_BODY_SUPERVISION && !party)
    .map(({ agency }) => agency)
  const codes = [
    ...supervision,
    resolved.superiorOrgan?.agency ?? '',
    own?.superior ?? '',
    own?.localSuperior ?? '',
  ].filter((code) => code !== '' && code !== releasingAgency)
  return Promise.all(
    [...new Set(codes)].map(async (creditCode) => {
      const { agency } = await calls.getAgency({ creditCode })
      return { agency: creditCode, name: agency?.name ?? creditCode }
    }),
  )
}

async function breachMessage(room: Coordination, release: Release): Promise<BreachRecord> {
  const breached = breachedPublications(release)
  const [first] = breached
  const [publication, ...furtherPublications] = await Promise.all(
    breached.map((one) => publicationMessage(room, release, one)),
  )
  return {
    releaseId: release.id,
    releasingAgency: release.releasingAgency,
    publication,
    recordedAt: first && timestampOf(first.recordedAt),
    furtherPublications,
    referrals: await Promise.all(
      release.referrals.map(async ({ referredBy, to, consequenceDigest, referredAt }) => {
        const found = await room.content.get(release.id, consequenceDigest)
        const words = found === undefined ? [] : unseal<WordsForm>(found.bytes).words
        return { referredBy, to, consequence: words[0] ?? '', referredAt: timestampOf(referredAt) }
      }),
    ),
  }
}
