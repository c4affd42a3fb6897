// huiqian paper: letters served and replies handed in on paper, each with its evidence.
import { Consultation } from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  RecordPaperOpinionResponse,
  RecordPaperServiceResponse,
} from '../../../gen/huiqian/coordination/v1/paper_calls.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { REASON, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { consultationText } from '../text/consultation-text.js'
import { upload } from './draft.js'
import { OPINION, opinionOf } from './opinion.js'

const serve: Command = {
  words: 'paper serve',
  takes: ['<consultation>'],
  about: {
    zh: '记录函件以纸质送达，附签收回执',
    en: 'record that the letter was received on paper, with the signed receipt',
  },
  options: {
    'received-at': { takes: '<instant>', about: { zh: '何时收到', en: 'when it was received' } },
    evidence: { takes: '<file>', about: { zh: '签收回执', en: 'the signed receipt' } },
    'signed-by': { takes: '<name>', about: { zh: '签收人', en: 'who signed for it' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      ...{ requestId: desk.requestId, consultationId: asked.argument(0) },
      receivedAt: timestampOf(parseInstant(asked.text('received-at'), '--received-at')),
      signedBy: asked.text('signed-by'),
      evidenceDigest: (await upload(desk, asked.text('evidence'))).digest,
    }
    const calls = await desk.consultations()
    const answer = await desk.change(() => calls.recordPaperService(request))
    const notice = desk.say(
      '该机关没有指定收文邮箱，请以纸质告知',
      'It has no designated mailbox: tell it on paper',
    )
    await tellConsultation(
      desk,
      RecordPaperServiceResponse.toJSON(answer),
      answer.consultation,
      answer.noMailbox ? [notice] : [],
    )
  },
}

const contest: Command = {
  words: 'paper contest',
  takes: ['<consultation>'],
  about: { zh: '对所记录的纸质送达提出异议', en: 'contest a service on paper' },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const { requestId } = desk
    const request = { requestId, consultationId: asked.argument(0), reason: asked.text('reason') }
    const calls = await desk.consultations()
    const { consultation } = await desk.change(() => calls.contestPaperService(request))
    await tellConsultation(desk, undefined, consultation)
  },
}

const decide: Command = {
  words: 'paper decide',
  takes: ['<consultation>'],
  about: {
    zh: '主管部门确认或不予确认纸质送达',
    en: 'the competent authority confirms or rejects a service on paper',
  },
  options: {
    decision: {
      takes: 'confirmed|rejected',
      about: { zh: '确认，或不予确认', en: 'what is decided' },
    },
    ...REASON,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      ...{ requestId: desk.requestId, consultationId: asked.argument(0) },
      confirmed: asked.oneOf('decision', { confirmed: true, rejected: false }),
      reason: asked.text('reason'),
    }
    const calls = await desk.consultations()
    const { consultation } = await desk.change(() => calls.decidePaperService(request))
    await tellConsultation(desk, undefined, consultation)
  },
}

const opinion: Command = {
  words: 'paper opinion',
  takes: ['<consultation>'],
  about: {
    zh: '记录以纸质递交的书面意见，附收文凭据',
    en: 'record a reply that was handed in on paper, with its evidence',
  },
  options: {
    ...OPINION,
    'handed-in-at': {
      takes: '<instant>',
      about: { zh: '何时递交：以此定是否逾期', en: 'when: what counts for being in time' },
    },
    evidence: { takes: '<file>', about: { zh: '加盖收文章的纸质意见', en: 'the stamped paper' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const consultationId = asked.argument(0)
    const calls = await desk.consultations()
    const handedInAt = parseInstant(asked.text('handed-in-at'), '--handed-in-at')
    const request = {
      ...{ requestId: desk.requestId, consultationId },
      opinion: await opinionOf(desk, asked),
      handedInAt: timestampOf(handedInAt),
      draftDigest: asked.text('draft-digest'),
      evidenceDigest: (await upload(desk, asked.text('evidence'))).digest,
    }
    const answer = await desk.change(() => calls.recordPaperOpinion(request))
    const warning = desk.say(
      '注意：该意见推翻已视为同意的结果，而信息已经发布',
      'Note: it reverses a deemed consent, and the release is published already',
    )
    await tellConsultation(
      desk,
      RecordPaperOpinionResponse.toJSON(answer),
      answer.consultation,
      answer.publishedAlready ? [warning] : [],
    )
  },
}

async function tellConsultation(
  desk: Desk,
  json: unknown,
  consultation: Consultation | undefined,
  notes: readonly string[] = [],
): Promise<void> {
  if (consultation === undefined) throw new Error('answered without a consultation')
  const names = await desk.names([consultation.agency, consultation.releasingAgency])
  await desk.tell(json ?? Consultation.toJSON(consultation), () => [
    ...notes,
    ...consultationText(consultation, names, desk.language),
  ])
}

export const PAPER_COMMANDS: readonly Command[] = [serve, contest, decide, opinion]
