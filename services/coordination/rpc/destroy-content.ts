// Destroys what a withdrawn release said: the keys of its content in the commit of the event; its letters and the files that
// no other release names by a duty. Nothing is decrypted for it, and nothing can be afterwards.
import type {
  DestroyContentRequest,
  DestroyContentResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Coordination } from '../coordination.js'
import { destroyContent as destroy } from '../release/conclude.js'
import { onRelease } from './relation.js'
import { releaseMessage } from './release-message.js'
import { requestKey } from './requests.js'

export const destroyContent = (room: Coordination) =>
  unary<DestroyContentRequest, DestroyContentResponse>(async (request, context) => {
    const { caller, admittedAt } = context
    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const { state: before } = await room.releases.read(releaseId)
    onRelease(context, before)
    const lettersWaiting = await room.destructions.lettersWaiting(releaseId)
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: requestKey(caller, requestId, command) },
      (release) => {
        const events = onRelease(context, release).lets(() =>
          destroy(release, { now: admittedAt, lettersWaiting }),
        )
        if (events.length === 0) return { events }
        return {
          events,
          statements: [
            ...room.content.destroy(releaseId, admittedAt),
            room.destructions.dropTitles({ release_id: releaseId }),
            room.destructions.queue({ release_id: releaseId, since: admittedAt }),
          ],
        }
      },
    )
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })
