// A release as the contract has it, as much of it as its reader may see.
import type {
  LateRemark as LateRemarkMessage,
  Publication as PublicationMessage,
  Release as Message,
  SecrecyReview as SecrecyReviewMessage,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import { SecrecyConclusion, Urgency } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { Caller } from '../../../shared/identity/identity.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import {
  unseal,
  type DraftForm,
  type Form,
  type JudgementForm,
  type SecrecyReviewForm,
  type WordsForm,
} from '../draft/canonical-forms.js'
import {
  holdingRemarks,
  statusOf,
  type LateRemark,
  type Publication,
  type Release,
} from '../release/state.js'
import { consultationMessage, opinionMessage } from './consultation-message.js'
import { ATTRIBUTES, ORIGINS, RELEASE_STATES } from './enums.js'
import { gateParts } from './gate-parts.js'
import { negotiationMessage, versionMessages } from './negotiation-message.js'
import { relationOf, visibleConsultations } from './relation.js'

type Means = Pick<
  Coordination,
  'content' | 'packs' | 'revisions' | 'agencies' | 'clockKeeper' | 'clock' | 'settlingMs'
>

/** The message for a reader who may see the release. `full` with the draft's content. */
export async function releaseMessage(
  means: Means,
  caller: Caller,
  release: Release,
  dossierVersion: number,
  full = false,
): Promise<Message> {
  const releasing = relationOf(caller, release) === 'releasing'
  const words = async <F extends Form>(digest: string | undefined): Promise<F | undefined> => {
    const found = digest === undefined ? undefined : await means.content.get(release.id, digest)
    return found === undefined ? undefined : unseal<F>(found.bytes)
  }
  const draft = full ? await words<DraftForm>(release.draftDigest) : undefined
  const judgement = await words<JudgementForm>(release.judgementDigest)
  const review = await words<SecrecyReviewForm>(release.secrecyReview?.digest)
  return {
    ...headOf(release, dossierVersion),
    ...(await gateParts(means, caller, release)),
    title: draft?.title ?? '',
    text: draft?.text ?? '',
    attachments: draft?.attachments.map((file) => ({ ...file })) ?? [],
    origin: {
      kind: ORIGINS[release.origin],
      basis: judgement?.originBasis ?? '',
      maker: release.origin === 'made' ? release.releasingAgency : '',
    },
    consultations: await Promise.all(
      visibleConsultations(caller, release).map((consultation) =>
        consultationMessage(means, release, consultation),
      ),
    ),
    lateRemarks: releasing
      ? await Promise.all(release.remarks.map((remark) => remarkMessage(means, release, remark)))
      : [],
    publication: await publicationOf(means, release),
    furtherPublications: await Promise.all(
      release.furtherPublications.map((one) => publicationMessage(means, release, one)),
    ),
    secrecyReview: review && reviewMessage(review),
    negotiation: await negotiationMessage(means, caller, release),
    versions: versionMessages(caller, release),
  }
}

/** Its first publication, with the breaches that it shows. */
const publicationOf = async (
  means: Pick<Coordination, 'content'>,
  release: Release,
): Promise<PublicationMessage | undefined> =>
  release.published && (await publicationMessage(means, release, release.published))

export async function publicationMessage(
  { content }: Pick<Coordination, 'content'>,
  { id }: Release,
  { at, whereDigest, digest, breaches }: Publication,
): Promise<PublicationMessage> {
  const found = await content.get(id, whereDigest)
  return {
    publishedAt: timestampOf(at),
    where: found === undefined ? '' : (unseal<WordsForm>(found.bytes).words[0] ?? ''),
    digest,
    breaches: [...breaches],
  }
}

/** What every list shows: nothing that lies in the content store. */
export function headOf(release: Release, dossierVersion: number): Message {
  return {
    releaseId: release.id,
    state: RELEASE_STATES[statusOf(release)],
    releasingAgency: release.releasingAgency,
    policyPack: release.pack,
    version: release.version,
    draftDigest: release.draftDigest,
    title: '',
    text: '',
    attachments: [],
    origin: undefined,
    attribute: ATTRIBUTES[release.attribute],
    documentNumber: release.documentNumber,
    submittedAt: timestampOf(release.submittedAt),
    consultations: [],
    lateRemarks: [],
    clearedAt: release.cleared && timestampOf(release.cleared.at),
    publication: undefined,
    furtherPublications: [],
    dossierVersion,
    secrecyReview: undefined,
    negotiation: undefined,
    confirmations: [],
    approvalsNeeded: [],
    approvals: [],
    categories: [],
    declarations: [],
    publicationClock: undefined,
    versions: [],
    urgency: Urgency.UNSPECIFIED,
  }
}

async function remarkMessage(
  means: Pick<Coordination, 'content'>,
  release: Release,
  remark: LateRemark,
): Promise<LateRemarkMessage> {
  return {
    remarkId: remark.id,
    consultationId: remark.consultationId,
    agency: remark.agency,
    opinion: await opinionMessage(means, release, remark.opinion, true),
    admittedAt: timestampOf(remark.opinion.admittedAt),
    holds: holdingRemarks(release).includes(remark),
    decision: remark.decision ?? '',
  }
}

const reviewMessage = (review: SecrecyReviewForm): SecrecyReviewMessage => ({
  conclusion: SecrecyConclusion.NOT_SECRET,
  reviewer: review.reviewer,
  reviewedOn: review.reviewedOn,
  recordNumber: review.recordNumber,
})
