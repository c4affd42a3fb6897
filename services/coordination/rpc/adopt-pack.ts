// Two operators adopt a policy pack of the configuration: before that no submission follows it. Those that come with the
// software need nobody's word but the release's.
import type {
  AdoptPolicyPackRequest,
  AdoptPolicyPackResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { callerLine, type Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { proposedByAnother, proposing } from '../clock/house-clock.js'
import type { Coordination } from '../coordination.js'
import { packName } from '../pack/pack.js'
import type { StoredPack } from '../store/packs.js'
import { packMessage } from './pack-message.js'
import { requestKey } from './requests.js'

const HOUSE = 'house'

export const adoptPolicyPack = (
  room: Pick<Coordination, 'clock' | 'clockKeeper' | 'houseClock' | 'packs'>,
) =>
  unary<AdoptPolicyPackRequest, AdoptPolicyPackResponse>(async (request, { caller }) => {
    const now = room.clock.now()
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const stored = room.packs.list().find(({ pack }) => packName(pack) === request.policyPack)
    if (stored === undefined)
      throw new Refusal('malformed', 'PACK_UNKNOWN', 'house/packs', {
        field: 'policy_pack',
        pack: request.policyPack.slice(0, 64),
        date: dateOf(dayOf(now)),
      })
    const { digest } = stored
    // Whoever adopts a pack has read that text, and no other of the same name.
    if (request.digest !== digest)
      throw new Refusal('malformed', 'DIGEST_MISMATCH', 'house/packs', {
        ...{ field: 'digest', given: request.digest.slice(0, 64), expected: digest },
      })
    const by = callerLine(caller)
    const proposal = { act: 'adopt-pack', digest, by } as const
    const { state } = await room.houseClock.change(HOUSE, { now, request: key }, (house) => {
      if (stored.own || house.adopted.includes(digest)) return { events: [] }
      const first = proposedByAnother(house, proposal)
      if (first === undefined) return { events: proposing(house, proposal, now) }
      const adopted = { pack: packName(stored.pack), digest, by, proposedBy: first.by, at: now }
      return { events: [{ type: 'PackAdopted', ...adopted }] }
    })
    await room.clockKeeper.refresh()
    const isAdopted = stored.own || state.adopted.includes(digest)
    return { pack: packMessage(stored, isAdopted), awaitsSecond: !isAdopted }
  })

/** The pack that a submission follows. Another instance may have heard of its adoption: then the record is read again. */
export async function packToFollow(
  { packs, clockKeeper }: Pick<Coordination, 'packs' | 'clockKeeper'>,
  asked: string,
  at: Instant,
): Promise<StoredPack> {
  const choose = (): StoredPack =>
    packs.chooseToFollow(asked, dateOf(dayOf(at)), clockKeeper.hasAdopted)
  try {
    return choose()
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'PACK_NOT_ADOPTED') throw error
    await clockKeeper.refresh()
    return choose()
  }
}
