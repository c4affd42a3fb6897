// The calls that open the gates beside consultation: a co-producer confirms (协调 art. 5), an approval comes
// on record (art. 7), a declaration is answered (art. 6 para 1).
import type { Confirmation as ConfirmationMessage } from '../../../gen/huiqian/coordination/v1/gates.js'
import type {
  AnswerDeclarationRequest,
  AnswerDeclarationResponse,
  ConfirmJointReleaseRequest,
  ConfirmJointReleaseResponse,
  RecordApprovalRequest,
  RecordApprovalResponse,
} from '../../../gen/huiqian/coordination/v1/gate_calls.js'
import { putSignedAct } from '../../../shared/acts/kept-act.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { missing, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { recordApproval as approve } from '../approval/record-approval.js'
import type { Coordination } from '../coordination.js'
import { answerDeclaration as answer } from '../declaration/declare.js'
import { seal, unseal, type JudgementForm, type WordsForm } from '../draft/canonical-forms.js'
import { confirmJointRelease as confirm } from '../joint/confirm.js'
import { mustBeSigned } from '../pack/pack.js'
import { confirmationMessage } from './gate-parts.js'
import { changeWithLetters } from './letters-of-change.js'
import { approvalNeedsOf, dateField, organDigest } from './particulars-of.js'
import { agencyIfAny, agencyOf, notFound, onRelease, onConfirmation } from './relation.js'
import { releaseMessage } from './release-message.js'
import { digestField, lineField, requestKey, wordsField } from './requests.js'

export const confirmJointRelease = (room: Coordination) =>
  unary<ConfirmJointReleaseRequest, ConfirmJointReleaseResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const confirmationId = uuidField(request.confirmationId, 'confirmation_id')
    const draftDigest = digestField(request.draftDigest, 'draft_digest')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const reasons = wordsField(request.reasons, 'reasons')
    const signatory = lineField(request.signatory, 'signatory')
    const sealed = seal({
      form: 'huiqian-words-1',
      about: `confirmation:${confirmationId}`,
      words: [reasons, signatory],
    })
    const releaseId = await room.gateQuestions.releaseOfConfirmation(confirmationId)
    if (releaseId === undefined) throw notFound()
    const now = room.clock.now()
    const signature = await room.acts.check(request.signed, {
      ...{ act: 'ConfirmJointRelease', agency: agencyIfAny(caller), requestId, admittedAt },
      subject: {
        ...{ confirmation_id: confirmationId, draft_digest: draftDigest },
        ...{ accurate: request.accurate, answer_digest: sealed.digest },
      },
    })
    const changed = await room.releases.change(releaseId, { now, request: key }, (release) => {
      const permit = onConfirmation(context, release, confirmationId)
      const held = signature.take() // they know the case: the permit is theirs
      const pack = room.packs.byName(release.pack)
      mustBeSigned(pack, 'confirmation', held !== undefined)
      const events = permit.lets(() =>
        confirm(release, pack, {
          ...{ confirmationId, draftDigest, now },
          hasReasons: reasons.trim() !== '',
          answer: {
            accurate: request.accurate,
            digest: sealed.digest,
            at: admittedAt,
            by: callerLine(caller),
            ...(held && { signed: held.by }),
          },
        }),
      )
      const content = { release: releaseId, part: 'confirmation', ...sealed }
      return {
        events,
        statements: [room.content.put(content), putSignedAct(room.content, releaseId, held)],
      }
    })
    const { thing: confirmation } = onConfirmation(context, changed.state, confirmationId)
    const message: ConfirmationMessage = await confirmationMessage(
      room,
      changed.state,
      confirmation,
    )
    return { confirmation: message }
  })

export const recordApproval = (room: Coordination) =>
  unary<RecordApprovalRequest, RecordApprovalResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, approval, draftDigest: about } = request
    const key = requestKey(caller, requestId, { releaseId, approval, about })
    if (approval === undefined) throw missing('approval')
    const draftDigest = digestField(about, 'draft_digest')
    const organ = lineField(approval.organ, 'approval.organ', true)
    const number = lineField(approval.documentNumber, 'approval.document_number', true)
    const scope = wordsField(approval.scope, 'approval.scope', true)
    const approvedOn = dateField(approval.approvedOn, 'approval.approved_on')
    if (approvedOn === '') throw missing('approval.approved_on')
    const copyDigest = digestField(approval.copyDigest, 'approval.copy_digest')
    const { state: before } = await room.releases.read(releaseId)
    onRelease(context, before)
    const uploader = agencyOf(caller)
    await room.uploads.complete(uploader, [copyDigest], () => 'approval.copy_digest')
    const sealed = seal({
      form: 'huiqian-words-1',
      about: 'approval',
      words: [organ, number, scope],
    })
    const { approvalsDigest } = before.particulars
    const found = await room.content.get(releaseId, approvalsDigest ?? '')
    const needs = found === undefined ? [] : approvalNeedsOf(unseal<WordsForm>(found.bytes).words)
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: key },
      (release) => {
        const permit = onRelease(context, release)
        const events = permit.lets(() =>
          approve(release, room.packs.byName(release.pack), {
            approvalId: room.mint.id(admittedAt),
            organDigest: organDigest(organ),
            ...{ approvedOn, draftDigest, copy: { digest: copyDigest, uploader } },
            wordsDigest: sealed.digest,
            recordedBy: callerLine(caller),
            now: admittedAt,
            today: dateOf(dayOf(admittedAt)),
            declared: needs.map((need) => need.organ),
          }),
        )
        const content = { release: releaseId, part: 'approval', ...sealed }
        return {
          events,
          statements: [
            room.content.put(content),
            room.uploads.bind({ digest: copyDigest, uploader, release: releaseId }),
          ],
        }
      },
    )
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

export const answerDeclaration = (room: Coordination) =>
  unary<AnswerDeclarationRequest, AnswerDeclarationResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const declarationId = uuidField(request.declarationId, 'declaration_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const reason = wordsField(request.reason, 'reason', true)
    const { state: before } = await room.releases.read(releaseId)
    onRelease(context, before)
    const sealed = seal({
      form: 'huiqian-words-1',
      about: `declaration:${declarationId}`,
      words: [reason],
    })
    const declared = before.declarations.find(({ id }) => id === declarationId)
    const found = await room.content.get(releaseId, before.judgementDigest)
    if (found === undefined) throw new Error('the judgement is not in the content store')
    const judgement = unseal<JudgementForm>(found.bytes)
    const trigger = 'may_affect_work'
    const judged = seal({
      ...judgement,
      affected: [...judgement.affected, { agency: declared?.agency ?? '', trigger, reason }],
    })
    const pack = room.packs.byName(before.pack)
    const put = (part: string, content: typeof sealed) =>
      room.content.put({ release: releaseId, part, ...content })
    const changed = await changeWithLetters(room, {
      ...{ releaseId, key, pack, now: admittedAt, agency: agencyOf(caller), askedNumber: '' },
      statements: [
        put('declaration-answer', sealed),
        ...(request.consult ? [put('judgement', judged)] : []),
      ],
      decide: (release, letters) => {
        // The judgement was read before: a revision since would be lost in it.
        if (request.consult && release.judgementDigest !== before.judgementDigest)
          throw new Refusal('overtaken', 'OVERTAKEN', 'house/concurrency')
        return onRelease(context, release).lets(() =>
          answer(release, pack, {
            ...{ declarationId, letters, now: admittedAt },
            consult: request.consult,
            answerDigest: sealed.digest,
            judgementDigest: judged.digest,
            agency: room.agencies.get,
            dateOf: (at) => dateOf(dayOf(at)),
          }),
        )
      },
    })
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })
