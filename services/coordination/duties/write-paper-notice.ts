// Writes a notice about paper (告知书): what it says stands in its subject.
import type { Consultation } from '../consultation/consultation.js'
import type { Form, OpinionForm, WordsForm } from '../draft/canonical-forms.js'
import type { PaperTopic } from '../letter/paper-letters.js'
import { paperNotice, paperOpinionNotice, takeOverNotice } from '../letter/paper-texts.js'
import type { LetterFacts, WrittenLetter } from '../letter/texts.js'
import type { Release } from '../release/state.js'
import type { LetterRow } from '../store/questions.js'

type FindWords = <F extends Form>(digest: string) => Promise<F | undefined>

/** The notice in words. */
export async function writePaperNotice(
  row: LetterRow,
  facts: LetterFacts,
  words: FindWords,
): Promise<WrittenLetter> {
  const { topic, id } = topicOf(row.subject)
  if (topic === 'paper-opinion') {
    const opinion = await words<OpinionForm>(id)
    if (opinion === undefined) throw new Error('the words of a reply are not in the content store')
    return paperOpinionNotice(facts, row.recipient, opinion, id)
  }
  if (topic === 'taken-over') return takeOverNotice(facts, row.recipient, id)
  const { paper } = facts.consultation
  const signed = await words<WordsForm>(paper?.signedByDigest ?? '')
  const reason = await words<WordsForm>(paper?.reasonDigest ?? '')
  return paperNotice(facts, topic, row.recipient, {
    signedBy: signed?.words[0] ?? '',
    reason: reason?.words[0] ?? '',
  })
}

function topicOf(subject: string): { readonly topic: PaperTopic; readonly id: string } {
  const [topic = '', id = ''] = subject.split(':')
  return { topic: topic as PaperTopic, id }
}

/** Who speaks: the competent authority of its decision, the consulted agency of its contest, the releasing agency else. */
export function senderOfPaperNotice(
  subject: string,
  { releasingAgency }: Release,
  { agency, paper, opinion }: Consultation,
): string {
  switch (topicOf(subject).topic) {
    case 'paper-confirmed':
    case 'paper-rejected':
      return paper?.decidedBy ?? releasingAgency
    case 'paper-contested':
      return agency
    case 'paper-undecided':
      return paper?.status === 'contested' ? agency : releasingAgency
    case 'paper-opinion':
      return opinion?.paper?.recordedBy === 'consulted' ? agency : releasingAgency
    case 'taken-over':
    case 'paper-recorded':
    case 'paper-late':
      return releasingAgency
  }
}
