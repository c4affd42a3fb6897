// Withdraws at delivery the letters of consultations that have ended, until delivery has done it: one
// that arrived is marked in its mailbox, one that waits for a mailbox never enters it as a live letter.
import type { LetterServiceClient } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Duty } from '../../../shared/duties/duties.js'
import { CallFailed } from '../../../shared/rpc/call-failed.js'
import type { Calls } from '../../../shared/rpc/client.js'
import type { Coordination } from '../coordination.js'
import type { WithdrawalRow } from '../store/withdrawals.js'

const BATCH_MAX = 50
// Longer than a call lasts: another instance may still be posting what this one found gone from the queue.
const STILL_POSTING_MS = 120_000

type Means = Pick<Coordination, 'dossier' | 'withdrawals' | 'clock'>
type Delivery = Pick<Calls<typeof LetterServiceClient.service>, 'withdrawLetter'>

export const withdrawLetters = (
  { dossier, withdrawals, clock }: Means,
  delivery: () => Delivery,
): Duty => ({
  name: 'withdraw-letters',
  nextAt: () => withdrawals.earliest(),
  async round() {
    const now = clock.now()
    const rows = await withdrawals.due(now, BATCH_MAX)
    if (rows.length === 0) return 0
    const answers = await Promise.all(
      rows.map(async (row) => ({ row, knows: await withdrawn(delivery(), row) })),
    )
    const statements = answers.map(({ row: { letter_id, queued_at }, knows }) => {
      const askAgainAt = queued_at + STILL_POSTING_MS
      return knows || now >= askAgainAt // it never left, then
        ? withdrawals.drop({ letter_id })
        : withdrawals.postpone({ letter_id, not_before: askAgainAt })
    })
    await dossier.changeTogether([], { now }, () => ({ parts: [], statements }))
    return rows.length
  },
})

/** Whether delivery knows the letter; then it is withdrawn, now or before. */
async function withdrawn(delivery: Delivery, { letter_id }: WithdrawalRow): Promise<boolean> {
  try {
    await delivery.withdrawLetter({ letterId: letter_id, requestId: `withdraw-${letter_id}` })
    return true
  } catch (error) {
    if (error instanceof CallFailed && error.status === 'NOT_FOUND') return false
    throw error
  }
}
