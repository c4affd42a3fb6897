// A dispute as the contract has it, with as much of its words as is asked for and as the caller may see.
import {
  Advice,
  CandidateKind,
  Part,
  type CoReview as CoReviewMessage,
  type Dispute as Message,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { signedActBytes } from '../../../shared/acts/kept-act.js'
import type { Caller } from '../../../shared/identity/identity.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import {
  unseal,
  type DisputeForm,
  type Form,
  type ViewForm,
  type WordsForm,
} from '../forms/forms.js'
import { isOpen, type CoReview, type Dispute, type PartIn } from '../dispute/state.js'
import type { Escalation } from '../escalation.js'
import { ADVICES, CANDIDATES, PARTS, STATES } from './enums.js'
import { agenciesOf, partOf } from './relation.js'
import { rulingMessage } from './ruling-message.js'

const DAY_MS = 86_400_000

/** `facts`: lists and streams; `basic`: with the words of the procedure; `full`: with the draft and what the parties say. */
export type Shown = 'facts' | 'basic' | 'full'

type Means = Pick<Escalation, 'content' | 'clock'>
type FindWords = <F extends Form>(digest: string | undefined) => Promise<F | undefined>

/** The dispute for a caller that has a part in it. */
export const disputeMessage = (
  means: Means,
  caller: Caller,
  { state, version }: { readonly state: Dispute; readonly version: number },
  shown: Shown,
): Promise<Message> =>
  messageFor(means, { caller, part: partOf(caller, state) }, state, version, shown)

/** The signed act of a ruling, whole, for whoever may read its grounds. */
const signedActOf = ({ content }: Means, { releaseId, ruling }: Dispute, shown: Shown) =>
  signedActBytes(content, releaseId, shown === 'facts' ? undefined : ruling?.signed)

/** The same for whoever has just given up its part. */
export async function messageFor(
  means: Means,
  who: { readonly caller: Caller; readonly part?: PartIn },
  dispute: Dispute,
  version: number,
  shown: Shown,
): Promise<Message> {
  const { part } = who
  const words: FindWords = async <F extends Form>(digest: string | undefined) => {
    if (shown === 'facts' || digest === undefined) return undefined
    const found = await means.content.get(dispute.releaseId, digest)
    return found === undefined ? undefined : unseal<F>(found.bytes)
  }
  const file = await words<DisputeForm>(dispute.fileDigest)
  const full = shown === 'full' ? file : undefined
  const { to, acceptedAt } = dispute
  return {
    disputeId: dispute.id,
    releaseId: dispute.releaseId,
    version: dispute.version,
    draftDigest: dispute.draftDigest,
    state: STATES[dispute.status],
    part: part === undefined ? Part.UNSPECIFIED : PARTS[part],
    releasingAgency: dispute.releasingAgency,
    coordinator: dispute.coordinator,
    to: to === undefined ? CandidateKind.UNSPECIFIED : CANDIDATES[to],
    candidates: candidateMessages(dispute, file),
    parties: partyMessages(dispute, full),
    documentNumber: dispute.documentNumber,
    onStandingInstruction: dispute.onStandingInstruction,
    filedAt: timestampOf(dispute.filedAt),
    acceptedAt: acceptedAt === undefined ? undefined : timestampOf(acceptedAt),
    ageDays: ageOf(dispute, means.clock.now()),
    remindedAt: dispute.remindedAt.map(timestampOf),
    coReviews: await Promise.all(
      Object.values(dispute.coReviews).map((view) => coReviewOf(view, who, words)),
    ),
    ruling: await rulingMessage(dispute, words, shown, await signedActOf(means, dispute, shown)),
    ending: await endingOf(dispute, words),
    article: file?.article ?? { id: dispute.rule, citation: '', text: '' },
    title: full?.draft.title ?? '',
    text: full?.draft.text ?? '',
    attachments: full?.draft.attachments.map((one) => ({ ...one })) ?? [],
    rounds: dispute.rounds.map(({ heldAt, kind }, index) => ({
      ...{ heldAt: timestampOf(heldAt), kind },
      positions: full?.rounds[index]?.positions.map((one) => ({ ...one })) ?? [],
      summary: full?.rounds[index]?.summary ?? '',
    })),
    summary: full?.summary ?? '',
    mainDispute: full?.mainDispute ?? '',
    legalBasis: full?.legalBasis ?? '',
    formerCoordinators: await Promise.all(
      dispute.former.map(async ({ agency, how, until, reasonDigest }) => ({
        ...{ agency, how, until: timestampOf(until) },
        reason: (await words<WordsForm>(reasonDigest))?.words[0] ?? '',
      })),
    ),
    dossierVersion: version,
  }
}

/** Full days since it came to its coordinator; once that has decided, as old as it was then. */
function ageOf(dispute: Dispute, now: number): number {
  const { since, returned, ruling, ended } = dispute
  const until = isOpen(dispute) ? now : (ruling?.ruledAt ?? returned?.at ?? ended?.at ?? now)
  return Math.max(0, Math.floor((until - since) / DAY_MS))
}

const candidateMessages = ({ candidates }: Dispute, file: DisputeForm | undefined) =>
  candidates.map(({ kind, agency }) => {
    const why = file?.candidates.find((one) => one.kind === kind)
    return { kind: CANDIDATES[kind], agency, reasonZh: why?.zh ?? '', reasonEn: why?.en ?? '' }
  })

const partyMessages = ({ releasingAgency, parties }: Dispute, full: DisputeForm | undefined) =>
  [{ agency: releasingAgency, opinion: '' }, ...parties].map(({ agency, opinion }) => {
    const said = full?.parties.find((one) => one.agency === agency)
    return {
      ...{ agency, opinion },
      reasons: said?.reasons ?? '',
      legalBasis: said?.legalBasis ?? '',
      proposedWording: said?.proposedWording ?? '',
    }
  })

async function endingOf(dispute: Dispute, words: FindWords): Promise<string> {
  const { ended, returned } = dispute
  if (ended !== undefined) return ended.cause
  return (await words<WordsForm>(returned?.reasonDigest))?.words[0] ?? ''
}

/** A view is the coordinator's and its body's to read; of others everybody with a part sees only how they stand. */
async function coReviewOf(
  view: CoReview,
  { part, caller }: { readonly part?: PartIn; readonly caller: Caller },
  words: FindWords,
): Promise<CoReviewMessage> {
  const may = part === 'coordinator' || agenciesOf(caller).includes(view.body)
  const form = may ? await words<ViewForm>(view.given?.viewDigest) : undefined
  return coReviewMessage(view, may, form?.view ?? '')
}

/** `may`: the caller may see what is advised. */
export const coReviewMessage = (view: CoReview, may: boolean, words: string): CoReviewMessage => ({
  coReviewId: view.id,
  body: view.body,
  role: view.role,
  missing: view.body === '',
  party: view.party,
  askedAt: timestampOf(view.askedAt),
  givenAt: view.given === undefined ? undefined : timestampOf(view.given.at),
  advice: may && view.given !== undefined ? ADVICES[view.given.advice] : Advice.UNSPECIFIED,
  view: words,
  remindedAt: view.remindedAt.map(timestampOf),
})
