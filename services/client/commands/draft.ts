// huiqian release submit, release revise: a draft enters, with its files and whom it affects.
import {
  DisclosureAttribute,
  OriginKind,
  Release,
  SecrecyConclusion,
  Trigger,
  type AffectedAgency,
  type SecrecyReview,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { UploadDeclaration } from '../../../gen/huiqian/coordination/v1/release.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { askAgain } from '../../../shared/rpc/ask-again.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { NotUnderstood, REQUEST_ID, type Asked, type Command, type Options } from '../command.js'
import type { Desk } from '../desk.js'
import { draftDigest } from '../draft.js'
import { declarationOf, textOf, uploadOf } from '../files.js'
import { namedAgency } from '../named-agency.js'
import { PARTICULARS, particularsOf } from './particulars.js'
import { agenciesOf, releaseText } from '../text/release-text.js'

const TRIGGERS: Readonly<Record<string, Trigger>> = {
  concerns: Trigger.CONCERNS,
  'may-affect-work': Trigger.MAY_AFFECT_WORK,
}

const DRAFT: Options = {
  title: { takes: '<title>', about: { zh: '标题', en: 'title' } },
  text: { takes: '<text>', about: { zh: '正文', en: 'its text' } },
  'text-file': {
    takes: '<file>',
    about: {
      zh: '正文取自文件（UTF-8，- 为标准输入）',
      en: 'its text from a file in UTF-8; - is standard input',
    },
  },
  attachment: { takes: '<file>', several: true, about: { zh: '附件', en: 'a file' } },
  'secrecy-review': {
    takes: '<reviewer>[:<date>]',
    about: {
      zh: '保密审查：审查人[:日期[:记录编号]]，结论为不涉密；日期默认今日',
      en: 'reviewer[:date[:number]], dated today if left out; its outcome is: not secret',
    },
  },
  'document-number': { takes: '<number>', about: { zh: '文号', en: 'number of the letters' } },
}

const AFFECTS = {
  takes: '<code|name>:concerns|may-affect-work:<reason>',
  several: true,
} as const

const submit: Command = {
  words: 'release submit',
  takes: [],
  about: { zh: '提交拟发布的政府信息，征求意见', en: 'submit a draft; the agencies are asked' },
  options: {
    ...DRAFT,
    affects: { ...AFFECTS, about: { zh: '涉及的机关及缘由', en: 'an affected agency, and why' } },
    'affects-none': {
      takes: '<reason>',
      about: { zh: '不涉及其他机关的理由', en: 'why nobody is affected' },
    },
    origin: { takes: 'made|held|law', about: { zh: '信息来源', en: 'origin' } },
    basis: { takes: '<text>', about: { zh: '来源的依据', en: 'basis of the origin' } },
    maker: { takes: '<code|name>', about: { zh: '制作机关', en: 'who made it' } },
    attribute: { takes: 'active|on-application', about: { zh: '公开属性', en: 'disclosure' } },
    pack: { takes: '<id>', about: { zh: '规则包', en: 'policy pack' } },
    signatory: { takes: '<name>', about: { zh: '签发人', en: 'signatory' } },
    contact: { takes: '<text>', about: { zh: '联系人', en: 'whom to contact' } },
    ...PARTICULARS,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const affected = await affectedOf(desk, asked.list('affects'), 'affects')
    const maker = asked.maybe('maker')
    const origin = {
      kind: asked.oneOf('origin', {
        made: OriginKind.MADE,
        held: OriginKind.HELD,
        law: OriginKind.ASSIGNED_BY_LAW,
      }),
      basis: asked.maybe('basis') ?? '',
      maker: maker ? (await namedAgency(await desk.directory(), maker)).creditCode : '',
    }
    const attribute = asked.oneOf('attribute', {
      active: DisclosureAttribute.ACTIVE,
      'on-application': DisclosureAttribute.ON_APPLICATION,
    })
    const request = {
      ...(await particularsOf(desk, asked)),
      ...(await draftOf(desk, asked)),
      ...{ origin, attribute, affected },
      noneAffectedReason: asked.maybe('affects-none') ?? '',
      policyPack: asked.maybe('pack') ?? '',
      signatory: asked.maybe('signatory') ?? '',
      contact: asked.maybe('contact') ?? '',
    }
    const releases = await desk.releases()
    const { release } = await desk.change(() => releases.submitRelease(request))
    await tellRelease(desk, release)
  },
}

const revise: Command = {
  words: 'release revise',
  takes: ['<release>'],
  about: { zh: '修订稿件，重新征求意见', en: 'a new version; the agencies are asked again' },
  options: {
    ...DRAFT,
    'also-affects': { ...AFFECTS, about: { zh: '另外涉及的机关', en: 'one more agency' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      releaseId: asked.argument(0),
      alsoAffected: await affectedOf(desk, asked.list('also-affects'), 'also-affects'),
      ...(await draftOf(desk, asked)),
    }
    const releases = await desk.releases()
    const { release } = await desk.change(() => releases.reviseDraft(request))
    await tellRelease(desk, release)
  },
}

/** The draft itself: its files are uploaded first, its digest is computed here. */
async function draftOf(desk: Desk, asked: Asked) {
  const title = asked.text('title')
  const text = asked.maybe('text') ?? (await textOf(desk, asked.text('text-file')))
  const review = asked.maybe('secrecy-review')
  const secrecyReview = review === undefined ? undefined : secrecyReviewOf(review, desk.now())
  const attachments: UploadDeclaration[] = []
  for (const file of asked.list('attachment')) attachments.push(await upload(desk, file))
  return {
    requestId: desk.requestId,
    ...{ title, text, secrecyReview },
    attachments: attachments.map(({ digest }) => digest),
    draftDigest: draftDigest({ title, text, attachments }),
    documentNumber: asked.maybe('document-number') ?? '',
  }
}

/** Uploads a file. By its digest it is the same file however often it is sent. */
export async function upload(desk: Desk, file: string): Promise<UploadDeclaration> {
  const declaration = await declarationOf(desk, file)
  const releases = await desk.releases()
  await askAgain(() => releases.uploadAttachment(uploadOf(desk, file, declaration)))
  return declaration
}

/** `reviewer`, `reviewer:date` or `reviewer:date:number`. */
export function secrecyReviewOf(given: string, now: Instant): SecrecyReview {
  const [reviewer = '', reviewedOn = dateOf(dayOf(now)), ...number] = given.split(':')
  const conclusion = SecrecyConclusion.NOT_SECRET
  return { conclusion, reviewer, reviewedOn, recordNumber: number.join(':') }
}

async function affectedOf(
  desk: Desk,
  given: readonly string[],
  option: string,
): Promise<AffectedAgency[]> {
  const affected: AffectedAgency[] = []
  for (const one of given) {
    const { who, trigger, reason } = affectsOf(one, option)
    const { creditCode } = await namedAgency(await desk.directory(), who)
    affected.push({ agency: creditCode, trigger, reason })
  }
  return affected
}

/** `agency:trigger:reason`; the reason may hold colons. */
export function affectsOf(given: string, option = 'affects') {
  const [who = '', word = '', ...reason] = given.split(':')
  const trigger = Object.hasOwn(TRIGGERS, word) ? TRIGGERS[word] : undefined
  if (who === '' || trigger === undefined)
    throw new NotUnderstood({
      zh: `--${option} 应为 机关:concerns|may-affect-work:理由`,
      en: `--${option} is agency:concerns|may-affect-work:reason`,
    })
  return { who, trigger, reason: reason.join(':') }
}

/** A release as an answer. */
export async function tellRelease(desk: Desk, release: Release | undefined): Promise<void> {
  if (release === undefined) throw new Error('the service answered without a release')
  const names = await desk.names(agenciesOf(release))
  await desk.tell(Release.toJSON(release), () => releaseText(release, names, desk.language))
}

export const DRAFT_COMMANDS: readonly Command[] = [submit, revise]
