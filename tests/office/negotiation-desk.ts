// What an agency does about a disagreement: rounds, declined changes, the standing instruction, the filing.
import {
  Addressee,
  RoundKind,
  type StandingInstruction,
} from '../../gen/huiqian/coordination/v1/negotiation.js'
import type { Release } from '../../gen/huiqian/coordination/v1/coordination.js'
import type { FileDisputeRequest } from '../../gen/huiqian/coordination/v1/negotiation_calls.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import type { AgencyDesk } from './agency-desk.js'

let requests = 0
const freshRequest = (): string => `negotiation-${process.pid}-${++requests}`

type Which = Pick<Release, 'releaseId'>

export function negotiationDesk(desk: AgencyDesk, now: () => number) {
  return {
    /** A round with what each held, by name of the agency. */
    async records(
      { releaseId }: Which,
      positions: readonly (readonly [code: string, position: string])[],
      more: { kind?: RoundKind; heldAt?: number; summary?: string; requestId?: string } = {},
    ) {
      const { kind = RoundKind.MEETING, heldAt = now(), summary = '' } = more
      return (await desk.releases()).recordNegotiation({
        ...{ requestId: more.requestId ?? freshRequest(), releaseId, kind, summary },
        heldAt: timestampOf(heldAt),
        positions: positions.map(([agency, position]) => ({ agency, position })),
      })
    },
    async declines(consultationId: string, reason: string) {
      const calls = await desk.releases()
      return calls.declineChanges({ requestId: freshRequest(), consultationId, reason })
    },
    async instructs({ releaseId }: Which, to: Addressee, afterWorkingDays: number) {
      const standingInstruction: StandingInstruction = { to, afterWorkingDays, byDefault: false }
      const calls = await desk.releases()
      return calls.setStandingInstruction({
        ...{ requestId: freshRequest(), releaseId, standingInstruction },
      })
    },
    async files({ releaseId }: Which, more: Partial<FileDisputeRequest> = {}) {
      return (await desk.releases()).fileDispute({
        ...{ requestId: freshRequest(), releaseId, to: Addressee.UNSPECIFIED },
        ...{ summary: '两轮协商未达成一致意见。', mainDispute: '是否公布监测点的位置。' },
        ...{ legalBasis: '', documentNumber: '', signatory: '李四', ...more },
      })
    },
    async asksForEscalation(release: Which, reason: string) {
      const { consultationId } = await desk.consultationOn(release)
      const calls = await desk.consultations()
      return calls.requestEscalation({ requestId: freshRequest(), consultationId, reason })
    },
    async compares({ releaseId }: Which, fromVersion = 0, toVersion = 0) {
      const calls = await desk.releases()
      return calls.compareVersions({ releaseId, fromVersion, toVersion, pageToken: '' })
    },
  }
}
