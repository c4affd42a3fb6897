// Breaches on record and their referral (协调 art. 8): facts and agencies; the consequence is named by a person.
import type {
  BreachRecord,
  ListBreachesRequest,
  ListBreachesResponse,
  ReferBreachRequest,
  ReferBreachResponse,
} from '../../../gen/huiqian/coordination/v1/organising.js'
import { Role, type DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import type { Permit } from '../../../shared/authorisation/permit.js'
import { callerLine } from '../../../shared/identity/identity.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { creditCodeField, pageSize, uuidField } from '../../../shared/rpc/fields.js'
import { unary, type CallContext } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { referBreach as refer, type Addressee } from '../breach/refer.js'
import { breachedPublications } from '../breach/referral.js'
import type { Coordination } from '../coordination.js'
import { seal, unseal, type WordsForm } from '../draft/canonical-forms.js'
import type { Release } from '../release/state.js'
import { organised } from './organising-calls.js'
import { agencyOf, onRelease, ownAgencies, ownAgency } from './relation.js'
import { publicationMessage } from './release-message.js'
import { requestKey, wordsField } from './requests.js'

export type Directory = () => Calls<typeof DirectoryServiceClient.service>

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
