// Certificates of agencies that lie ready while a house with a development authority stands: one for
// each agency that can receive letters, so that anybody's part can be played at once. Looked for at
// the start, and again after each call that changed the directory.
import {
  DirectoryServiceClient,
  Role,
  type Agency,
} from '../../gen/huiqian/directory/v1/directory.js'
import { connect } from '../../shared/rpc/client.js'
import type { CallReport } from '../../shared/rpc/server.js'
import type { Channel } from '../../shared/rpc/peers.js'
import type { HouseCertificates } from './certificates.js'

const READY_MAX = 500 // a register in earnest has its own authority
const CHANGES = /^huiqian\.directory\.v1\.DirectoryService\/(Import|Register|Update)Agenc(y|ies)$/

export type Played = { readonly code: string; readonly name: string }

export type ReadyAgencies = {
  /** Makes what is missing; gives two agencies to try with: who leads disclosure, and another. */
  look(): Promise<readonly Played[]>
  /** A call was answered: where it changed agencies, looks again. */
  heard(report: Pick<CallReport, 'method' | 'status'>): void
  /** When nothing is looked for any more. */
  stop(): Promise<void>
}

/** Keeps them ready; `operator` calls the directory of this house. */
export function readyAgencies(
  { address, certificates }: Channel,
  house: HouseCertificates,
  onError: (error: unknown) => void,
): ReadyAgencies {
  const directory = connect(DirectoryServiceClient, address, certificates)
  let looking: Promise<unknown> = Promise.resolve()
  let stopped = false

  const make = async (): Promise<readonly Played[]> => {
    const { agencies } = await directory.listAgencies({
      ...{ region: '', level: 0, role: 0, nameContains: '', pageSize: READY_MAX, pageToken: '' },
    })
    const ready = agencies.filter(({ mailbox }) => mailbox !== undefined)
    for (const { creditCode: code } of ready) await house.of({ kind: 'agency', code })
    return twoOf(ready).map(({ creditCode: code, name }) => ({ code, name }))
  }
  const look = (): Promise<readonly Played[]> => {
    const mine = looking.then(make)
    looking = mine.catch(() => undefined) // its caller is told
    return mine
  }
  return {
    look,
    heard({ method, status }) {
      if (!stopped && status === 'OK' && CHANGES.test(method)) look().catch(onError)
    },
    async stop() {
      stopped = true
      await looking
      directory.close()
    },
  }
}

/** Who leads disclosure somewhere and a neighbour of it; in another directory, any two. */
function twoOf(ready: readonly Agency[]): readonly Agency[] {
  const leads = ready.find(
    ({ roles, region }) => roles.includes(Role.COMPETENT_AUTHORITY) && !region.endsWith('0000'),
  )
  const neighbour = ready.find(
    ({ region, roles, superior }) =>
      region === leads?.region && roles.length === 0 && superior === leads.superior,
  )
  return leads !== undefined && neighbour !== undefined ? [leads, neighbour] : ready.slice(0, 2)
}
