// GetDisputeFile: the file of a dispute as it was sealed when it was filed, for escalation. The same for ever.
import type {
  DisputeFile,
  GetDisputeFileRequest,
  GetDisputeFileResponse,
} from '../../../gen/huiqian/coordination/v1/dispute_file.js'
import { OpinionKind } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import type { Position } from '../dispute/dispute.js'
import type { DisputeFileForm } from '../dispute/file-form.js'
import { unseal } from '../draft/canonical-forms.js'
import type { Claim } from '../pack/pack.js'
import { CLAIMS } from './enums.js'
import { ADDRESSEES, ROUND_KINDS } from './negotiation-enums.js'
import { notFound } from './relation.js'

export const getDisputeFile = (room: Pick<Coordination, 'negotiations' | 'releases' | 'content'>) =>
  unary<GetDisputeFileRequest, GetDisputeFileResponse>(async (request) => {
    const disputeId = uuidField(request.disputeId, 'dispute_id')
    const releaseId = await room.negotiations.releaseOf(disputeId)
    if (releaseId === undefined) throw notFound()
    const { state } = await room.releases.read(releaseId)
    const dispute = state.disputes.find(({ id }) => id === disputeId)
    const found = dispute && (await room.content.get(releaseId, dispute.fileDigest))
    if (found === undefined) throw notFound() // destroyed with the release's content
    return { file: fileMessage(unseal<DisputeFileForm>(found.bytes)) }
  })

function fileMessage(form: DisputeFileForm): DisputeFile {
  return {
    disputeId: form.dispute,
    releaseId: form.release,
    version: form.version,
    draftDigest: form.draft,
    title: form.title,
    text: form.text,
    attachments: form.attachments.map((file) => ({ ...file })),
    releasingAgency: form.releasingAgency,
    policyPack: form.policyPack,
    article: { ...form.article },
    parties: form.parties.map(partyMessage),
    candidates: form.candidates.map(({ kind, ...rest }) => ({ kind: ADDRESSEES[kind], ...rest })),
    to: ADDRESSEES[form.to],
    coordinator: form.coordinator,
    onStandingInstruction: form.onStandingInstruction,
    reviewBodies: form.reviewBodies.map((body) => ({ ...body })),
    rounds: form.rounds.map((round) => ({
      roundId: round.round,
      ordinal: round.ordinal,
      version: form.version,
      kind: ROUND_KINDS[round.kind],
      heldAt: timestampOf(round.heldAt),
      recordedAt: timestampOf(round.recordedAt),
      positions: round.positions.map((position) => ({ ...position })),
      summary: round.summary,
      digest: round.digest,
    })),
    summary: form.summary,
    mainDispute: form.mainDispute,
    legalBasis: form.legalBasis,
    documentNumber: form.documentNumber,
    signatory: form.signatory,
    filedAt: timestampOf(form.filedAt),
    coReviewRequired: form.coReviewRequired,
    consulted: [...form.consulted],
    remindEveryWorkingDays: form.remindEveryWorkingDays,
  }
}

const partyMessage = (
  party: DisputeFileForm['parties'][number],
): DisputeFile['parties'][number] => ({
  agency: party.agency,
  consultationId: party.consultation,
  opinion: {
    kind: KINDS[party.position],
    reasons: party.reasons,
    legalBasis: party.legalBasis,
    proposedWording: party.proposedWording,
    askInstead: '',
    claims: party.claims.map((claim) => CLAIMS[claim as Claim]),
    documentNumber: party.documentNumber,
    signatory: party.signatory,
  },
})

// A contradiction has no consultation: that tells it from an objection.
const KINDS: Readonly<Record<Position, OpinionKind>> = {
  objection: OpinionKind.OBJECTION,
  consent_with_changes: OpinionKind.CONSENT_WITH_CHANGES,
  contradiction: OpinionKind.OBJECTION,
}
