// The operators at work: the system's import agencies and notices and confirm the clock; the security's revoke.
import {
  ClockServiceClient,
  type GetClockResponse,
} from '../../gen/huiqian/coordination/v1/consultation.js'
import { ReleaseServiceClient } from '../../gen/huiqian/coordination/v1/release.js'
import { CalendarServiceClient, type Instrument } from '../../gen/huiqian/directory/v1/calendar.js'
import {
  DirectoryServiceClient,
  type Agency,
  type ListAgenciesResponse,
} from '../../gen/huiqian/directory/v1/directory.js'
import type { Subject } from '../../services/launcher/certificates.js'
import type { ServiceName } from '../../services/launcher/services.js'
import { connect } from '../../shared/rpc/client.js'
import type { DeskContext } from './agency-desk.js'

const ADMIN = { kind: 'operator', name: 'admin' } as const
const SECOND = { kind: 'operator', name: 'second' } as const
const SECURITY = { kind: 'security', name: 'first' } as const
const SECOND_SECURITY = { kind: 'security', name: 'second' } as const

export type OperatorDesk = ReturnType<typeof operatorDesk>

export function operatorDesk({ premises, onClose }: DeskContext) {
  let requests = 0
  const requestId = (): string => `operator-${++requests}`
  /** Calls of a service as somebody; the connection is made at the first. */
  const callsAs = <G extends Parameters<typeof connect>[0]>(
    generated: G,
    service: ServiceName,
    who: Subject,
  ) =>
    once(async () => {
      const certificates = await premises.certificateOf(who)
      const calls = connect<G['service']>(generated, premises.addressOf(service), certificates)
      onClose(calls.close)
      return calls
    })
  const directory = callsAs(DirectoryServiceClient, 'directory', ADMIN)
  const security = [
    callsAs(DirectoryServiceClient, 'directory', SECURITY),
    callsAs(DirectoryServiceClient, 'directory', SECOND_SECURITY),
  ] as const
  const calendar = callsAs(CalendarServiceClient, 'directory', ADMIN)
  const secondCalendar = callsAs(CalendarServiceClient, 'directory', SECOND)
  const clocks = callsAs(ClockServiceClient, 'coordination', ADMIN)
  const secondClocks = callsAs(ClockServiceClient, 'coordination', SECOND)
  const packsOf = [
    callsAs(ReleaseServiceClient, 'coordination', ADMIN),
    callsAs(ReleaseServiceClient, 'coordination', SECOND),
  ] as const
  /** What both operators do about policy packs. */
  const packs = async () => [await packsOf[0](), await packsOf[1]()] as const
  return {
    directory,
    calendar,
    clocks,
    secondClocks,
    async imports(agencies: Agency[]): Promise<void> {
      const calls = await directory()
      await calls.importAgencies({ requestId: requestId(), agencies, preview: false })
    },
    async listsAgencies(): Promise<ListAgenciesResponse> {
      return (await directory()).listAgencies({
        ...{ region: '', level: 0, role: 0, nameContains: '', pageSize: 1_000, pageToken: '' },
      })
    },
    /** Changes an agency's record as it stands. */
    async changes(creditCode: string, change: (agency: Agency) => Agency): Promise<void> {
      const calls = await directory()
      const { agency } = await calls.getAgency({ creditCode })
      if (agency === undefined) throw new Error(`no agency ${creditCode}`)
      await calls.updateAgency({ requestId: requestId(), agency: change(agency) })
    },
    secondCalendar,
    /** The two security operators: what they decide on needs both. */
    security,
    /** Proposed by one operator, confirmed by a second. */
    async importsNotice(instrument: Instrument): Promise<void> {
      for (const calls of [await calendar(), await secondCalendar()])
        await calls.importNotice({ requestId: requestId(), instrument, confirm: true })
    },
    packs,
    /** Lets submissions follow every pack of the configuration, by both operators. */
    async adoptsPacks(): Promise<void> {
      for (const calls of await packs()) {
        const { packs } = await calls.listPolicyPacks({})
        for (const { packId, version, digest, adopted } of packs)
          if (!adopted)
            await calls.adoptPolicyPack({
              ...{ requestId: requestId(), policyPack: `${packId}@${version}`, digest },
            })
      }
    },
    async clock(): Promise<GetClockResponse> {
      return (await clocks()).getClock({})
    },
    async confirmsClock(reason: string): Promise<string[]> {
      const proposed = await (await clocks()).confirmClock({ requestId: requestId(), reason })
      if (!proposed.awaitsSecond) throw new Error('one operator alone confirmed the clock')
      const confirming = await secondClocks()
      return (await confirming.confirmClock({ requestId: requestId(), reason })).cleared
    },
    async revokes(fingerprint: string, reason: string): Promise<void> {
      for (const calls of security)
        await (await calls()).revokeCredential({ requestId: requestId(), fingerprint, reason })
    },
  }
}

/** Made once, at the first use. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
