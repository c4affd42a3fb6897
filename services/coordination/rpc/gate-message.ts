// The gates as the contract has them: what keeps each shut, its article, and who can open it how.
import type {
  Gate as Message,
  Obstacle as ObstacleMessage,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import { articleOf, type Pack } from '../pack/pack.js'
import { basisOf, type Gate, type Obstacle, type ObstacleReason } from '../release/gates.js'
import { presentConsultations, type Release } from '../release/state.js'
import { GATES } from './enums.js'

/** All gates of a release, in words. */
export function gateMessages(
  { agencies }: Pick<Coordination, 'agencies'>,
  release: Release,
  pack: Pack,
  gates: readonly Gate[],
): Message[] {
  return gates.map((gate) => ({
    kind: GATES[gate.kind],
    open: gate.open,
    article: articleOf(pack, gate.rule),
    obstacles: gate.obstacles.map((obstacle) => obstacleMessage(obstacle, agencies.name)),
    basisZh: gate.open ? basisOfGate(gate, release, pack, agencies.name, 'zh') : '',
    basisEn: gate.open ? basisOfGate(gate, release, pack, agencies.name, 'en') : '',
  }))
}

function obstacleMessage(obstacle: Obstacle, name: (code: string) => string): ObstacleMessage {
  const who = obstacle.agency === undefined ? '' : name(obstacle.agency)
  const { zh, en } = OBSTACLES[obstacle.reason]
  return {
    reason: obstacle.reason,
    subject: obstacle.subject ?? '',
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
      return zh ? '未声明需要批准或属于特殊类别' : 'no approval or special category was declared'
    case 'confirmations':
      return zh ? '未声明联合制作' : 'no joint production was declared'
    case 'consultations':
      return consultationsBasis(release, pack, name, zh)
  }
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
  const agencyOf = new Map(presentConsultations(release).map(({ id, agency }) => [id, agency]))
  const names = (how: string): string =>
    basis
      .filter((entry) => entry.how === how)
      .map(({ consultationId }) => name(agencyOf.get(consultationId) ?? ''))
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
  ].filter(([who]) => who !== '')
  const said = parts
    .map(([who, what]) => (zh ? `${who}${what}` : `${who}: ${what}`))
    .join(zh ? '；' : '; ')
  const nobody = basis.every(({ how }) => how === 'not_concerned')
  return nobody
    ? `${said}${zh ? '；无人表示同意' : '; nobody’s consent was given or needed'}`
    : said
}
