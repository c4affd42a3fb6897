// Reading releases: one, a list, its gates, and as it grows. A reading of the draft goes on record.
import type {
  ExplainClearanceRequest,
  ExplainClearanceResponse,
  GetReleaseRequest,
  GetReleaseResponse,
  ListReleasesRequest,
  ListReleasesResponse,
  WatchReleaseRequest,
  WatchReleaseResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { ReleaseView } from '../../../gen/huiqian/coordination/v1/release.js'
import { ReleaseState } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { enumField, pageSize, uuidField } from '../../../shared/rpc/fields.js'
import { serverStream, unary } from '../../../shared/rpc/rpc.js'
import type { Coordination } from '../coordination.js'
import { allOpen, gatesOf } from '../release/gates.js'
import { RELEASE_STATES, wordOf } from './enums.js'
import { gateMessages } from './gate-message.js'
import { approvingOrgans } from './gate-parts.js'
import { onRelease, ownAgencies, ownAgency } from './relation.js'
import { headOf, releaseMessage } from './release-message.js'

export const getRelease = (room: Coordination) =>
  unary<GetReleaseRequest, GetReleaseResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const view = enumField(request.view, 'view', ReleaseView, { optional: true })
    const { state, version } = await room.releases.read(releaseId)
    onRelease(context, state)
    const full = view === ReleaseView.FULL
    if (full)
      await room.readings.change(releaseId, { now: admittedAt }, () => [
        {
          type: 'DraftRead',
          reader: callerLine(caller),
          version: state.version,
          readAt: admittedAt,
          where: 'release',
        },
      ])
    return { release: await releaseMessage(room, caller, state, version, full) }
  })

export const listReleases = (room: Coordination) =>
  unary<ListReleasesRequest, ListReleasesResponse>(async (request, context) => {
    const agency = ownAgency(context)
    const state = enumField(request.state, 'state', ReleaseState, { optional: true })
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const scope = `ListReleases/${agency}/${state}`
    const from = room.pageTokens.decode(scope, request.pageToken)
    const status = state === ReleaseState.UNSPECIFIED ? undefined : wordOf(RELEASE_STATES, state)
    const rows = await room.releasesOf({
      ...{ agencies: ownAgencies(context), status, from },
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      releases: await Promise.all(
        page.map(async ({ release_id }) => {
          const { state: release, version } = await room.releases.read(release_id)
          return headOf(release, version)
        }),
      ),
      nextPageToken:
        last === undefined
          ? ''
          : room.pageTokens.encode(scope, [last.submitted_at, last.release_id]),
    }
  })

export const explainClearance = (room: Coordination) =>
  unary<ExplainClearanceRequest, ExplainClearanceResponse>(async (request, context) => {
    const { state } = await room.releases.read(uuidField(request.releaseId, 'release_id'))
    onRelease(context, state)
    const pack = room.packs.byName(state.pack)
    const gates = gatesOf(state, pack)
    const cleared = state.cleared !== undefined && allOpen(gates) && state.withdrawn === undefined
    return {
      cleared,
      gates: gateMessages(room, state, pack, gates, await approvingOrgans(room, state)),
      clearedDigest: cleared ? (state.cleared?.digest ?? '') : '',
    }
  })

export const watchRelease = (room: Coordination) =>
  serverStream<WatchReleaseRequest, WatchReleaseResponse>(
    async function* (request, context) {
      const { caller, signal } = context

      const releaseId = uuidField(request.releaseId, 'release_id')
      let seen = request.afterVersion
      const wake = room.wakes.on(releaseId, signal)
      while (!signal.aborted) {
        const { state, version } = await room.releases.read(releaseId)
        onRelease(context, state)
        if (version > seen) {
          seen = version
          yield { release: await releaseMessage(room, caller, state, version) }
        } else await wake()
      }
    },
    { cursorOf: ({ release }) => String(release?.dossierVersion ?? 0) },
  )
