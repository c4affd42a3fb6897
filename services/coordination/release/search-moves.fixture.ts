// What a small world is, and what can be done in it. Every move is a real decision of the law; the law is
// handed in, so that a test can hand in one with a fault. The moves of each topic stand in a file of their own.
import { recordApproval } from '../approval/record-approval.js'
import { referBreach } from '../breach/refer.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { Given, OpinionKind } from '../consultation/opinion.js'
import type { Downtime } from '../consultation/silence.js'
import { answerDeclaration, declareAffected } from '../declaration/declare.js'
import { fileDispute, planDispute } from '../dispute/file-dispute.js'
import { hear, type Heard } from '../dispute/heard.js'
import { confirmJointRelease, decideConfirmationReminders } from '../joint/confirm.js'
import { declineChanges, recordNegotiation } from '../negotiation/negotiate.js'
import { requestEscalation, setStandingInstruction } from '../negotiation/negotiate.js'
import type { AddresseeKind, Claim, Pack } from '../pack/pack.js'
import { recordPaperOpinion } from '../paper/record-opinion.js'
import { contestPaperService, decidePaperService, recordPaperService } from '../paper/serve.js'
import { takeOver } from '../standing/take-over.js'
import { reconsiderOutage, recomputeDeadline } from './correct.js'
import { decideLateRemark, destroyContent, recordPublication, withdraw } from './conclude.js'
import type { ReleaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { gatesOf } from './gates.js'
import type { Particulars } from './particulars.js'
import { decideOpinion, decideReminders, decideSilence } from './release.js'
import { recordReceipt, recordReminderDelivered, recordUndelivered } from './release.js'
import { settleDeadline } from './settle-deadline.js'
import { reviseDraft } from './revise.js'
import { recordSecrecyReview, submit } from './submit.js'
import { statusOf, type Release } from './state.js'

export const theLaw = {
  submit,
  recordSecrecyReview,
  reviseDraft,
  recordReceipt,
  recordReminderDelivered,
  recordUndelivered,
  settleDeadline,
  decideOpinion,
  decideSilence,
  decideReminders,
  decideLateRemark,
  withdraw,
  destroyContent,
  recordPublication,
  recordNegotiation,
  declineChanges,
  setStandingInstruction,
  requestEscalation,
  planDispute,
  fileDispute,
  hear,
  confirmJointRelease,
  decideConfirmationReminders,
  recordApproval,
  declareAffected,
  answerDeclaration,
  referBreach,
  recordPaperService,
  contestPaperService,
  decidePaperService,
  recordPaperOpinion,
  recomputeDeadline,
  reconsiderOutage,
  takeOver,
  evolve,
  gatesOf,
  statusOf,
}
export type Law = typeof theLaw

/** What an agency may say in a world. */
export type Reply = {
  readonly kind: OpinionKind
  readonly hasReasons?: false
  readonly claims?: readonly Claim[]
  readonly askInstead?: string
}

export type World = {
  readonly name: string
  readonly pack: Pack
  /** The agencies and what each may say. */
  readonly replies: Readonly<Record<string, readonly Reply[]>>
  /** Of these agencies, those that are asked only when they say that they are affected too. */
  readonly unasked?: readonly string[]
  /** What is declared with the draft. */
  readonly particulars?: Particulars
  /** When decisions may be made, rising; the draft is submitted at the first. */
  readonly instants: readonly number[]
  /** A stamp of an earlier instant that may still come to its decision at any later one. */
  readonly inFlight?: number
  /** Letters are received as they are issued: what may happen before a receipt is searched elsewhere. */
  readonly receivedAtOnce?: true
  /** When letters may be received; absent: whenever their deadline is ahead. */
  readonly receipts?: readonly number[]
  readonly deadline: (agency: string, version: number, receivedAt: number) => DeadlineRecord
  readonly downtimes?: readonly Downtime[]
  /** What a notice makes of deadlines that are not firm: as computed, and a day after the telling. */
  readonly notice?: readonly [computed: DeadlineRecord, afterTelling: DeadlineRecord]
  /** The texts that the draft may be revised to, and how many versions there may be. */
  readonly texts?: readonly string[]
  readonly versionsMax?: number
  /** What else may happen. */
  readonly may: readonly (
    | 'review-later'
    | 'be-undelivered'
    | 'reply-unheard'
    | 'remind'
    | 'revise'
    | 'withdraw'
    | 'destroy'
    | 'publish'
    | 'publish-again'
    | 'doubt'
  )[]
  /** Moves of other topics. */
  readonly also?: readonly MovesOf[]
  /** More remarks than this are not filed: the one bound that cuts the world short. */
  readonly remarksMax: number
}

type MoveKind =
  | 'submit'
  | 'review'
  | 'receipt'
  | 'undelivered'
  | 'notice'
  | 'reply'
  | 'silence'
  | 'reminders'
  | 'reminded'
  | 'revise'
  | 'withdraw'
  | 'destroy'
  | 'publish'
  | 'decide'
  | 'round'
  | 'decline'
  | 'instruct'
  | 'request'
  | 'file'
  | 'hear'
  | 'confirm'
  | 'approve'
  | 'declare'
  | 'answer'
  | 'refer'
  | 'paper'
  | 'contest'
  | 'decide-paper'
  | 'paper-reply'
  | 'recompute'
  | 'outage'
  | 'take-over'

export type Move = {
  readonly kind: MoveKind
  readonly label: string
  readonly now: number
  readonly consultationId?: string
  readonly reply?: Given
  readonly inDoubt?: boolean
  readonly decides?: { readonly stands: boolean; readonly view: boolean; readonly remarkId: string }
  /** The text of a publication or a revision, or the text that is confirmed or approved. */
  readonly text?: string
  /** Whose move it is, or whom it is about. */
  readonly agency?: string
  readonly files?: { readonly to?: AddresseeKind; readonly byItself: boolean }
  readonly heard?: Heard
  readonly says?: 'yes' | 'no'
  readonly recordedBy?: 'releasing' | 'consulted' | 'authority'
  readonly applies: (release: Release) => boolean
  readonly run: (law: Law, release: Release) => readonly ReleaseEvent[]
}

/** Makes a move at the instant; it applies to every release that exists, unless told otherwise. */
export type Maker = (kind: MoveKind, label: string, run: Move['run'], more?: Partial<Move>) => Move
export type MovesOf = (world: World, now: number, move: Maker) => readonly Move[]

/** The versions that a world may come to. */
export const versionsOf = ({
  may,
  versionsMax = may.includes('revise') ? 2 : 1,
}: World): number[] => Array.from({ length: versionsMax }, (_, index) => index + 1)
