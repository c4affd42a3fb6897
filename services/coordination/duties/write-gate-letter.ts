// Writes a letter of the gates beside consultation: what it is about stands in its subject, `<topic>:<id>`.
import { LetterKind, type Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import {
  unseal,
  type DraftForm,
  type Form,
  type JudgementForm,
  type OpinionForm,
  type WordsForm,
} from '../draft/canonical-forms.js'
import type { GateTopic } from '../letter/gate-letters.js'
import { everyLetter } from '../letter/fields.js'
import * as texts from '../letter/gate-texts.js'
import type { FieldName } from '../letter/labels.js'
import type { WrittenLetter } from '../letter/texts.js'
import type { Release } from '../release/state.js'
import type { LetterRow } from '../store/questions.js'

type Means = Pick<Coordination, 'packs' | 'agencies'> & {
  readonly content: Pick<Coordination['content'], 'get'>
}

const TOPICS: readonly GateTopic[] = [
  'succession',
  ...(['confirmation', 'contradiction', 'declaration', 'answer', 'referral'] as const),
]

/** What a letter is about, where it is one of these. */
export function gateTopicOf({ subject }: LetterRow): { topic: GateTopic; id: string } | undefined {
  const [first, id] = subject.split(':')
  const topic = TOPICS.find((one) => one === first)
  return topic === undefined || id === undefined ? undefined : { topic, id }
}

type Find = <F extends Form>(digest: string | undefined) => Promise<F | undefined>

/** The letter, whole; undefined where what it was about is gone. */
export async function writeGateLetter(
  { content, packs, agencies }: Means,
  release: Release,
  row: LetterRow,
  about: { readonly topic: GateTopic; readonly id: string },
): Promise<Letter | undefined> {
  const words: Find = async <F extends Form>(digest: string | undefined) => {
    const found = digest === undefined ? undefined : await content.get(release.id, digest)
    return found === undefined ? undefined : unseal<F>(found.bytes)
  }
  const draft = await words<DraftForm>(release.draftDigest)
  const judgement = await words<JudgementForm>(release.judgementDigest)
  if (draft === undefined || judgement === undefined) return undefined // destroyed content is not written about
  const written = await wordsOf(row, about, words, {
    release,
    pack: packs.byName(release.pack),
    draftTitle: draft.title,
    contact: judgement.contact,
    signatory: judgement.signatory,
    name: agencies.name,
    time: (at) => beijingTime(at).slice(0, 16),
    date: (at) => beijingTime(at).slice(0, 10),
  })
  if (written === undefined) return undefined
  const carriesDraft = row.kind === 'confirmation_request'
  const said = (name: FieldName) => written.fields.find((field) => field.name === name)?.value ?? ''
  const referral = release.referrals.find(({ referralId }) => referralId === about.id)
  const sender = referral?.referredBy ?? release.releasingAgency
  const every = everyLetter(
    agencies.name(sender),
    agencies.name(row.recipient),
    beijingTime(row.queued_at).slice(0, 10),
  )
  // Who declared itself learns what was answered, and nothing of the draft.
  const version =
    about.topic === 'answer' ? 0 : (release.confirmations[about.id]?.version ?? release.version)
  return {
    letterId: row.letter_id,
    kind: KINDS[row.kind as keyof typeof KINDS],
    releaseId: release.id,
    consultationId: '',
    version,
    sender,
    recipient: row.recipient,
    documentNumber: said('number'),
    signatory: said('signatory'),
    dated: timestampOf(row.queued_at),
    title: written.title,
    body: written.body,
    draftTitle: carriesDraft ? draft.title : '',
    draftText: carriesDraft ? draft.text : '',
    draftDigest: version === release.version ? release.draftDigest : '',
    attachments: carriesDraft ? draft.attachments.map((file) => ({ ...file })) : [],
    fields: [...every, ...written.fields].map((field) => ({ ...field })),
    urgency: said('urgency'),
    disputeId: '',
  }
}

const KINDS = {
  confirmation_request: LetterKind.CONFIRMATION_REQUEST,
  reminder: LetterKind.REMINDER,
  withdrawal: LetterKind.WITHDRAWAL,
  notice: LetterKind.NOTICE,
} as const

async function wordsOf(
  row: LetterRow,
  { topic, id }: { readonly topic: GateTopic; readonly id: string },
  words: Find,
  facts: texts.GateFacts,
): Promise<WrittenLetter | undefined> {
  const { release } = facts
  switch (topic) {
    case 'confirmation': {
      const confirmation = release.confirmations[id]
      if (confirmation === undefined || confirmation.version !== release.version) return undefined
      if (row.kind === 'withdrawal') {
        const reason = await words<WordsForm>(release.withdrawn?.reasonDigest)
        return texts.confirmationWithdrawn(facts, confirmation, reason?.words[0] ?? '')
      }
      // A reminder that its answer has overtaken is not sent.
      if (row.kind === 'reminder' && confirmation.status !== 'awaited') return undefined
      const ordinal = row.kind === 'reminder' ? confirmation.remindedAt.length : 0
      return texts.confirmationRequest(facts, confirmation, ordinal)
    }
    case 'contradiction': {
      const confirmation = release.confirmations[id]
      const said = await words<WordsForm>(confirmation?.answer?.digest)
      if (confirmation === undefined || said === undefined) return undefined
      return confirmation.answer?.accurate === true
        ? undefined // replaced before it left: it stands no more
        : texts.contradictionNotice(facts, confirmation, said)
    }
    case 'declaration':
    case 'answer': {
      const declaration = release.declarations.find((one) => one.id === id)
      if (declaration === undefined) return undefined
      const said = await words<WordsForm | OpinionForm>(declaration.digest)
      if (topic === 'declaration') return texts.declarationNotice(facts, declaration, said)
      const answer = await words<WordsForm>(declaration.answerDigest)
      const stated = said?.form === 'huiqian-words-1' ? (said.words[0] ?? '') : ''
      return texts.answerNotice(facts, declaration, stated, answer?.words[0] ?? '')
    }
    case 'succession':
      return texts.successionNotice(facts, id, row.recipient)
    case 'referral': {
      const referral = release.referrals.find(({ referralId }) => referralId === id)
      const said = await words<WordsForm>(referral?.consequenceDigest)
      if (referral === undefined) return undefined
      return texts.referralNotice(facts, referral, said?.words[0] ?? '')
    }
  }
}
