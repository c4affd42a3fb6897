// The gates as the contract has them: what keeps each shut, its article, and who can open it how.
import type {
  Gate as Message,
  Obstacle as ObstacleMessage,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import { articleOf, type Pack } from '../pack/pack.js'
import { basisOf, type Gate, type Obstacle, type ObstacleReason } from '../release/gates.js'
import { mustConfirm, presentConfirmations } from '../joint/joint.js'
import { categoryOf } from '../release/particulars.js'
import { type Release } from '../release/state.js'
import { GATES } from './enums.js'

/** All gates of a release, in words. */
export function gateMessages(
  { agencies }: Pick<Coordination, 'agencies'>,
  release: Release,
  pack: Pack,
  gates: readonly Gate[],
  /** The approving organs by the digest of their names, as they were declared. */
  organs: ReadonlyMap<string, string> = new Map(),
): Message[] {
  return gates.map((gate) => ({
    kind: GATES[gate.kind],
    open: gate.open,
    article: articleOf(pack, gate.rule),
    obstacles: gate.obstacles.map((obstacle) => obstacleMessage(obstacle, agencies.name, organs)),
    basisZh: gate.open ? basisOfGate(gate, release, pack, agencies.name, 'zh') : '',
    basisEn: gate.open ? basisOfGate(gate, release, pack, agencies.name, 'en') : '',
  }))
}

function obstacleMessage(
  obstacle: Obstacle,
  name: (code: string) => string,
  organs: ReadonlyMap<string, string>,
): ObstacleMessage {
  const who =
    obstacle.agency === undefined
      ? (organs.get(obstacle.subject ?? '') ?? '')
      : name(obstacle.agency)
  const { zh, en } = OBSTACLES[obstacle.reason]
  return {
    reason: obstacle.reason,
    subject: obstacle.reason === 'approval-missing' ? '' : (obstacle.subject ?? ''),
    agency: obstacle.agency ?? '',
    textZh: zh.replaceAll('{who}', who),
    textEn: en.replaceAll('{who}', who),
    opensAt: obstacle.opensAt === undefined ? undefined : timestampOf(obstacle.opensAt),
  }
}

const OBSTACLES: Readonly<Record<ObstacleReason, { zh: string; en: string }>> = {
  'secrecy-review-missing': {
    zh: '尚无保密审查记录；由拟发布机关记录（RecordSecrecyReview），之后征求意见函才会发出。',
    en: 'No secrecy review is on record; the releasing agency records it (RecordSecrecyReview), and only then do the letters leave.',
  },
  'letters-not-issued': {
    zh: '征求意见函尚未发出；保密审查记录在案后发出。',
    en: 'The consultation letters have not left; they leave once the secrecy review is on record.',
  },
  'not-received': {
    zh: '{who}尚未收到征求意见函；送达后开始计算期限。',
    en: '{who} has not received the letter; the clock starts with the receipt.',
  },
  'no-mailbox': {
    zh: '{who}没有指定的收件系统，函件未送达，期限不起算；由其指定收件系统，或改以纸质送达。',
    en: '{who} has no designated mailbox, so the letter was not received and no clock runs; it designates one, or is served on paper.',
  },
  'paper-service-undecided': {
    zh: '对{who}的纸质送达有争议或登记过迟，期限不起算；由政府信息公开工作主管部门确认或不予确认（DecidePaperService）。',
    en: 'The service on paper on {who} is contested or was recorded late, so no clock runs; the competent authority confirms or rejects it (DecidePaperService).',
  },
  'opinion-awaited': {
    zh: '等待{who}的书面意见。',
    en: 'The written opinion of {who} is awaited.',
  },
  objection: {
    zh: '{who}不同意发布；经协商由其撤回，或由拟发布机关修订稿件，协商不成的报请协调。',
    en: '{who} objects; it may withdraw the objection, the releasing agency may revise the draft, or the matter goes to coordination when negotiation fails.',
  },
  'defective-objection': {
    zh: '{who}的答复缺少理由（或修改意见），不视为同意；由其补正，或经协商解决。',
    en: 'The reply of {who} lacks its reasons (or the changes asked for) and is no consent; it completes it, or the matter is negotiated.',
  },
  'changes-asked': {
    zh: '{who}同意但要求修改；由拟发布机关提出载有修改的新稿，或由其撤回条件。',
    en: '{who} consents with changes; the releasing agency submits a version that carries them, or the condition is withdrawn.',
  },
  'changes-declined': {
    zh: '{who}要求的修改未被采纳；经协商由其撤回条件，或由拟发布机关提出新稿，协商不成的报请协调。',
    en: 'The changes that {who} asked for were declined; it may withdraw the condition, the releasing agency may revise the draft, or the matter goes to coordination when negotiation fails.',
  },
  'in-dispute': {
    zh: '已报请{who}协调；待其提出处理意见，或由不同意见的机关撤回意见，或由拟发布机关提出新稿。',
    en: 'The dispute is with {who}; it rules, or those who disagree give in, or the releasing agency submits another version.',
  },
  'ruled-with-changes': {
    zh: '{who}的处理意见为修改后发布；由拟发布机关以 ReviseDraft 提交处理意见所定的文本，或另行提出新稿征求意见。',
    en: '{who} ruled that it is released with changes; the releasing agency submits exactly the text of the ruling (ReviseDraft), or another version, which is consulted afresh.',
  },
  'ruled-against': {
    zh: '{who}的处理意见为不予发布，该文本不得发布；拟发布机关可以另行提出新稿征求意见，或撤回。',
    en: '{who} ruled that this text is not released; the releasing agency may submit another version, which is consulted afresh, or withdraw.',
  },
  'no-verdict': {
    zh: '{who}已答复但未表明意见；由其给出意见。',
    en: '{who} replied without a verdict; it gives one.',
  },
  'silence-without-effect': {
    zh: '{who}逾期未答复；依本规则包沉默不产生效力，由其明确答复。',
    en: '{who} did not reply in time; under this pack silence has no effect, and it replies expressly.',
  },
  'late-remark': {
    zh: '{who}另行记录的意见暂停发布；由拟发布机关处理（DecideLateRemark）。',
    en: 'A late remark of {who} holds the release; the releasing agency decides on it (DecideLateRemark).',
  },
  'affected-claim': {
    zh: '{who}称其也受影响（或有答复建议征求其意见）；由拟发布机关答复：征求其意见，或说明不征求的理由（AnswerDeclaration）。',
    en: '{who} says that it is affected too (or a reply names it as the one to ask); the releasing agency answers: it consults it, or says why not (AnswerDeclaration).',
  },
  'confirmation-awaited': {
    zh: '等待联合制作机关{who}的沟通确认；没有期限，沉默不构成确认，由其明确确认（ConfirmJointRelease）。',
    en: 'The confirmation of the co-producer {who} is awaited; it has no limit and silence never confirms: it confirms expressly (ConfirmJointRelease).',
  },
  'not-accurate': {
    zh: '联合制作机关{who}认为内容不准确或不一致；经协商由其确认，或由拟发布机关修订稿件。',
    en: 'The co-producer {who} says that the content is not accurate or not consistent; after negotiation it confirms, or the releasing agency revises the draft.',
  },
  'approval-missing': {
    zh: '尚无{who}对本版本的批准；由拟发布机关取得批准后记录（RecordApproval）。沉默不构成批准。',
    en: 'The approval of {who} for this version is not on record; the releasing agency obtains and records it (RecordApproval). Silence never approves.',
  },
}

const ORIGIN_WORDS = {
  made: { zh: '本机关制作', en: 'made by the releasing agency' },
  held: { zh: '本机关保存', en: 'held by the releasing agency' },
  assigned_by_law: { zh: '法律、法规另有规定', en: 'assigned by law' },
} as const

function basisOfGate(
  gate: Gate,
  release: Release,
  pack: Pack,
  name: (code: string) => string,
  language: 'zh' | 'en',
): string {
  const zh = language === 'zh'
  switch (gate.kind) {
    case 'origin':
      return ORIGIN_WORDS[release.origin][language]
    case 'secrecy_review':
      return zh
        ? `保密审查于${release.secrecyReview?.reviewedOn ?? ''}完成`
        : `secrecy review of ${release.secrecyReview?.reviewedOn ?? ''}`
    case 'approval':
      return approvalBasis(release, pack, zh)
    case 'confirmations':
      return confirmationsBasis(release, pack, name, zh)
    case 'consultations':
      return consultationsBasis(release, pack, name, zh)
  }
}

function approvalBasis(release: Release, pack: Pack, zh: boolean): string {
  const { approvalsNeeded, categories } = release.particulars
  const parts: string[] = []
  if (approvalsNeeded.length > 0)
    parts.push(zh ? '所需批准均已在案' : 'every approval that was declared is on record')
  for (const id of categories) {
    const category = categoryOf(pack, id)
    if (category === undefined) continue
    const law = category.law
    parts.push(
      zh
        ? `属于特殊类别“${category.zh}”，发布机关为${law}规定的机关`
        : `special category “${category.en}”: the publisher is one that the law names (${law})`,
    )
  }
  if (parts.length > 0) return parts.join('；')
  return zh ? '未声明需要批准或属于特殊类别' : 'no approval or special category was declared'
}

function confirmationsBasis(
  release: Release,
  pack: Pack,
  name: (code: string) => string,
  zh: boolean,
): string {
  const { coProducers } = release.particulars
  if (coProducers.length === 0) return zh ? '未声明联合制作' : 'no joint production was declared'
  if (mustConfirm(release, pack).length === 0) {
    const { citation } = articleOf(pack, pack.confirmations)
    return zh
      ? `联合制作机关依${citation}征求意见，不另行确认`
      : `co-producers are consulted and do not confirm besides (${citation})`
  }
  const said = presentConfirmations(release)
    .filter(({ status }) => status === 'confirmed')
    .map(({ agency }) => agency)
  const named = (codes: readonly string[]): string => codes.map(name).join(zh ? '、' : ', ')
  const ruled = coProducers.filter((agency) => !said.includes(agency))
  return [
    said.length === 0
      ? ''
      : `${zh ? '' : 'confirmed expressly by '}${named(said)}${zh ? '均已明确确认' : ''}`,
    ruled.length === 0
      ? ''
      : `${named(ruled)}${zh ? '的不同意见依处理意见' : ': overruled by ruling'}`,
  ]
    .filter((part) => part !== '')
    .join('；')
}

// Express and deemed consent are told apart everywhere; all not concerned is nobody's consent, and says so.
function consultationsBasis(
  release: Release,
  pack: Pack,
  name: (code: string) => string,
  zh: boolean,
): string {
  const basis = basisOf(release)
  if (basis.length === 0)
    return zh
      ? '不涉及其他行政机关，理由在案'
      : 'no other agency is affected; the reason is on record'
  const names = (how: string): string =>
    basis
      .filter((entry) => entry.how === how)
      .map(({ consultationId }) => name(release.consultations[consultationId]?.agency ?? ''))
      .join(zh ? '、' : ', ')
  const parts = [
    [names('express'), zh ? '明示同意' : 'consented expressly'],
    [
      names('deemed'),
      zh
        ? `视为同意（${articleOf(pack, pack.silence).citation}）`
        : `deemed to consent (${articleOf(pack, pack.silence).id})`,
    ],
    [names('not_concerned'), zh ? '答复不涉及本机关' : 'not concerned'],
    [
      names('by_ruling'),
      zh
        ? `依处理意见发布，并非其同意（${articleOf(pack, pack.escalation).citation}）`
        : `released by ruling, not by their consent (${articleOf(pack, pack.escalation).id})`,
    ],
  ].filter(([who]) => who !== '')
  const said = parts
    .map(([who, what]) => (zh ? `${who}${what}` : `${who}: ${what}`))
    .join(zh ? '；' : '; ')
  const nobody = basis.every(({ how }) => how === 'not_concerned')
  return nobody
    ? `${said}${zh ? '；无人表示同意' : '; nobody’s consent was given or needed'}`
    : said
}
