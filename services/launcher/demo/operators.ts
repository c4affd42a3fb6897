// The operators of the house in the story: they look after the calendar, two of them for each notice.
import {
  ClockServiceClient,
  type MovedDeadline,
  type Recomputation,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import {
  CalendarServiceClient,
  type ImportNoticeResponse,
  type Instrument,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { ReleaseServiceClient } from '../../../gen/huiqian/coordination/v1/release.js'
import type { Instant, Mint } from '../../../shared/identity/identity.js'
import { askAgain } from '../../../shared/rpc/ask-again.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Channel } from '../../../shared/rpc/peers.js'

export type Operator = ReturnType<typeof operator>

/** An operator by name. */
export function operator({ address, certificates }: Channel, now: () => Instant, mint: Mint) {
  const calendar = connect(CalendarServiceClient, address, certificates)
  const clocks = connect(ClockServiceClient, address, certificates)
  const releases = connect(ReleaseServiceClient, address, certificates)
  const fresh = (): string => mint.id(now())
  return {
    /** Every open deadline that a notice would move. */
    async previews(instrument: Instrument): Promise<MovedDeadline[]> {
      const request = { instrument, pageSize: 1_000, pageToken: '' }
      return (await clocks.previewRecomputation(request)).moved
    },
    /** Proposes a notice, or confirms what another has proposed. */
    imports(instrument: Instrument): Promise<ImportNoticeResponse> {
      const request = { requestId: fresh(), instrument, confirm: true }
      return askAgain(() => calendar.importNotice(request))
    },
    async recomputations(): Promise<Recomputation[]> {
      return (await clocks.listRecomputations({})).recomputations
    },
    /** Proposes to follow the pack that stands as the default, or confirms what another has proposed. */
    async adoptsDefaultPack(): Promise<void> {
      const { packs, defaultPack } = await releases.listPolicyPacks({})
      const pack = packs.find(({ packId, version }) => `${packId}@${version}` === defaultPack)
      if (pack === undefined || pack.adopted) return
      const request = { requestId: fresh(), policyPack: defaultPack, digest: pack.digest }
      await askAgain(() => releases.adoptPolicyPack(request))
    },
    close(): void {
      for (const client of [calendar, clocks, releases]) client.close()
    },
  }
}
