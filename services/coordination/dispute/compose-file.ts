// Puts the file of a dispute together from the state it is filed in and the words that belong to it. Pure.
import type { DraftForm, Form, OpinionForm, WordsForm } from '../draft/canonical-forms.js'
import { articleOf, packName, type Pack } from '../pack/pack.js'
import { presentConsultations, type Release } from '../release/state.js'
import type { Party } from './dispute.js'
import type { DisputeFileForm, RoundForm } from './file-form.js'
import type { Plan } from './file-dispute.js'

/** Words by digest; undefined where they were not read. */
export type WordsRead = (digest: string) => Form | undefined

export type ReviewBody = DisputeFileForm['reviewBodies'][number]

export type FileParticulars = Pick<
  DisputeFileForm,
  | 'dispute'
  | 'documentNumber'
  | 'signatory'
  | 'filedAt'
  | 'summary'
  | 'mainDispute'
  | 'legalBasis'
  | 'onStandingInstruction'
> & { readonly reviewBodies: readonly ReviewBody[] }

/** Digests of all the words that the file of these parties quotes. */
export function quotedBy(release: Release, parties: readonly Party[]): string[] {
  return [
    release.draftDigest,
    ...parties.flatMap((party) => answerDigest(release, party) ?? []),
    ...release.negotiation.rounds.map(({ digest }) => digest),
  ]
}

/** The file, whole; undefined where words that it quotes were not read: then it changed meanwhile. */
export function composeFile(
  release: Release,
  pack: Pack,
  plan: Plan,
  words: WordsRead,
  particulars: FileParticulars,
): DisputeFileForm | undefined {
  if (quotedBy(release, plan.parties).some((digest) => words(digest) === undefined))
    return undefined
  const draft = words(release.draftDigest) as DraftForm
  return {
    form: 'huiqian-dispute-file-1',
    ...particulars,
    // Those that the pack names; the level may lack one of them.
    reviewBodies: particulars.reviewBodies.filter(({ role }) =>
      pack.coReview.bodies.some((body) => body === role),
    ),
    release: release.id,
    version: release.version,
    draft: release.draftDigest,
    title: draft.title,
    text: draft.text,
    attachments: draft.attachments,
    releasingAgency: release.releasingAgency,
    policyPack: packName(pack),
    article: articleOf(pack, pack.escalation),
    parties: plan.parties.map((party) => partyOf(release, party, words)),
    candidates: plan.candidates.map(({ kind, agency = '', zh, en }) => ({
      ...{ kind, agency, reasonZh: zh, reasonEn: en },
    })),
    to: plan.to,
    coordinator: plan.coordinator,
    rounds: release.negotiation.rounds.map((round) => {
      const { positions, summary } = words(round.digest) as RoundForm
      const { id, ordinal, kind, heldAt, recordedAt, digest } = round
      return { round: id, ordinal, kind, heldAt, recordedAt, positions, summary, digest }
    }),
    coReviewRequired: pack.coReview.requiredOf.length > 0,
    consulted: presentConsultations(release).map(({ agency }) => agency),
    remindEveryWorkingDays: pack.coReview.remindEveryWorkingDays,
  }
}

function partyOf(
  release: Release,
  party: Party,
  words: WordsRead,
): DisputeFileForm['parties'][number] {
  const { agency, position, consultationId } = party
  const said = words(answerDigest(release, party) ?? '') as OpinionForm | WordsForm | undefined
  const opinion = said?.form === 'huiqian-opinion-1' ? said : undefined
  const contradiction = said?.form === 'huiqian-words-1' ? said.words : []
  return {
    agency,
    position,
    consultation: position === 'contradiction' ? '' : consultationId,
    reasons: opinion?.reasons ?? contradiction[0] ?? '',
    legalBasis: opinion?.legalBasis ?? '',
    proposedWording: opinion?.proposedWording ?? '',
    documentNumber: opinion?.documentNumber ?? '',
    signatory: opinion?.signatory ?? contradiction[1] ?? '',
    claims: opinion?.claims ?? [],
  }
}

const answerDigest = (
  { consultations, confirmations }: Release,
  { consultationId, position }: Party,
): string | undefined =>
  position === 'contradiction'
    ? confirmations[consultationId]?.answer?.digest
    : consultations[consultationId]?.opinion?.digest
