// The first start of a new, empty directory: the sample agencies of a prefecture are imported through
// the directory's own door, so that the house can be tried at once. Never touches one that has any.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agency, DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import type { Instant } from '../../shared/identity/identity.js'
import { askAgain } from '../../shared/rpc/ask-again.js'
import { connect } from '../../shared/rpc/client.js'
import type { Channel } from '../../shared/rpc/peers.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'

const SAMPLE = new URL('../directory/sample/qingyuan.json', import.meta.url)

/**
 * Fills an empty directory with the sample. Gives how many agencies were registered. Mailboxes are as
 * designated in the sample, or as from an earlier instant for a house that lives in an earlier year.
 */
export async function importSample(
  { address, certificates }: Channel,
  designatedAt?: Instant,
): Promise<number> {
  const directory = connect(DirectoryServiceClient, address, certificates)
  try {
    const { agencies: some } = await directory.listAgencies({
      ...{ region: '', level: 0, role: 0, nameContains: '', pageSize: 1, pageToken: '' },
    })
    if (some.length > 0) return 0
    const text = readFileSync(SAMPLE, 'utf8')
    const agencies = (JSON.parse(text) as unknown[])
      .map((one) => Agency.fromJSON(one))
      .map(({ mailbox, ...agency }) => ({
        ...agency,
        mailbox:
          mailbox && designatedAt !== undefined
            ? { ...mailbox, designatedAt: timestampOf(designatedAt) }
            : mailbox,
      }))
    // The same request whenever this is tried again: two at once import once.
    const requestId = `sample-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
    const request = { requestId, agencies, preview: false }
    const { registered } = await askAgain(() => directory.importAgencies(request))
    return registered.length
  } finally {
    directory.close()
  }
}
