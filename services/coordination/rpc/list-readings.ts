// Who read the draft of a release: for its owner, newest first.
import {
  ReadingPlace,
  type ListReadingsRequest,
  type ListReadingsResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { pageSize, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import type { ReadWhere } from '../readings.js'
import { onRelease } from './relation.js'

const PLACES: Readonly<Record<ReadWhere, ReadingPlace>> = {
  release: ReadingPlace.RELEASE,
  file: ReadingPlace.FILE,
  comparison: ReadingPlace.COMPARISON,
  letter: ReadingPlace.LETTER,
  dispute: ReadingPlace.DISPUTE,
}

export const listReadings = (room: Coordination) =>
  unary<ListReadingsRequest, ListReadingsResponse>(async (request, context) => {
    const releaseId = uuidField(request.releaseId, 'release_id')
    const { state } = await room.releases.read(releaseId)
    onRelease(context, state)
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const scope = `ListReadings/${releaseId}`
    const [before] = room.pageTokens.decode(scope, request.pageToken) ?? []
    const newest =
      before === undefined ? (await room.readings.read(releaseId)).version : Number(before) - 1
    const from = Math.max(1, newest - limit + 1)
    const events = newest < 1 ? [] : await room.readings.events(releaseId, from, newest)
    return {
      readings: events.reverse().map(({ event: { reader, readAt, version, where } }) => ({
        ...{ reader, version, readAt: timestampOf(readAt) },
        place: where === undefined ? ReadingPlace.UNSPECIFIED : PLACES[where],
      })),
      nextPageToken: from > 1 ? room.pageTokens.encode(scope, [from]) : '',
    }
  })
