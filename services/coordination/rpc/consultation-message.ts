// A consultation as the contract has it.
import type { Deadline } from '../../../gen/huiqian/common/v1/common.js'
import {
  type Claim,
  type Consultation as Message,
  type Hold,
  type Opinion as OpinionMessage,
  type RecordedOpinion,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  PaperServiceState,
  type PaperService as PaperServiceMessage,
} from '../../../gen/huiqian/coordination/v1/paper.js'
import { signedActBytes } from '../../../shared/acts/kept-act.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Consultation } from '../consultation/consultation.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import type { Given } from '../consultation/opinion.js'
import { holdsOn, type HoldCause } from '../consultation/silence.js'
import type { Coordination } from '../coordination.js'
import { unseal, type OpinionForm, type WordsForm } from '../draft/canonical-forms.js'
import { standing } from '../standing/standing.js'
import { silenceCommand } from '../duties/deem-consents.js'
import type { PaperService, PaperStatus } from '../paper/paper.js'
import type { Release } from '../release/state.js'
import { CLAIMS, CONSULTATION_STATES, DAY_KINDS, OPINION_KINDS, TRIGGERS } from './enums.js'

const at = (instant: number | undefined) =>
  instant === undefined ? undefined : timestampOf(instant)

type Means = Pick<
  Coordination,
  'agencies' | 'content' | 'packs' | 'revisions' | 'clockKeeper' | 'clock' | 'settlingMs'
>

/** The whole message; `days` with the deadline day by day, `words` with the opinion's content. */
export async function consultationMessage(
  means: Means,
  release: Release,
  consultation: Consultation,
  show: { readonly days?: boolean; readonly words?: boolean } = {},
): Promise<Message> {
  const { opinion, deadline } = consultation
  return {
    consultationId: consultation.id,
    releaseId: release.id,
    version: consultation.version,
    draftDigest: consultation.version === release.version ? release.draftDigest : '',
    releasingAgency: release.releasingAgency,
    agency: consultation.agency,
    standingAgency: standingOf(means, consultation.agency),
    state: CONSULTATION_STATES[consultation.status],
    trigger: TRIGGERS[consultation.trigger],
    letterId: consultation.letterId,
    documentNumber: consultation.version === release.version ? release.documentNumber : '',
    receivedAt: at(consultation.receivedAt),
    deadline: deadline && deadlineMessage(deadline, show.days ?? false),
    opinion:
      opinion &&
      (await recordedOpinion(means, release, opinion, {
        afterDeadline: consultation.afterDeadline ?? false,
        words: show.words ?? true,
      })),
    deemedAt: at(consultation.deemedAt),
    deemedRecordedAt: at(consultation.deemedRecordedAt),
    holds: holdsOf(means, release, consultation),
    remindedAt: consultation.remindedAt.map(timestampOf),
    paperService:
      consultation.paper && (await paperServiceMessage(means, release, consultation.paper)),
    changesDeclined: consultation.changesDeclined !== undefined,
  }
}

function standingOf(
  { agencies, clock }: Pick<Means, 'agencies' | 'clock'>,
  agency: string,
): string {
  const stands = standing(agencies.get, agency, clock.now())
  return stands === agency ? '' : stands
}

async function recordedOpinion(
  means: Pick<Coordination, 'content'>,
  release: Release,
  given: Given,
  show: { readonly afterDeadline: boolean; readonly words: boolean },
): Promise<RecordedOpinion> {
  return {
    opinion: await opinionMessage(means, release, given, show.words),
    admittedAt: timestampOf(given.admittedAt),
    givenBy: given.givenBy,
    afterDeadline: show.afterDeadline,
    digest: given.digest,
    paperEvidenceDigest: given.paper?.evidence.digest ?? '',
    signedAct: await signedActBytes(means.content, release.id, given.signed),
  }
}

/** A service on paper, with who signed and why it was decided so. */
async function paperServiceMessage(
  { content }: Pick<Coordination, 'content'>,
  release: Release,
  paper: PaperService,
): Promise<PaperServiceMessage> {
  const wordOf = async (digest: string | undefined): Promise<string> => {
    const found = digest === undefined ? undefined : await content.get(release.id, digest)
    return found === undefined ? '' : (unseal<WordsForm>(found.bytes).words[0] ?? '')
  }
  return {
    state: PAPER_STATES[paper.status],
    receivedAt: timestampOf(paper.receivedAt),
    recordedAt: timestampOf(paper.recordedAt),
    evidenceDigest: paper.evidence.digest,
    signedBy: await wordOf(paper.signedByDigest),
    reason: await wordOf(paper.reasonDigest),
  }
}

const PAPER_STATES: Readonly<Record<PaperStatus, PaperServiceState>> = {
  taken: PaperServiceState.TAKEN,
  late_on_record: PaperServiceState.LATE_ON_RECORD,
  contested: PaperServiceState.CONTESTED,
  confirmed: PaperServiceState.CONFIRMED,
  rejected: PaperServiceState.REJECTED,
}

/** An opinion; its words from the content store, where they are wanted and not destroyed. */
export async function opinionMessage(
  { content }: Pick<Coordination, 'content'>,
  release: Release,
  given: Given,
  words: boolean,
): Promise<OpinionMessage> {
  const found = words ? await content.get(release.id, given.digest) : undefined
  const form = found === undefined ? undefined : unseal<OpinionForm>(found.bytes)
  return {
    kind: OPINION_KINDS[given.kind],
    reasons: form?.reasons ?? '',
    legalBasis: form?.legalBasis ?? '',
    proposedWording: form?.proposedWording ?? '',
    askInstead: given.askInstead ?? '',
    claims: given.claims.map((claim): Claim => CLAIMS[claim]),
    documentNumber: form?.documentNumber ?? '',
    signatory: form?.signatory ?? '',
  }
}

/** A deadline on record. */
export function deadlineMessage(deadline: DeadlineRecord, days: boolean): Deadline {
  const counted = deadline.days.filter(({ ordinal }) => ordinal > 0)
  return {
    at: timestampOf(deadline.at),
    lastDay: deadline.lastDay,
    counted: counted.map(({ date }) => date),
    calendarRevision: deadline.revision,
    provisional: deadline.provisional,
    awaitsNoticeOf: deadline.awaitsNotice ?? 0,
    region: deadline.region,
    days: days
      ? deadline.days.map(({ date, kind, ordinal, name, by }, index) => ({
          date,
          counted: ordinal > 0,
          ordinal,
          kind: DAY_KINDS[kind],
          name: name ?? '',
          instrument: by ?? '',
          receipt: index === 0,
        }))
      : [],
  }
}

/** Why the effect of silence waits, in both languages. */
export function holdsOf(
  means: Omit<Means, 'content'>,
  release: Release,
  consultation: Consultation,
): Hold[] {
  const pack = means.packs.byName(release.pack)
  const causes = holdsOn(consultation, pack, {
    ...silenceCommand(means, pack, means.clock.now()),
    clockInDoubt: means.clockKeeper.inDoubt(),
  })
  return causes.map((cause) => ({ cause, ...HOLDS[cause] }))
}

const HOLDS: Readonly<Record<HoldCause, { textZh: string; textEn: string }>> = {
  'provisional-calendar': {
    textZh: '期限涉及的年份尚无放假通知，日历是暂定的；通知公布并录入前，沉默不产生效力。',
    textEn: 'A year of the period has no notice yet; silence has no effect until it is recorded.',
  },
  'awaits-notice': {
    textZh: '期限涉及12月29日至31日，下一年度放假通知可能改变这几日；通知录入前，沉默不产生效力。',
    textEn:
      'The period touches 29–31 December, which next year’s notice may change; silence has no effect until it is recorded.',
  },
  'calendar-year-absent': {
    textZh: '工作日历尚无期限涉及的年份，答复期限待日历录入该年份后计算；此前沉默不产生效力。',
    textEn:
      'The calendar does not have a year of the period; the deadline is computed when it does, and silence has no effect until then.',
  },
  'clock-in-doubt': {
    textZh: '系统时钟存疑，须由人员确认后沉默才能产生效力；答复照常接收。',
    textEn:
      'The clock is in doubt; silence has no effect until a person has confirmed it. Replies are taken.',
  },
  settling: {
    textZh: '期限已届满，正在等待届满前已进入系统的答复入档。',
    textEn: 'The deadline has passed; replies that were admitted before it are still being stored.',
  },
  downtime: {
    textZh: '期限最后一日系统停止服务超过容许时间，期限顺延至下一工作日。',
    textEn:
      'The service was down on the last day for longer than is tolerated; the deadline rolls to the next working day.',
  },
  'silence-without-effect': {
    textZh: '依本规则包，沉默不产生同意的效力，须明确答复。',
    textEn: 'Under this pack silence has no effect; an express reply is needed.',
  },
}
