// huiqian joint, approval, declaration, and what an agency that was not asked may say.
import {
  ConfirmJointReleaseResponse,
  DeclareAffectedResponse,
  ObjectToUnauthorisedReleaseResponse,
} from '../../../gen/huiqian/coordination/v1/gate_calls.js'
import { RequestEscalationResponse } from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import { NotUnderstood, REASON, REQUEST_ID, type Command } from '../command.js'
import { SIGNED, signedOf } from '../signed.js'
import type { Desk } from '../desk.js'
import { confirmationText } from '../text/particulars-text.js'
import { timeText } from '../text/times.js'
import { tellRelease, upload } from './draft.js'

const confirm: Command = {
  words: 'joint confirm',
  takes: ['<confirmation>'],
  about: {
    zh: '确认联合制作的信息准确一致，或者说明何处不准确',
    en: 'confirm a joint release, or say what is not accurate',
  },
  options: {
    accurate: { about: { zh: '准确一致', en: 'it is accurate and consistent' } },
    'not-accurate': {
      takes: '<reasons>',
      about: { zh: '何处不准确', en: 'what is not accurate' },
    },
    'draft-digest': {
      takes: '<sha256>',
      about: { zh: '所确认稿件的摘要，见沟通确认函', en: 'of the draft; it stands in the letter' },
    },
    signatory: { takes: '<name>', about: { zh: '签发人', en: 'signatory' } },
    ...SIGNED,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const reasons = asked.maybe('not-accurate')
    const accurate = asked.flag('accurate')
    if (accurate === (reasons !== undefined))
      throw new NotUnderstood({
        zh: '请给出 --accurate 或 --not-accurate，二者之一',
        en: 'give --accurate or --not-accurate, one of the two',
      })
    const request = {
      ...{ requestId: desk.requestId, confirmationId: asked.argument(0), accurate },
      draftDigest: asked.text('draft-digest'),
      reasons: reasons ?? '',
      signatory: asked.maybe('signatory') ?? '',
      signed: await signedOf(desk, asked),
    }
    const calls = await desk.consultations()
    const answer = await desk.change(() => calls.confirmJointRelease(request))
    const { confirmation } = answer
    if (confirmation === undefined) throw new Error('answered without a confirmation')
    const names = await desk.names([confirmation.agency])
    await desk.tell(ConfirmJointReleaseResponse.toJSON(answer), () =>
      confirmationText(confirmation, names, desk.language),
    )
  },
}

const record: Command = {
  words: 'approval record',
  takes: ['<release>'],
  about: { zh: '记录批准，连同批文副本', en: 'put an approval on record, with a copy of it' },
  options: {
    organ: { takes: '<name>', about: { zh: '批准机关', en: 'who approved' } },
    'document-number': { takes: '<number>', about: { zh: '批文文号', en: 'its number' } },
    'approved-on': { takes: '<date>', about: { zh: '批准日期', en: 'its date' } },
    scope: { takes: '<text>', about: { zh: '批准范围', en: 'what it covers' } },
    copy: { takes: '<file>', about: { zh: '批文副本', en: 'the copy' } },
    'draft-digest': {
      takes: '<sha256>',
      about: { zh: '所批准稿件的摘要', en: 'of the draft that is approved' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const draftDigest = asked.text('draft-digest')
    const approval = {
      organ: asked.text('organ'),
      documentNumber: asked.text('document-number'),
      approvedOn: asked.text('approved-on'),
      scope: asked.text('scope'),
      copyDigest: (await upload(desk, asked.text('copy'))).digest,
      ...{ approvalId: '', version: 0 },
    }
    const { requestId } = desk
    const request = { requestId, releaseId: asked.argument(0), approval, draftDigest }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.recordApproval(request))
    await tellRelease(desk, release)
  },
}

const answerDeclaration: Command = {
  words: 'declaration answer',
  takes: ['<release>', '<declaration>'],
  about: {
    zh: '答复声明涉及本机关的机关：征求其意见，或者说明为何不征求',
    en: 'answer an agency that says it is affected too',
  },
  options: {
    answer: {
      takes: 'consult|decline',
      about: { zh: '征求其意见，或者不征求', en: 'consult it, or not' },
    },
    ...REASON,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      ...{ requestId: desk.requestId, releaseId: asked.argument(0) },
      declarationId: asked.argument(1),
      consult: asked.oneOf('answer', { consult: true, decline: false }),
      reason: asked.text('reason'),
    }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.answerDeclaration(request))
    await tellRelease(desk, release)
  },
}

const declareAffected: Command = {
  words: 'consultation declare-affected',
  takes: ['<release>'],
  about: {
    zh: '声明拟发布信息也涉及本机关；一律答复“收到”',
    en: '“we are affected too”: always answered “received”',
  },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const { requestId } = desk
    const request = { requestId, release: asked.argument(0), reason: asked.text('reason') }
    const calls = await desk.consultations()
    const answer = await desk.change(() => calls.declareAffected(request))
    await tellReceived(desk, DeclareAffectedResponse.toJSON(answer), answer.receivedAt)
  },
}

const object: Command = {
  words: 'consultation object',
  takes: ['<release>'],
  about: {
    zh: '对擅自发布提出异议；一律答复“收到”',
    en: 'object to an unauthorised release: always answered “received”',
  },
  options: {
    where: { takes: '<text>', about: { zh: '何处所见', en: 'where it was seen' } },
    ...REASON,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      ...{ requestId: desk.requestId, release: asked.argument(0) },
      where: asked.maybe('where') ?? '',
      reason: asked.text('reason'),
    }
    const calls = await desk.consultations()
    const answer = await desk.change(() => calls.objectToUnauthorisedRelease(request))
    await tellReceived(desk, ObjectToUnauthorisedReleaseResponse.toJSON(answer), answer.receivedAt)
  },
}

const requestEscalation: Command = {
  words: 'consultation request-escalation',
  takes: ['<consultation>'],
  about: {
    zh: '不同意的机关请求报请协调；由拟发布机关报请',
    en: 'ask that the dispute be escalated; the releasing agency files it',
  },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const { requestId } = desk
    const request = { requestId, consultationId: asked.argument(0), reason: asked.text('reason') }
    const calls = await desk.consultations()
    const answer = await desk.change(() => calls.requestEscalation(request))
    await tellReceived(desk, RequestEscalationResponse.toJSON(answer), answer.receivedAt)
  },
}

const tellReceived = (desk: Desk, json: unknown, at: Timestamp | undefined): Promise<void> =>
  desk.tell(json, () => [desk.say(`收到：${timeText(at)}`, `Received: ${timeText(at)} Beijing`)])

export const GATE_COMMANDS: readonly Command[] = [
  ...[confirm, record, answerDeclaration, declareAffected, object, requestEscalation],
]
