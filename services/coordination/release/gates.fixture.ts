// What the tests of the gates share: a release of the water bureau that the environment bureau made with
// it, with approvals and agencies that say they are affected, by the commands that make it so.
import type { ApprovalNeed } from '../approval/approval.js'
import { answerDeclaration, declareAffected } from '../declaration/declare.js'
import { confirmJointRelease } from '../joint/confirm.js'
import type { Pack } from '../pack/pack.js'
import type { ReleaseEvent } from './events.js'
import {
  asks,
  at,
  DRAFT_1,
  HEALTH,
  IN_TIME,
  POLICE,
  qingyuan,
  SUBMITTED,
  WATER,
} from './law.fixture.js'
import { noParticulars, type Particulars } from './particulars.js'
import type { Release } from './state.js'
import { submit, type KnownAgency, type LetterMeans, type SubmitCommand } from './submit.js'

export const AIR = 'environment-bureau'
export const AUDIT = 'audit-bureau'
export const NEED: ApprovalNeed = { organDigest: 'organ-city' }
export const LATER = IN_TIME + 60_000

const agencies: KnownAgency[] = [WATER, HEALTH, POLICE, AIR, AUDIT].map((code) => ({
  ...{ code, name: code === AUDIT ? '清远市统计局' : `the ${code}`, documentPrefix: '清' },
  ...{ level: 'prefecture' as const, isCompetentAuthority: false, hasMailbox: true },
  region: '441800',
}))
export const agency = (code: string): KnownAgency | undefined =>
  agencies.find((one) => one.code === code)
export const dateOf = (): string => '2026-09-28'
export const REMIND_AT = at('2026-10-10T09:00+08:00')

export const letters = (version: number): LetterMeans => ({
  documentNumber: `清水公开征〔2026〕${version}号`,
  numberFrom: 'allotted',
  ids: (code) => ({ consultationId: asks(code, version), letterId: `letter-${code}-${version}` }),
  remindAt: () => REMIND_AT,
})

/** Submits what declares these particulars; nobody is affected unless named. */
export const submits =
  (
    particulars: Partial<Particulars>,
    more: Partial<SubmitCommand> & { pack?: Pack; unreviewed?: true } = {},
  ) =>
  (release: Release): readonly ReleaseEvent[] => {
    const { pack = qingyuan, unreviewed, ...command } = more
    return submit(release, pack, {
      releasingAgency: WATER,
      submittedBy: `agency/${WATER}/office`,
      now: SUBMITTED,
      packDigest: 'pack-digest',
      origin: 'made',
      attribute: 'active',
      draftDigest: DRAFT_1,
      judgementDigest: 'judgement-1',
      affected: [],
      noneAffectedReason: true,
      particulars: { ...noParticulars, ...particulars },
      ...(unreviewed === true
        ? {}
        : { secrecyReview: { reviewedOn: '2026-09-25', digest: 'review-1' } }),
      letters: letters(1),
      agency,
      dateOf,
      ...command,
    })
  }

/** The environment bureau's answer. */
export const answers =
  (
    accurate: boolean,
    more: Partial<Parameters<typeof confirmJointRelease>[2]> & { id?: string; pack?: Pack } = {},
  ) =>
  (release: Release): readonly ReleaseEvent[] => {
    const { id = asks(AIR), pack = qingyuan, now = IN_TIME, ...command } = more
    return confirmJointRelease(release, pack, {
      confirmationId: id,
      draftDigest: DRAFT_1,
      hasReasons: !accurate,
      answer: { accurate, digest: 'answer', at: now, by: `agency/${AIR}/office` },
      now,
      ...command,
    })
  }

/** The audit bureau says that it is affected, too. */
export const declares =
  (more: Partial<Parameters<typeof declareAffected>[2]> = {}) =>
  (release: Release): readonly ReleaseEvent[] => {
    const { now = IN_TIME } = more
    return declareAffected(release, qingyuan, {
      ...{ declarationId: 'declaration-1', agency: AUDIT, declaredAt: now, digest: 'said', now },
      ...more,
    })
  }

/** The releasing agency's answer to it. */
export const replies =
  (consult: boolean, more: Partial<Parameters<typeof answerDeclaration>[2]> = {}) =>
  (release: Release): readonly ReleaseEvent[] =>
    answerDeclaration(release, qingyuan, {
      ...{ declarationId: 'declaration-1', consult, answerDigest: 'answer', now: LATER },
      ...{ judgementDigest: 'judgement-with-audit', letters: letters(1), agency, dateOf },
      ...more,
    })
