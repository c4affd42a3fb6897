// Writes letters that are to be posted: the state and the content they are about, in the words of texts.ts,
// as the contract of delivery has them.
import { LetterKind, type Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import {
  unseal,
  type DisputeForm,
  type Form,
  type RulingForm,
  type WordsForm,
} from '../forms/forms.js'
import { isOpen, type Dispute } from '../dispute/state.js'
import type { Escalation } from '../escalation.js'
import type { LetterKind as Kind, NoticeAbout } from '../letter/follow-up.js'
import { recordOf } from '../letter/labels.js'
import * as texts from '../letter/texts.js'
import type { LetterRow } from '../store/questions.js'

const KINDS: Readonly<Record<Kind, LetterKind>> = {
  notice: LetterKind.NOTICE,
  dispute_application: LetterKind.DISPUTE_APPLICATION,
  co_review_request: LetterKind.CO_REVIEW_REQUEST,
  reminder: LetterKind.REMINDER,
  ruling: LetterKind.RULING,
}

type Means = Pick<Escalation, 'disputes' | 'agencies'> & {
  readonly content: Pick<Escalation['content'], 'get'>
}
type FindWords = <F extends Form>(digest: string) => Promise<F | undefined>

/** The letters of a round; the content that several are about is read once. */
export function writeLetters(
  means: Means,
  rows: readonly LetterRow[],
): Promise<(Letter | undefined)[]> {
  const found = new Map<string, ReturnType<Means['content']['get']>>()
  const get: Means['content']['get'] = (release, digest) => {
    const key = `${release} ${digest}`
    const known = found.get(key) ?? means.content.get(release, digest)
    found.set(key, known)
    return known
  }
  const once = { ...means, content: { get } }
  return Promise.all(rows.map((row) => writeLetter(once, row)))
}

/** The letter, whole; undefined where what it asks for is over, or its content was destroyed. */
async function writeLetter(
  { disputes, content, agencies }: Means,
  row: LetterRow,
): Promise<Letter | undefined> {
  const { state: dispute } = await disputes.read(row.dispute_id)
  const words: FindWords = async <F extends Form>(digest: string) => {
    const found = digest === '' ? undefined : await content.get(dispute.releaseId, digest)
    return found === undefined ? undefined : unseal<F>(found.bytes)
  }
  const file = await words<DisputeForm>(dispute.fileDigest)
  if (file === undefined || isIdle(dispute, row)) return undefined
  const { sender, recipient } = row
  const facts = { dispute, file, sender, recipient, name: agencies.name, time: untilMinute }
  const written = await wordsOf(row, facts, words)
  if (written === undefined) return undefined
  const carriesDraft = row.kind === 'dispute_application' || row.kind === 'co_review_request'
  const ruled = row.kind === 'ruling'
  const every = recordOf({
    sender: agencies.name(sender),
    recipient: agencies.name(recipient),
    date: beijingTime(row.queued_at).slice(0, 10),
  })
  return {
    letterId: row.letter_id,
    kind: KINDS[row.kind as Kind],
    releaseId: dispute.releaseId,
    disputeId: dispute.id,
    consultationId: '',
    version: dispute.version,
    ...{ sender, recipient },
    documentNumber: ruled ? (dispute.ruling?.documentNumber ?? '') : '',
    signatory: written.signatory ?? '',
    dated: timestampOf(row.queued_at),
    title: written.title,
    body: written.body,
    draftTitle: carriesDraft ? file.draft.title : '',
    draftText: carriesDraft ? file.draft.text : '',
    draftDigest: dispute.draftDigest,
    attachments: carriesDraft ? file.draft.attachments.map((one) => ({ ...one })) : [],
    fields: [...every, ...written.fields].map((field) => ({ ...field })),
    urgency: '',
  }
}

/** What asks for something is not sent any more once nobody waits for it: it would disclose the draft for nothing. */
function isIdle(dispute: Dispute, { kind, recipient, subject }: LetterRow): boolean {
  switch (kind as Kind) {
    case 'notice':
    case 'ruling':
      return false
    case 'dispute_application':
      return !isOpen(dispute) || dispute.coordinator !== recipient
    case 'co_review_request':
    case 'reminder':
      return !isOpen(dispute) || dispute.coReviews[viewOf(subject)]?.given !== undefined
  }
}

/** `<view>` or `<view>/<ordinal>`; the view is empty where the coordinator is reminded. */
const viewOf = (subject: string): string => subject.split('/')[0] ?? ''

const untilMinute = (at: number): string => beijingTime(at).slice(0, 16)

async function wordsOf(
  row: LetterRow,
  facts: texts.LetterFacts,
  words: FindWords,
): Promise<(texts.Words & { readonly signatory?: string }) | undefined> {
  const { dispute, file } = facts
  const reasonOf = async (digest: string): Promise<readonly string[]> =>
    (await words<WordsForm>(digest))?.words ?? []
  switch (row.kind as Kind) {
    case 'dispute_application': {
      const [, zh = ''] = await reasonOf(dispute.former.at(-1)?.reasonDigest ?? '')
      const candidate = file.candidates.find(({ kind }) => kind === dispute.to)?.zh
      return { ...texts.application(facts, candidate ?? zh), signatory: file.signatory }
    }
    case 'co_review_request': {
      const view = dispute.coReviews[row.subject]
      if (view === undefined) return undefined
      const [reason = ''] = await reasonOf(view.reasonDigest ?? '')
      return texts.coReviewRequest(facts, view, reason)
    }
    case 'reminder': {
      const [id = '', ordinal = ''] = row.subject.split('/')
      return texts.reminder(facts, dispute.coReviews[id], ordinal)
    }
    case 'ruling': {
      const { ruling } = dispute
      const form = await words<RulingForm>(ruling?.digest ?? '')
      if (ruling === undefined || form === undefined) return undefined
      return { ...texts.ruling(facts, ruling, form), signatory: form.signatory }
    }
    case 'notice': {
      const about = row.subject as NoticeAbout
      const passed = dispute.former.findLast(({ how }) => how === about)
      const digest = about === 'returned' ? dispute.returned?.reasonDigest : passed?.reasonDigest
      const [reason = ''] = await reasonOf(digest ?? '')
      return texts.notice(facts, about, reason)
    }
  }
}
