// Writes a letter of disagreement: what it is about stands in its subject, `<topic>:<id>`.
import { LetterKind, type Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import type { DisputeFileForm, RoundForm } from '../dispute/file-form.js'
import { unseal, type DraftForm, type Form, type WordsForm } from '../draft/canonical-forms.js'
import { DISAGREEMENT_TOPICS, type DisagreementTopic } from '../letter/disagreement-letters.js'
import * as texts from '../letter/disagreement-texts.js'
import { everyLetter, urgencyOf } from '../letter/fields.js'
import type { WrittenLetter } from '../letter/texts.js'
import type { Release } from '../release/state.js'
import type { LetterRow } from '../store/questions.js'

type Means = Pick<Coordination, 'packs' | 'agencies'> & {
  readonly content: Pick<Coordination['content'], 'get'>
}
type About = { readonly topic: DisagreementTopic; readonly id: string }

/** What a letter is about, where it is one of these. */
export function disagreementTopicOf({ subject }: LetterRow): About | undefined {
  const [first, id] = subject.split(':')
  const topic = DISAGREEMENT_TOPICS.find((one) => one === first)
  return topic === undefined || id === undefined ? undefined : { topic, id }
}

type Find = <F extends Form>(digest: string | undefined) => Promise<F | undefined>

/** The letter, whole; undefined where what it was about is gone. */
export async function writeDisagreementLetter(
  { content, packs, agencies }: Means,
  release: Release,
  row: LetterRow,
  about: About,
): Promise<Letter | undefined> {
  const words: Find = async <F extends Form>(digest: string | undefined) => {
    const found = digest === undefined ? undefined : await content.get(release.id, digest)
    return found === undefined ? undefined : unseal<F>(found.bytes)
  }
  const dispute = release.disputes.find(({ id }) => id === about.id)
  const version =
    dispute === undefined || about.topic === 'ruled-text' ? release.version : dispute.version
  const digest = release.versions.find((one) => one.version === version)?.digest
  const draft = await words<DraftForm>(digest)
  if (draft === undefined || digest === undefined) return undefined // destroyed content is not written about
  const written = await wordsOf(row, about, words, {
    release,
    pack: packs.byName(release.pack),
    draftTitle: draft.title,
    name: agencies.name,
    time: (at) => beijingTime(at).slice(0, 16),
    date: (at) => beijingTime(at).slice(0, 10),
  })
  if (written === undefined) return undefined
  const { fields, title, body } = written
  const said = (name: string) => fields.find((field) => field.name === name)?.value ?? ''
  const whole = about.topic === 'application' // the coordinator reads the draft; the others have it
  const dated = beijingTime(row.queued_at).slice(0, 10)
  const sender =
    about.topic === 'escalation'
      ? (release.consultations[about.id]?.agency ?? release.releasingAgency)
      : release.releasingAgency
  const every = everyLetter(agencies.name(sender), agencies.name(row.recipient), dated)
  return {
    letterId: row.letter_id,
    kind: whole ? LetterKind.DISPUTE_APPLICATION : LetterKind.NOTICE,
    ...{ releaseId: release.id, consultationId: '', version, sender, recipient: row.recipient },
    documentNumber: said('number'),
    signatory: said('signatory'),
    dated: timestampOf(row.queued_at),
    ...{ title, body, draftTitle: whole ? draft.title : '', draftText: whole ? draft.text : '' },
    draftDigest: digest,
    attachments: whole ? draft.attachments.map((file) => ({ ...file })) : [],
    fields: [...every, ...fields].map((field) => ({ ...field })),
    urgency: whole ? urgencyOf(release) : '',
    disputeId: dispute?.id ?? '',
  }
}

async function wordsOf(
  { recipient }: LetterRow,
  { topic, id }: About,
  words: Find,
  facts: texts.DisagreementFacts,
): Promise<WrittenLetter | undefined> {
  const { release } = facts
  switch (topic) {
    case 'round': {
      const round = release.negotiation.rounds.find((one) => one.id === id)
      const form = await words<RoundForm>(round?.digest)
      return form && texts.roundNotice(facts, recipient, form)
    }
    case 'declined': {
      const digest = release.consultations[id]?.changesDeclined?.reasonDigest
      const reason = await words<WordsForm>(digest)
      return reason && texts.declinedNotice(facts, recipient, reason.words[0] ?? '')
    }
    case 'escalation': {
      const request = release.negotiation.requests.find((one) => one.consultationId === id)
      const reason = await words<WordsForm>(request?.reasonDigest)
      if (request === undefined || reason === undefined) return undefined
      return texts.escalationNotice(facts, request.agency, reason.words[0] ?? '')
    }
    case 'application':
    case 'filed':
    case 'ruled-text': {
      const dispute = release.disputes.find((one) => one.id === id)
      if (dispute === undefined) return undefined
      if (topic === 'filed') return texts.filedNotice(facts, recipient, dispute)
      if (topic === 'ruled-text') return texts.ruledTextNotice(facts, recipient, dispute)
      const file = await words<DisputeFileForm>(dispute.fileDigest)
      return file && texts.application(facts, file)
    }
  }
}
