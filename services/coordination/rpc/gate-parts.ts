// Confirmations, approvals, declarations and what was declared at submission, as the contract has them.
import type { Release as ReleaseMessage } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { Urgency } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type {
  AffectedDeclaration,
  Approval as ApprovalMessage,
  Confirmation as ConfirmationMessage,
} from '../../../gen/huiqian/coordination/v1/gates.js'
import { signedActBytes } from '../../../shared/acts/kept-act.js'
import type { Caller } from '../../../shared/identity/identity.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { presentApprovals, type Approval } from '../approval/approval.js'
import type { Coordination } from '../coordination.js'
import type { Declaration } from '../declaration/declaration.js'
import { unseal, type OpinionForm, type WordsForm } from '../draft/canonical-forms.js'
import { presentConfirmations, type Confirmation } from '../joint/joint.js'
import type { Release } from '../release/state.js'
import { CONFIRMATION_STATES, DECLARATION_STATES, URGENCIES } from './enums.js'
import { approvalNeedsOf, organDigest } from './particulars-of.js'
import { publicationClockMessage } from './publication-clock-message.js'
import { isAgency, relationOf } from './relation.js'

type Means = Pick<Coordination, 'content' | 'packs' | 'revisions' | 'agencies' | 'clock'>
type Words = Pick<Coordination, 'content'>

const wordsIn = async (
  { content }: Words,
  release: Release,
  digest: string | undefined,
): Promise<readonly string[]> => {
  const found = digest === undefined ? undefined : await content.get(release.id, digest)
  return found === undefined ? [] : unseal<WordsForm>(found.bytes).words
}

type Parts = Pick<
  ReleaseMessage,
  | 'confirmations'
  | 'approvalsNeeded'
  | 'approvals'
  | 'categories'
  | 'declarations'
  | 'publicationClock'
  | 'urgency'
>

/** What of a release belongs to these gates, as much as its reader may see. */
export async function gateParts(means: Means, caller: Caller, release: Release): Promise<Parts> {
  const relation = relationOf(caller, release)
  const releasing = relation === 'releasing'
  const { particulars } = release
  const confirmations = presentConfirmations(release).filter(
    ({ agency }) => releasing || isAgency(caller, agency),
  )
  return {
    confirmations: await Promise.all(
      confirmations.map((confirmation) => confirmationMessage(means, release, confirmation)),
    ),
    approvalsNeeded: releasing
      ? approvalNeedsOf(await wordsIn(means, release, particulars.approvalsDigest))
      : [],
    approvals: releasing
      ? await Promise.all(
          presentApprovals(release).map((approval) => approvalMessage(means, release, approval)),
        )
      : [],
    categories: [...particulars.categories],
    declarations: releasing
      ? await Promise.all(
          release.declarations.map((declaration) =>
            declarationMessage(means, release, declaration),
          ),
        )
      : [],
    publicationClock: releasing ? publicationClockMessage(means, release) : undefined,
    urgency:
      particulars.urgency === undefined ? Urgency.UNSPECIFIED : URGENCIES[particulars.urgency],
  }
}

/** The approving organs that were declared, by the digest of their names. */
export async function approvingOrgans(
  means: Words,
  release: Release,
): Promise<ReadonlyMap<string, string>> {
  const needs = approvalNeedsOf(await wordsIn(means, release, release.particulars.approvalsDigest))
  return new Map(needs.map(({ organ }) => [organDigest(organ), organ]))
}

/** A confirmation, for its co-producer and for the releasing agency. */
export async function confirmationMessage(
  means: Words,
  release: Release,
  confirmation: Confirmation,
): Promise<ConfirmationMessage> {
  const { id, agency, version, status, askedAt, answer, remindedAt } = confirmation
  const [reasons = ''] = await wordsIn(means, release, answer?.digest)
  return {
    confirmationId: id,
    ...{ agency, version, reasons },
    state: CONFIRMATION_STATES[status],
    askedAt: timestampOf(askedAt),
    answeredAt: answer && timestampOf(answer.at),
    remindedAt: remindedAt.map(timestampOf),
    signedAct: await signedActBytes(means.content, release.id, answer?.signed),
  }
}

async function approvalMessage(
  means: Words,
  release: Release,
  { id, version, approvedOn, copy, wordsDigest }: Approval,
): Promise<ApprovalMessage> {
  const [organ = '', documentNumber = '', scope = ''] = await wordsIn(means, release, wordsDigest)
  return {
    approvalId: id,
    organ,
    documentNumber,
    approvedOn,
    scope,
    copyDigest: copy.digest,
    version,
  }
}

async function declarationMessage(
  means: Words,
  release: Release,
  declaration: Declaration,
): Promise<AffectedDeclaration> {
  const { id, agency, declaredAt, namedBy, digest, status, answerDigest } = declaration
  const found = await means.content.get(release.id, digest)
  const said = found === undefined ? undefined : unseal<WordsForm | OpinionForm>(found.bytes)
  const [answer = ''] = await wordsIn(means, release, answerDigest)
  return {
    declarationId: id,
    ...{ agency, answer },
    declaredAt: timestampOf(declaredAt),
    namedBy: namedBy ?? '',
    reason: (said?.form === 'huiqian-words-1' ? said.words[1] : said?.reasons) ?? '',
    state: DECLARATION_STATES[status],
  }
}
