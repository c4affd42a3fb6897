// The words of notices about paper (告知书): facts, and what whoever is told can do about them. Pure.
import type { OpinionForm } from '../draft/canonical-forms.js'
import { articleOf } from '../pack/pack.js'
import { recordOf } from './labels.js'
import type { PaperTopic } from './paper-letters.js'
import { OPINIONS, periodOf, type LetterFacts, type WrittenLetter } from './texts.js'

const TITLES: Readonly<Record<PaperTopic, string>> = {
  'paper-recorded': '纸质送达已登记',
  'paper-late': '纸质送达逾期登记，待确认',
  'paper-undecided': '纸质送达待确认',
  'paper-contested': '纸质送达有异议',
  'paper-confirmed': '纸质送达已确认',
  'paper-rejected': '纸质送达不予确认',
  'paper-opinion': '纸质答复已登记',
  'taken-over': '承继未办结事项',
}

type ServiceTopic = Exclude<PaperTopic, 'paper-opinion' | 'taken-over'>

/** 告知书 about a service on paper. */
export function paperNotice(
  facts: LetterFacts,
  topic: ServiceTopic,
  recipient: string,
  words: { readonly signedBy: string; readonly reason: string },
): WrittenLetter {
  const { release, consultation, draftTitle, name, time, pack } = facts
  const { paper, deadline } = consultation
  const received = paper === undefined ? '' : time(paper.receivedAt)
  const recorded = paper === undefined ? '' : time(paper.recordedAt)
  const who = name(consultation.agency)
  const releasing = name(release.releasingAgency)
  const fact = `${releasing}登记：${release.documentNumber}征求意见函（《${draftTitle}》）已于${received}以纸质送达${who}，签收人：${words.signedBy}，登记时间：${recorded}，凭证摘要（SHA-256）：${paper?.evidence.digest ?? ''}。`
  const until =
    deadline === undefined
      ? '答复期限待工作日历确定。'
      : `答复期限为${periodOf(pack)}（${articleOf(pack, pack.reply).citation}），于${time(deadline.at)}届满（最后一日 ${deadline.lastDay}）。`
  const says: Readonly<Record<ServiceTopic, readonly string[]>> = {
    'paper-recorded': [
      fact,
      until,
      '如未收到该函，或者送达时间、签收情况不实，可提出异议（ContestPaperService）；在政府信息公开工作主管部门作出决定之前均可提出，提出后期限不起算。',
    ],
    'paper-late': [
      fact,
      `该登记晚于所称送达后第${pack.paper.recordWithinWorkingDays}个工作日，经政府信息公开工作主管部门确认之前，期限不起算。如不属实，可提出异议（ContestPaperService）。`,
    ],
    'paper-undecided': [
      fact,
      paper?.status === 'contested'
        ? `${who}提出异议：${words.reason}`
        : `该登记晚于所称送达后第${pack.paper.recordWithinWorkingDays}个工作日。`,
      '请贵单位确认或者不予确认（DecidePaperService）；作出决定之前，期限不起算。',
    ],
    'paper-contested': [
      fact,
      `${who}提出异议：${words.reason}`,
      '经政府信息公开工作主管部门确认之前，期限不起算。',
    ],
    'paper-confirmed': [
      fact,
      `${name(paper?.decidedBy ?? '')}予以确认：${words.reason}`,
      `期限自送达之日起算，但不早于告知后第一个工作日结束时届满。${until}`,
    ],
    'paper-rejected': [
      fact,
      `${name(paper?.decidedBy ?? '')}不予确认：${words.reason}`,
      '该次纸质送达不产生送达的效力，据此产生的视为同意不成立。',
    ],
  }
  return notice(`告知书：《${draftTitle}》${TITLES[topic]}`, name(recipient), says[topic])
}

/** 告知书: a reply on paper is on record. */
export function paperOpinionNotice(
  facts: LetterFacts,
  recipient: string,
  opinion: OpinionForm,
  digest: string,
): WrittenLetter {
  const { release, consultation, draftTitle, name, time } = facts
  const remarks = release.remarks.map((remark) => remark.opinion)
  const given = [consultation.opinion, ...remarks].find((one) => one?.digest === digest)
  const who = name(consultation.agency)
  const toItself = recipient === consultation.agency
  const openUntil = given?.paper?.openUntil
  return notice(`告知书：《${draftTitle}》${TITLES['paper-opinion']}`, name(recipient), [
    `${who}对${release.documentNumber}征求意见函的纸质答复已登记：${OPINIONS[opinion.kind as keyof typeof OPINIONS]}。`,
    given?.paper === undefined
      ? ''
      : `提交时间：${time(given.admittedAt)}，登记时间：${time(given.paper.recordedAt)}，凭证摘要（SHA-256）：${given.paper.evidence.digest}。`,
    opinion.reasons === '' ? '' : `内容：${opinion.reasons}`,
    toItself && openUntil !== undefined
      ? `该答复由其他机关代为登记。如不属实，请于${time(openUntil)}之前直接答复（GiveOpinion），以贵单位的直接答复为准。`
      : '',
    release.published === undefined ? '' : '该信息已经发布。',
  ])
}

/** 告知书: what a successor took over, with the clock as it runs. */
export function takeOverNotice(
  facts: LetterFacts,
  recipient: string,
  agency: string,
): WrittenLetter {
  const { release, consultation, draftTitle, name, time } = facts
  const { deadline } = consultation
  const asked = consultation.agency === agency
  const served = release.takenOver[agency]?.served ?? []
  return notice(`告知书：《${draftTitle}》${TITLES['taken-over']}`, name(recipient), [
    `${name(agency)}在${release.documentNumber}《${draftTitle}》一案中的未办结事项由贵单位承继，原有期限继续计算，原机关名称保留在案。`,
    !asked
      ? ''
      : served.includes(consultation.id)
        ? '征求意见函未曾送达原机关，现另行送达贵单位，期限自送达起算。'
        : deadline === undefined
          ? ''
          : `答复期限于${time(deadline.at)}届满（最后一日 ${deadline.lastDay}）。`,
    '事项可在系统中查看和办理（ListConsultations、ListReleases）。',
  ])
}

const notice = (title: string, to: string, parts: readonly string[]): WrittenLetter => ({
  title,
  body: [`${to}：`, ...parts.filter((part) => part !== '')].join('\n\n'),
  fields: recordOf({ about: title }),
})
