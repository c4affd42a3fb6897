// Releases and their gates as a clerk reads them.
import type { Gate, Obstacle, Release } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { Language } from '../command.js'
import type { Names } from '../desk.js'
import { consultationLine } from './consultation-text.js'
import { deadlineLine } from './deadline-text.js'
import { citationOf } from './citation.js'
import { agenciesInNegotiation, negotiationText } from './negotiation-text.js'
import { agenciesInParticulars, particularsText } from './particulars-text.js'
import { timeText } from './times.js'
import {
  ATTRIBUTES,
  CONSULTATION_STATES,
  GATES,
  OPINIONS,
  ORIGINS,
  RELEASE_STATES,
  wordFor,
} from './words.js'

/** Every agency that a release speaks of. */
export const agenciesOf = (release: Release): string[] => [
  release.releasingAgency,
  ...release.consultations.flatMap(({ agency, releasingAgency }) => [agency, releasingAgency]),
  ...release.lateRemarks.map(({ agency }) => agency),
  ...agenciesInNegotiation(release.negotiation),
  ...agenciesInParticulars(release),
]

/** One line of a list. */
export const releaseLine = (release: Release, language: Language): string =>
  [
    release.releaseId,
    timeText(release.submittedAt),
    wordFor(RELEASE_STATES, release.state, language),
    release.documentNumber || '—',
    language === 'zh' ? `第 ${release.version} 稿` : `version ${release.version}`,
  ].join('  ')

/** A release, whom it was put to and how they stand. */
export function releaseText(release: Release, names: Names, language: Language): string[] {
  const zh = language === 'zh'
  const line = (label: [string, string], text: string): string =>
    zh ? `${label[0]}：${text}` : `${label[1]}: ${text}`
  const { title, text, origin, secrecyReview, publication, attachments } = release
  return [
    line(['事项', 'Release'], release.releaseId),
    line(['状态', 'State'], wordFor(RELEASE_STATES, release.state, language)),
    ...(title === '' ? [] : [line(['标题', 'Title'], title)]),
    line(['拟发布机关', 'Releasing agency'], names(release.releasingAgency)),
    line(['稿件', 'Draft'], `${zh ? '第' : 'version'} ${release.version}${zh ? ' 稿' : ''}`),
    line(['稿件摘要', 'Draft digest'], release.draftDigest),
    line(['规则包', 'Policy pack'], release.policyPack),
    line(['来源', 'Origin'], wordFor(ORIGINS, origin?.kind ?? 0, language)),
    line(['公开属性', 'Disclosure'], wordFor(ATTRIBUTES, release.attribute, language)),
    line(['文号', 'Letter number'], release.documentNumber || '—'),
    line(['提交', 'Submitted'], timeText(release.submittedAt)),
    line(
      ['保密审查', 'Secrecy review'],
      secrecyReview === undefined
        ? zh
          ? '尚未记录，征求意见函待其记录后发出'
          : 'not on record; the letters wait for it'
        : [secrecyReview.reviewer, secrecyReview.reviewedOn].join(zh ? '，' : ', '),
    ),
    ...attachments.map(({ name, size, digest }) =>
      line(['附件', 'Attachment'], `${name}  ${size}  ${digest}`),
    ),
    ...particularsText(release, names, language),
    ...consultationLines(release, names, language),
    ...(release.negotiation === undefined
      ? []
      : negotiationText(release.negotiation, names, language)),
    ...release.lateRemarks.map(({ agency, remarkId, holds, admittedAt }) => {
      const hold = holds ? (zh ? '，暂缓发布' : ', holds the release') : ''
      return line(
        ['逾期意见', 'Late remark'],
        `${names(agency)}  ${timeText(admittedAt)}  ${remarkId}${hold}`,
      )
    }),
    ...(release.clearedAt === undefined
      ? []
      : [line(['可以发布，自', 'Cleared at'], timeText(release.clearedAt))]),
    ...(publication === undefined
      ? []
      : [
          line(['发布', 'Published'], `${timeText(publication.publishedAt)}  ${publication.where}`),
          ...publication.breaches.map((breach) => line(['不符', 'Breach'], breach)),
        ]),
    ...(text === '' ? [] : ['', text]),
  ]
}

function consultationLines(release: Release, names: Names, language: Language): string[] {
  return release.consultations.map((each) => {
    const kind = each.opinion?.opinion?.kind
    const state = wordFor(CONSULTATION_STATES, each.state, language)
    const colon = language === 'zh' ? '：' : ': '
    const verdict = kind === undefined ? '' : `${colon}${wordFor(OPINIONS, kind, language)}`
    const deadline = deadlineLine(each.deadline, language)
    return `  ${names(each.agency)}  ${state}${verdict}  ${deadline}  ${each.consultationId}`
  })
}

/** The consultations of a release for those who were asked. */
export const askedLines = (release: Release, names: Names, language: Language): string[] =>
  release.consultations.map((each) => consultationLine(each, names, language))

/** A gate, open or shut, with the article it rests on and who can open it how. */
export function gateText(gate: Gate, names: Names, language: Language): string[] {
  const zh = language === 'zh'
  const mark = gate.open ? (zh ? '［开］' : '[open]') : zh ? '［闭］' : '[shut]'
  const basis = zh ? gate.basisZh : gate.basisEn
  return [
    `${mark} ${wordFor(GATES, gate.kind, language)}  ${citationOf(gate.article, language)}`,
    ...(gate.open && basis !== '' ? [`    ${basis}`] : []),
    ...gate.obstacles.map((obstacle) => `    ${obstacleLine(obstacle, names, language)}`),
  ]
}

function obstacleLine(obstacle: Obstacle, names: Names, language: Language): string {
  const { reason, agency, opensAt, textZh, textEn } = obstacle
  const zh = language === 'zh'
  const who = agency === '' ? '' : zh ? `${names(agency)}：` : `${names(agency)}: `
  const when =
    opensAt === undefined
      ? ''
      : zh
        ? `（无答复则于 ${timeText(opensAt)} 自行开启）`
        : ` (opens by itself at ${timeText(opensAt)} Beijing)`
  return `${reason}  ${who}${zh ? textZh : textEn}${when}`
}
