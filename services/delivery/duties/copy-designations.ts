// Keeps delivery's copy of where agencies receive letters: an agency that was announced is read again.
// A directory that is down delays this; the copy stays behind, and the duty finds it by that.
import { DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Channel } from '../../../shared/rpc/peers.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import type { Delivery } from '../delivery.js'
import type { Designation } from '../mailbox/mailbox.js'

const BATCH_MAX = 64
const DUE = 0 // whatever is behind is due at once

export type AskAgency = (
  agency: string,
) => Promise<{ readonly version: number; readonly designation: Designation | undefined }>

export const copyDesignations = (
  { database, designations }: Pick<Delivery, 'database' | 'designations'>,
  askAgency: AskAgency,
): Duty => ({
  name: 'copy-designations',
  nextAt: async () => ((await designations.behind(1)).length > 0 ? DUE : undefined),
  async round() {
    const behind = await designations.behind(BATCH_MAX)
    const asked = await Promise.allSettled(
      behind.map(async (agency) => {
        const { version, designation } = await askAgency(agency)
        return designations.held(agency, version, designation)
      }),
    )
    const statements = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const failed = asked.find((each) => each.status === 'rejected')
    if (failed && statements.length === 0) throw failed.reason // what could be read is kept first
    const changed = await database.write((transaction) => transaction.run(statements))
    return changed.reduce((sum, rows) => sum + rows, 0)
  },
})

/** Asks the directory, at the address that is known at the first question. */
export function askDirectory(channel: () => Channel): AskAgency & { close(): void } {
  const client = () => {
    const { address, certificates } = channel()
    return connect(DirectoryServiceClient, address, certificates)
  }
  let directory: ReturnType<typeof client> | undefined
  const ask: AskAgency = async (creditCode) => {
    directory ??= client()
    const { agency } = await directory.getAgency({ creditCode })
    if (agency === undefined) throw new Error('the directory answered without an agency')
    const { mailbox, version } = agency
    const designatedAt = mailbox?.designatedAt && instantOf(mailbox.designatedAt)
    const designation =
      mailbox === undefined || designatedAt === undefined
        ? undefined
        : { address: mailbox.address, designatedAt }
    return { version, designation }
  }
  return Object.assign(ask, { close: () => directory?.close() })
}
