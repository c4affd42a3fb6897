// Certificates of agencies that lie ready after a start with a development authority: one for each
// agency of the sample that can receive letters, so that anybody's part can be played at once.
import { DirectoryServiceClient, Role } from '../../gen/huiqian/directory/v1/directory.js'
import { connect } from '../../shared/rpc/client.js'
import type { Channel } from '../../shared/rpc/peers.js'
import type { HouseCertificates } from './certificates.js'

const READY_MAX = 500 // a register in earnest has its own authority

/** Makes what is missing; gives two agencies to try with: who leads disclosure, and another. */
export async function readyAgencies(
  { address, certificates }: Channel,
  house: HouseCertificates,
): Promise<{ readonly code: string; readonly name: string }[]> {
  const directory = connect(DirectoryServiceClient, address, certificates)
  try {
    const { agencies } = await directory.listAgencies({
      ...{ region: '', level: 0, role: 0, nameContains: '', pageSize: READY_MAX, pageToken: '' },
    })
    const samples = agencies.filter(({ sample, mailbox }) => sample && mailbox !== undefined)
    if (house.makes)
      for (const { creditCode: code } of samples) await house.of({ kind: 'agency', code })
    const leads = samples.find(
      ({ roles, region }) => roles.includes(Role.COMPETENT_AUTHORITY) && !region.endsWith('0000'),
    )
    const other = samples.find(
      ({ region, roles, superior }) =>
        region === leads?.region && roles.length === 0 && superior === leads.superior,
    )
    return [leads, other].flatMap((one) => (one ? [{ code: one.creditCode, name: one.name }] : []))
  } finally {
    directory.close()
  }
}
