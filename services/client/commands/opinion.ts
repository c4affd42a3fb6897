// huiqian opinion give: a consulted agency's written reply. It is about one draft and no other: the
// digest is taken from the consultation, or given by who has computed it.
import { Claim, OpinionKind } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { GiveOpinionResponse } from '../../../gen/huiqian/coordination/v1/consultation.js'
import { NotUnderstood, REQUEST_ID, type Asked, type Command, type Options } from '../command.js'
import { SIGNED, signedOf } from '../signed.js'
import type { Desk } from '../desk.js'
import { textOf } from '../files.js'
import { namedAgency } from '../named-agency.js'
import { consultationText } from '../text/consultation-text.js'
import { OPINIONS, RECEPTIONS, wordFor } from '../text/words.js'

const KINDS = {
  consent: OpinionKind.CONSENT,
  'consent-with-changes': OpinionKind.CONSENT_WITH_CHANGES,
  objection: OpinionKind.OBJECTION,
  'not-concerned': OpinionKind.NOT_CONCERNED,
  'other-reply': OpinionKind.OTHER_REPLY,
}
const CLAIMS: Readonly<Record<string, Claim>> = {
  secrecy: Claim.SECRECY,
  illegality: Claim.ILLEGALITY,
  'special-category': Claim.SPECIAL_CATEGORY,
}

/** An opinion as it is written on the line. */
export const OPINION: Options = {
  kind: { takes: Object.keys(KINDS).join('|'), about: { zh: '意见', en: 'the opinion' } },
  reasons: { takes: '<text>', about: { zh: '理由、修改意见或答复', en: 'reasons or text' } },
  'reasons-file': {
    takes: '<file>',
    about: { zh: '同上，取自文件', en: 'the same from a file' },
  },
  'legal-basis': { takes: '<text>', about: { zh: '法律依据', en: 'legal basis' } },
  'proposed-wording': { takes: '<text>', about: { zh: '建议的文字', en: 'proposed wording' } },
  'ask-instead': {
    takes: '<code|name>',
    about: { zh: '应征求的机关', en: 'whom to ask instead' },
  },
  claim: {
    takes: Object.keys(CLAIMS).join('|'),
    several: true,
    about: { zh: '主张：涉密、违法、特殊类别', en: 'what it claims' },
  },
  'document-number': { takes: '<number>', about: { zh: '复函文号', en: 'number of the reply' } },
  signatory: { takes: '<name>', about: { zh: '签发人', en: 'signatory' } },
  'draft-digest': {
    takes: '<sha256>',
    about: { zh: '所答复稿件的摘要（默认取自征求意见）', en: 'of the draft replied to' },
  },
}

const give: Command = {
  words: 'opinion give',
  takes: ['<consultation>'],
  about: { zh: '书面答复征求意见', en: 'reply to a consultation' },
  options: { ...OPINION, ...SIGNED, ...REQUEST_ID },
  async run(desk, asked) {
    const consultationId = asked.argument(0)
    const opinion = await opinionOf(desk, asked)
    const calls = await desk.consultations()
    const draftDigest =
      asked.maybe('draft-digest') ??
      (await calls.getConsultation({ consultationId })).consultation?.draftDigest ??
      ''
    const signed = await signedOf(desk, asked)
    const request = { requestId: desk.requestId, consultationId, opinion, draftDigest, signed }
    const answer = await desk.change(() => calls.giveOpinion(request))
    const { consultation, reception, missingZh, missingEn } = answer
    if (consultation === undefined) throw new Error('answered without a consultation')
    const names = await desk.names([consultation.agency, consultation.releasingAgency])
    const kind = wordFor(OPINIONS, opinion.kind, desk.language)
    const missing = desk.say(missingZh, missingEn)
    await desk.tell(GiveOpinionResponse.toJSON(answer), () => [
      `${kind}${desk.say('：', ': ')}${wordFor(RECEPTIONS, reception, desk.language)}`,
      ...(missing === '' ? [] : [missing]),
      desk.say(`所答复的稿件：${draftDigest}`, `About the draft ${draftDigest}`),
      '',
      ...consultationText(consultation, names, desk.language),
    ])
  },
}

export async function opinionOf(desk: Desk, asked: Asked) {
  const file = asked.maybe('reasons-file')
  const reasons = asked.maybe('reasons') ?? (file === undefined ? '' : await textOf(desk, file))
  const askInstead = asked.maybe('ask-instead')
  return {
    kind: asked.oneOf('kind', KINDS),
    reasons,
    legalBasis: asked.maybe('legal-basis') ?? '',
    proposedWording: asked.maybe('proposed-wording') ?? '',
    askInstead: askInstead
      ? (await namedAgency(await desk.directory(), askInstead)).creditCode
      : '',
    claims: asked.list('claim').map(claimOf),
    documentNumber: asked.maybe('document-number') ?? '',
    signatory: asked.maybe('signatory') ?? '',
  }
}

function claimOf(word: string): Claim {
  const claim = Object.hasOwn(CLAIMS, word) ? CLAIMS[word] : undefined
  if (claim !== undefined) return claim
  const words = Object.keys(CLAIMS).join('|')
  throw new NotUnderstood({ zh: `--claim 应为 ${words}`, en: `--claim is one of ${words}` })
}

export const OPINION_COMMANDS: readonly Command[] = [give]
