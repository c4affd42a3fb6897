// A ruling as the contract has it: its grounds for everybody with a part, its text in the full view.
import type { Ruling as Message } from '../../../gen/huiqian/escalation/v1/escalation.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Form, RulingForm } from '../forms/forms.js'
import type { Dispute } from '../dispute/state.js'
import { DISPOSITIONS } from './enums.js'

export async function rulingMessage(
  { ruling }: Dispute,
  words: <F extends Form>(digest: string | undefined) => Promise<F | undefined>,
  shown: string,
  signedAct: Buffer,
): Promise<Message | undefined> {
  if (ruling === undefined) return undefined
  const form = await words<RulingForm>(ruling.digest)
  const changed = shown === 'full' ? form?.changed : undefined
  return {
    rulingId: ruling.id,
    documentNumber: ruling.documentNumber,
    disposition: DISPOSITIONS[ruling.disposition],
    grounds: form?.grounds ?? '',
    legalBasis: form?.legalBasis ?? '',
    dissents: form?.dissents.map((one) => ({ ...one })) ?? [],
    title: changed?.title ?? '',
    text: changed?.text ?? '',
    attachments: changed?.attachments.map((one) => ({ ...one })) ?? [],
    draftDigest: ruling.draftDigest,
    signatory: form?.signatory ?? '',
    ruledAt: timestampOf(ruling.ruledAt),
    signedAct,
  }
}
