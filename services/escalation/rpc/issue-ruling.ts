// IssueRuling (处理意见): the coordinator rules on the text that it read. Its number comes from the caller,
// or from its counter in the same commit.
import type {
  IssueRulingRequest,
  IssueRulingResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { putSignedAct } from '../../../shared/acts/kept-act.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { missing } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { digestField } from '../../../shared/rpc/usual-fields.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { seal, unseal, type DisputeForm } from '../forms/forms.js'
import { evolve } from '../dispute/evolve.js'
import { issueRuling as decide } from '../dispute/rule.js'
import type { Dispute } from '../dispute/state.js'
import type { Escalation } from '../escalation.js'
import { rulingNumber } from '../numbers.js'
import { commandOf, putWords } from './commands.js'
import { disputeMessage } from './dispute-message.js'
import { onDispute } from './relation.js'
import { mustStand } from './request-co-review.js'
import { ruledOf } from './ruled.js'

export const issueRuling = (room: Escalation) =>
  unary<IssueRulingRequest, IssueRulingResponse>(async (request, context) => {
    const { caller } = context
    const { disputeId, key } = commandOf(request, context)
    if (request.ruling === undefined) throw missing('ruling')
    const readDigest = digestField(request.draftDigest, 'draft_digest')
    const ruled = ruledOf(request.ruling)
    const { state: before } = await room.disputes.read(disputeId)
    onDispute(context, before)
    const changed = ruled.textOf((await fileOf(room, before)).draft.attachments)
    const sealed = seal({ ...ruled.form, dispute: disputeId, draft: readDigest, changed })
    const now = room.clock.now()
    for (const [index, { agency }] of ruled.form.dissents.entries())
      mustStand(room, agency, `ruling.dissents[${index}].agency`, now)
    const signature = await room.acts.check(request.signed, {
      ...{ act: 'IssueRuling', agency: caller.kind === 'agency' ? caller.agency : '' },
      ...{ requestId: request.requestId, admittedAt: context.admittedAt },
      subject: {
        ...{ dispute_id: disputeId, draft_digest: readDigest, ruling_digest: sealed.digest },
      },
    })
    const { kinds, agencies } = room
    const year = Number(dateOf(dayOf(now)).slice(0, 4))
    const counter = `${before.coordinator}/${year}`
    let answer: { state: Dispute; version: number } | undefined
    const loads = [
      { kind: kinds.dispute.name, id: disputeId },
      { kind: kinds.numbers.name, id: counter },
    ]
    const together = await room.dossier.changeTogether(loads, { now, request: key }, (several) => {
      const { state, version } = several.state(kinds.dispute, disputeId)
      const permit = onDispute(context, state)
      const held = signature.take() // they know the case: the permit is theirs
      const number = several.state(kinds.numbers, counter).state.last + 1
      const allotted = ruled.documentNumber === ''
      const prefix = agencies.get(state.coordinator)?.documentPrefix ?? ''
      const events = permit.lets(() =>
        decide(state, {
          rulingId: room.mint.id(now),
          ...{ disposition: ruled.disposition, readDigest, rulingDigest: sealed.digest, now },
          changedDigest:
            ruled.disposition === 'release_with_changes'
              ? seal({ form: 'huiqian-draft-1', ...changed }).digest
              : '',
          documentNumber: allotted
            ? rulingNumber(prefix || agencies.name(state.coordinator), year, number)
            : ruled.documentNumber,
          numberFrom: allotted ? 'allotted' : 'agency',
          dissenting: ruled.form.dissents.map(({ agency }) => agency),
          ruledBy: callerLine(caller),
          signed: held?.by,
          name: agencies.name,
        }),
      )
      answer = { state: events.reduce(evolve, state), version: version + events.length }
      const statements = [
        putWords(room, state, { part: 'ruling', sealed }),
        putSignedAct(room.content, state.releaseId, held),
      ]
      const numbered = [{ type: 'DocumentNumberAllotted', number, disputeId }]
      return {
        parts: [
          { kind: kinds.dispute.name, id: disputeId, events, statements },
          ...(allotted ? [{ kind: kinds.numbers.name, id: counter, events: numbered }] : []),
        ],
      }
    })
    if (together.replayed !== undefined) {
      const { version } = together.replayed
      answer = { state: await room.disputes.readAt(disputeId, version), version }
    }
    if (answer === undefined) throw new Error('a change was committed without being decided')
    return { dispute: await disputeMessage(room, caller, answer, 'basic') }
  })

async function fileOf(
  { content }: Pick<Escalation, 'content'>,
  { releaseId, fileDigest }: Dispute,
): Promise<DisputeForm> {
  const found = await content.get(releaseId, fileDigest)
  if (found === undefined) throw new Error('the file of a dispute is not in the content store')
  return unseal<DisputeForm>(found.bytes)
}
