// The words of the letters of the gates (沟通确认函, 告知书 …): facts and the pack's own citations, no more. Pure.
import type { Declaration } from '../declaration/declaration.js'
import type { OpinionForm, WordsForm } from '../draft/canonical-forms.js'
import type { Confirmation } from '../joint/joint.js'
import { urgencyOf } from './fields.js'
import { recordOf } from './labels.js'
import type { WrittenLetter } from './texts.js'
import { articleOf, type Grounded, type Pack } from '../pack/pack.js'
import type { Release } from '../release/state.js'
import { breachedPublications, type Referral } from '../breach/referral.js'

export type GateFacts = {
  readonly release: Release
  readonly pack: Pack
  readonly draftTitle: string
  readonly contact: string
  readonly signatory: string
  readonly name: (code: string) => string
  readonly time: (at: number) => string
  readonly date: (at: number) => string
}

const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n')

const cited = (pack: Pack, rule: Grounded): string => articleOf(pack, rule).citation
const SILENCE = '不答复不构成确认；在确认之前，该信息不发布。'

/** 沟通确认函, and 催办单 while it is unanswered. */
export function confirmationRequest(
  facts: GateFacts,
  confirmation: Confirmation,
  ordinal: number,
): WrittenLetter {
  const { release, pack, draftTitle, name, contact, signatory } = facts
  const reminds = ordinal > 0
  const basis = cited(pack, pack.confirmations)
  const asked = facts.date(confirmation.askedAt)
  return {
    title: reminds
      ? `催办单：《${draftTitle}》沟通确认`
      : `关于沟通确认《${draftTitle}》发布内容的函`,
    body: paragraphs(
      `${name(confirmation.agency)}：`,
      reminds
        ? `我单位于${asked}请贵单位沟通确认《${draftTitle}》（第${confirmation.version}稿），尚未收到答复（第${ordinal}次催办）。`
        : `我单位拟牵头发布与贵单位联合制作的《${draftTitle}》（第${confirmation.version}稿）。`,
      `依据${basis}，请贵单位确认该稿内容是否准确一致；认为不准确或不一致的，请写明何处。${SILENCE}`,
      `稿件摘要（SHA-256）：${release.draftDigest}`,
      contact === '' ? '' : `联系方式：${contact}`,
      [
        signatory === '' ? '' : `签发人：${signatory}`,
        name(release.releasingAgency),
        reminds ? '' : asked,
      ]
        .filter((line) => line !== '')
        .join('\n'),
    ),
    fields: recordOf({
      number: reminds ? '' : release.documentNumber,
      letter: reminds ? release.documentNumber : '',
      ordinal: reminds ? String(ordinal) : '',
      signatory: reminds ? '' : signatory,
      urgency: reminds ? '' : urgencyOf(release),
      'releasing-agency': name(release.releasingAgency),
      'draft-title': draftTitle,
      'draft-version': String(confirmation.version),
      'draft-digest': release.draftDigest,
      basis,
      'effect-of-silence': SILENCE,
      contact,
    }),
  }
}

/** 撤回通知, to a co-producer. */
export function confirmationWithdrawn(
  facts: GateFacts,
  { agency }: Confirmation,
  reason: string,
): WrittenLetter {
  const { release, draftTitle, name } = facts
  return {
    title: `撤回通知：《${draftTitle}》`,
    body: paragraphs(
      `${name(agency)}：`,
      `${name(release.releasingAgency)}已撤回《${draftTitle}》的发布事项，不再请贵单位沟通确认。`,
      reason === '' ? '' : `理由：${reason}`,
    ),
    fields: recordOf({
      letter: release.documentNumber,
      matter: `《${draftTitle}》`,
      reason: reason,
    }),
  }
}

const notice = (
  title: string,
  to: string,
  basis: string,
  ...parts: readonly string[]
): WrittenLetter => ({
  title,
  body: paragraphs(`${to}：`, ...parts),
  fields: recordOf({ about: title, basis }),
})

/** 告知书: a co-producer says that the content is not accurate. */
export function contradictionNotice(
  facts: GateFacts,
  { agency, version }: Confirmation,
  words: WordsForm,
): WrittenLetter {
  const { release, pack, draftTitle, name } = facts
  const [reasons = '', signatory = ''] = words.words
  return notice(
    `告知书：${name(agency)}对《${draftTitle}》的沟通确认意见`,
    name(release.releasingAgency),
    cited(pack, pack.confirmations),
    `${name(agency)}认为《${draftTitle}》（第${version}稿）内容不准确或不一致：${reasons}`,
    `依据${cited(pack, pack.negotiation)}，须经协商；在其确认之前，该信息不可以发布。`,
    signatory === '' ? '' : `签发人：${signatory}`,
  )
}

/** 告知书: an agency says that it is affected too, or a reply names it as the one to ask. */
export function declarationNotice(
  facts: GateFacts,
  declaration: Declaration,
  words: WordsForm | OpinionForm | undefined,
): WrittenLetter {
  const { release, pack, draftTitle, name } = facts
  const said = words?.form === 'huiqian-words-1' ? (words.words[1] ?? '') : (words?.reasons ?? '')
  const what =
    declaration.namedBy === undefined
      ? `${name(declaration.agency)}于${facts.time(declaration.declaredAt)}声明其也受《${draftTitle}》发布的影响`
      : `${name(declaration.namedBy)}在答复中建议就《${draftTitle}》征求${name(declaration.agency)}的意见`
  return notice(
    `告知书：《${draftTitle}》涉及其他机关的声明`,
    name(release.releasingAgency),
    cited(pack, pack.declarations),
    `${what}${said === '' ? '。' : `：${said}`}`,
    `依据${cited(pack, pack.declarations)}，请答复：征求其意见，或说明不征求的理由。答复在案之前，该信息不可以发布。`,
  )
}

/** 告知书: what the releasing agency answered. It speaks of the matter as who declared it spoke of it. */
export function answerNotice(
  facts: GateFacts,
  declaration: Declaration,
  stated: string,
  reason: string,
): WrittenLetter {
  const { release, pack, name } = facts
  const consulted = declaration.status === 'consulted'
  const who = name(declaration.agency)
  const about =
    declaration.namedBy === undefined
      ? `贵单位于${facts.time(declaration.declaredAt)}关于“${stated}”的涉及声明`
      : `贵单位关于征求${who}意见的建议`
  return notice(
    '告知书：对涉及声明的答复',
    name(declaration.namedBy ?? declaration.agency),
    cited(pack, pack.declarations),
    `${name(release.releasingAgency)}就${about}答复如下：${consulted ? `向${who}书面征求意见，征求意见函另行送达` : '不征求意见'}。`,
    `理由：${reason}`,
  )
}

/** 告知书: a successor takes over a release about which nobody is asked. */
export const successionNotice = (
  { release, draftTitle, name }: GateFacts,
  agency: string,
  successor: string,
): WrittenLetter => ({
  title: `告知书：《${draftTitle}》承继未办结事项`,
  body: paragraphs(
    `${name(successor)}：`,
    `${name(agency)}《${draftTitle}》一案（${release.id}）中的未办结事项由贵单位承继，原有期限继续计算，原机关名称保留在案。`,
    '事项可在系统中查看和办理（ListReleases）。',
  ),
  fields: recordOf({ about: `《${draftTitle}》承继未办结事项` }),
})

/** 告知书: a breach is referred. Facts as recorded; the consequence in the words of who refers it. */
export function referralNotice(
  facts: GateFacts,
  referral: Referral,
  consequence: string,
): WrittenLetter {
  const { release, pack, draftTitle, name } = facts
  const shown = breachedPublications(release).map(
    ({ at, breaches }) =>
      `${name(release.releasingAgency)}于${facts.time(at)}发布《${draftTitle}》，记录显示：${breaches.map((breach) => BREACHES[breach]).join('、')}。`,
  )
  return notice(
    `告知书：移送《${draftTitle}》的发布情况`,
    name(referral.to),
    cited(pack, pack.breach),
    `${name(referral.referredBy)}依据${cited(pack, pack.breach)}移送：${shown.join('')}`,
    `移送机关所述后果：${consequence}`,
    '以上为记录的事实；本系统不作责任认定。',
  )
}

const BREACHES: Readonly<Record<string, string>> = {
  'not-cleared': '发布时尚不可以发布',
  held: '发布时有意见或声明尚未处理',
  withdrawn: '发布事项已撤回',
  'other-content': '发布内容与可以发布的稿件不一致',
  'against-ruling': '违反处理意见',
}
