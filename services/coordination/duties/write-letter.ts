// Writes a letter that is to be posted: the state and the content it is about, in the words of
// texts.ts, as the contract of delivery has it.
import { LetterKind, type Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import type { Consultation } from '../consultation/consultation.js'
import {
  unseal,
  type DraftForm,
  type Form,
  type JudgementForm,
  type OpinionForm,
  type WordsForm,
} from '../draft/canonical-forms.js'
import { hasEnded, presentConsultations, type LateRemark, type Release } from '../release/state.js'
import type { LetterRow } from '../store/questions.js'
import type { LetterKind as Kind } from '../letter/follow-up.js'
import * as fields from '../letter/fields.js'
import type { FieldName } from '../letter/labels.js'
import * as texts from '../letter/texts.js'
import { disagreementTopicOf, writeDisagreementLetter } from './write-disagreement-letter.js'
import { gateTopicOf, writeGateLetter } from './write-gate-letter.js'
import { senderOfPaperNotice, writePaperNotice } from './write-paper-notice.js'

const KINDS: Readonly<Record<Kind, LetterKind>> = {
  consultation_letter: LetterKind.CONSULTATION_LETTER,
  reminder: LetterKind.REMINDER,
  certificate_of_deemed_consent: LetterKind.CERTIFICATE_OF_DEEMED_CONSENT,
  defect_notice: LetterKind.DEFECT_NOTICE,
  withdrawal: LetterKind.WITHDRAWAL,
  correction: LetterKind.CORRECTION,
  reply_notice: LetterKind.REPLY_NOTICE,
  confirmation_request: LetterKind.CONFIRMATION_REQUEST,
  notice: LetterKind.NOTICE,
  dispute_application: LetterKind.DISPUTE_APPLICATION,
}

// The draft is disclosed by them: not to anybody once the release was withdrawn or is out already.
const ASKS_FOR_A_REPLY: ReadonlySet<Kind> = new Set([
  'consultation_letter',
  'reminder',
  'defect_notice',
  'confirmation_request',
])

type Means = Pick<Coordination, 'releases' | 'packs' | 'agencies'> & {
  readonly content: Pick<Coordination['content'], 'get'>
}

/** The letter, whole; undefined where what it was about is gone (its version superseded, or the release ended, before it left). */
export async function writeLetter(means: Means, row: LetterRow): Promise<Letter | undefined> {
  const { releases, content, packs, agencies } = means
  const { state: release } = await releases.read(row.release_id)
  const kind = row.kind as Kind
  if (ASKS_FOR_A_REPLY.has(kind) && hasEnded(release)) return undefined
  const disagreement = disagreementTopicOf(row)
  if (disagreement !== undefined) return writeDisagreementLetter(means, release, row, disagreement)
  const gate = gateTopicOf(row)
  if (gate !== undefined) return writeGateLetter(means, release, row, gate)
  const consultation =
    release.consultations[row.consultation_id] ?? presentConsultations(release)[0]
  if (consultation === undefined || consultation.version !== release.version) return undefined
  const words = async <F extends Form>(digest: string): Promise<F | undefined> => {
    const found = await content.get(release.id, digest)
    return found === undefined ? undefined : unseal<F>(found.bytes)
  }
  const draft = await words<DraftForm>(release.draftDigest)
  const judgement = await words<JudgementForm>(release.judgementDigest)
  if (draft === undefined || judgement === undefined) return undefined // destroyed content is not written about
  const facts: texts.LetterFacts = {
    release,
    pack: packs.byName(release.pack),
    consultation,
    judgement,
    draftTitle: draft.title,
    name: agencies.name,
    time: untilTime,
    date: (at) => beijingTime(at).slice(0, 10),
  }
  const written = await wordsOf(row, facts, words)
  const carriesDraft = kind === 'consultation_letter'
  const said = (name: FieldName) => written.fields.find((field) => field.name === name)?.value ?? ''
  const sender = senderOf(row, facts)
  const dated = datedOf(kind, consultation, row)
  const every = fields.everyLetter(
    agencies.name(sender),
    agencies.name(row.recipient),
    facts.date(dated),
  )
  return {
    letterId: row.letter_id,
    kind: KINDS[kind],
    releaseId: release.id,
    consultationId: row.consultation_id,
    version: consultation.version,
    sender,
    recipient: row.recipient,
    documentNumber: said('number'),
    signatory: said('signatory'),
    dated: timestampOf(dated),
    title: written.title,
    body: written.body,
    draftTitle: carriesDraft ? draft.title : '',
    draftText: carriesDraft ? draft.text : '',
    draftDigest: release.draftDigest,
    attachments: carriesDraft ? draft.attachments.map((file) => ({ ...file })) : [],
    fields: [...every, ...written.fields].map((field) => ({ ...field })),
    urgency: said('urgency'),
    disputeId: '',
  }
}

// A reply comes from whoever gave it, a decision from whoever decided; everything else from the releasing agency.
function senderOf(row: LetterRow, { release, consultation }: texts.LetterFacts): string {
  if (row.kind === 'reply_notice') return consultation.agency
  if (row.kind === 'notice') return senderOfPaperNotice(row.subject, release, consultation)
  return release.releasingAgency
}

const datedOf = (kind: Kind, consultation: Consultation, row: LetterRow): number =>
  kind === 'consultation_letter' ? consultation.issuedAt : row.queued_at

// The end of a day is written 24:00 of that day, as the law speaks of it (民法典 203), not 00:00 of the next.
function untilTime(at: number): string {
  const time = beijingTime(at)
  return time.endsWith(' 00:00:00')
    ? `${beijingTime(at - 1).slice(0, 10)} 24:00`
    : time.slice(0, 16)
}

type FindWords = <F extends Form>(digest: string) => Promise<F | undefined>

async function wordsOf(
  row: LetterRow,
  facts: texts.LetterFacts,
  words: FindWords,
): Promise<texts.WrittenLetter> {
  const { release, consultation } = facts
  switch (row.kind as Kind) {
    case 'consultation_letter':
      return { ...texts.consultationLetter(facts), fields: fields.consultationLetter(facts) }
    case 'reminder': {
      const written = texts.reminder(facts, reminderAt(consultation, row) ?? row.queued_at)
      return { ...written, fields: fields.reminder(facts, row.subject) }
    }
    case 'certificate_of_deemed_consent':
      return { ...texts.certificate(facts), fields: fields.certificate(facts) }
    case 'defect_notice':
      return { ...texts.defectNotice(facts), fields: fields.defectNotice(facts) }
    case 'correction': {
      const written = texts.correction(facts, row.subject, row.recipient)
      return { ...written, fields: fields.correction(facts, row.subject) }
    }
    case 'withdrawal': {
      const reason = await words<WordsForm>(release.withdrawn?.reasonDigest ?? '')
      const why = reason?.words[0] ?? ''
      return { ...texts.withdrawal(facts, why), fields: fields.withdrawal(facts, why) }
    }
    case 'reply_notice': {
      const opinion = await opinionOf(release, consultation, row, words)
      const cause = remarkOf(release, row)?.cause
      return {
        ...texts.replyNotice(facts, opinion, cause),
        fields: fields.replyNotice(facts, opinion, cause),
      }
    }
    case 'notice':
      return writePaperNotice(row, facts, words)
    case 'confirmation_request':
    case 'dispute_application':
      throw new Error(`a letter of the kind ${row.kind} says in its subject what it is about`)
  }
}

const reminderAt = (consultation: Consultation, row: LetterRow): number | undefined =>
  consultation.deadline?.reminders[Number(row.subject) - 1]

const remarkOf = (release: Release, row: LetterRow): LateRemark | undefined =>
  release.remarks.find(({ id }) => id === row.subject)

async function opinionOf(
  release: Release,
  consultation: Consultation,
  row: LetterRow,
  words: FindWords,
): Promise<OpinionForm> {
  const digest = remarkOf(release, row)?.opinion.digest ?? consultation.opinion?.digest ?? ''
  const opinion = await words<OpinionForm>(digest)
  if (opinion === undefined) throw new Error('the words of a reply are not in the content store')
  return opinion
}
