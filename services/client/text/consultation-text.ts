// Consultations as a clerk reads them.
import type {
  Consultation,
  RecordedOpinion,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { PaperService } from '../../../gen/huiqian/coordination/v1/paper.js'
import type { Language } from '../command.js'
import type { Names } from '../desk.js'
import { dayLines, deadlineLine } from './deadline-text.js'
import { PAPER_SERVICE_STATES } from './gate-words.js'
import { timeText } from './times.js'
import { CONSULTATION_STATES, OPINIONS, TRIGGERS, wordFor } from './words.js'

/** One line of a list. */
export function consultationLine(
  consultation: Consultation,
  names: Names,
  language: Language,
): string {
  const { consultationId, releasingAgency, version, state, deadline } = consultation
  return [
    consultationId,
    names(releasingAgency),
    language === 'zh' ? `第 ${version} 稿` : `version ${version}`,
    wordFor(CONSULTATION_STATES, state, language),
    deadlineLine(deadline, language),
  ].join('  ')
}

/** A consultation with its deadline, its opinion and why the effect of silence waits. */
export function consultationText(
  consultation: Consultation,
  names: Names,
  language: Language,
): string[] {
  const zh = language === 'zh'
  const { opinion, holds, remindedAt, deemedAt, deadline, paperService } = consultation
  const line = (label: [string, string], text: string): string =>
    zh ? `${label[0]}：${text}` : `${label[1]}: ${text}`
  return [
    line(['征求意见', 'Consultation'], consultation.consultationId),
    line(
      ['事项', 'Release'],
      `${consultation.releaseId}${zh ? '，' : ', '}${version(consultation, language)}`,
    ),
    line(['稿件摘要', 'Draft digest'], consultation.draftDigest),
    line(['拟发布机关', 'Releasing agency'], names(consultation.releasingAgency)),
    line(['被征求机关', 'Consulted agency'], names(consultation.agency)),
    line(['缘由', 'Asked because it'], wordFor(TRIGGERS, consultation.trigger, language)),
    line(['文号', 'Letter number'], consultation.documentNumber || '—'),
    line(['收到', 'Received'], timeText(consultation.receivedAt)),
    line(['期限', 'Deadline'], deadlineLine(deadline, language)),
    ...dayLines(deadline?.days ?? [], language),
    ...remindedAt.map((at) => line(['催办', 'Reminded'], timeText(at))),
    line(['状态', 'State'], wordFor(CONSULTATION_STATES, consultation.state, language)),
    ...(opinion === undefined ? [] : opinionText(opinion, language)),
    ...(consultation.changesDeclined
      ? [zh ? '拟发布机关不采纳所提修改' : 'The releasing agency declined the changes']
      : []),
    ...(paperService === undefined ? [] : paperServiceText(paperService, language)),
    ...(deemedAt === undefined
      ? []
      : [line(['视为同意，自', 'Deemed to consent from'], timeText(deemedAt))]),
    ...holds.map((hold) => line(['暂不产生效果', 'Effect waits'], zh ? hold.textZh : hold.textEn)),
  ]
}

const version = ({ version: number }: Consultation, language: Language): string =>
  language === 'zh' ? `第 ${number} 稿` : `version ${number}`

/** An opinion on record. */
export function opinionText(recorded: RecordedOpinion, language: Language): string[] {
  const zh = language === 'zh'
  const { opinion, admittedAt, givenBy, afterDeadline, digest, paperEvidenceDigest } = recorded
  const late = afterDeadline ? (zh ? '（期限之后）' : ' (after the deadline)') : ''
  const words = [
    ...(opinion?.reasons
      ? [zh ? `  理由：${opinion.reasons}` : `  Reasons: ${opinion.reasons}`]
      : []),
    ...(opinion?.proposedWording
      ? [zh ? `  建议：${opinion.proposedWording}` : `  Wording: ${opinion.proposedWording}`]
      : []),
  ]
  const kind = wordFor(OPINIONS, opinion?.kind ?? 0, language)
  return [
    `${zh ? '意见：' : 'Opinion: '}${kind}${late}  ${timeText(admittedAt)}  ${givenBy}`,
    ...words,
    `${zh ? '意见摘要：' : 'Opinion digest: '}${digest}`,
    ...(paperEvidenceDigest === ''
      ? []
      : [`${zh ? '纸质凭据摘要：' : 'Paper evidence: '}${paperEvidenceDigest}`]),
  ]
}

function paperServiceText(service: PaperService, language: Language): string[] {
  const zh = language === 'zh'
  const { state, receivedAt, signedBy, reason, evidenceDigest } = service
  const words = [timeText(receivedAt), signedBy, wordFor(PAPER_SERVICE_STATES, state, language)]
  return [
    `${zh ? '纸质送达：' : 'Served on paper: '}${words.join('  ')}`,
    `${zh ? '  回执摘要：' : '  Receipt: '}${evidenceDigest}`,
    ...(reason === '' ? [] : [zh ? `  理由：${reason}` : `  Why: ${reason}`]),
  ]
}
