// A dispute of Qingyuan as tests tell it: 市水利局 releases, 市卫生健康局 objects, 市府办 coordinates.
import { parseInstant } from '../../../shared/working-days/working-days.js'
import type { DisputeEvent, FiledFacts } from './events.js'
import { evolve } from './evolve.js'
import { noDispute, type Dispute } from './state.js'

export const WATER = '11441800QY0000193K'
export const HEALTH = '11441800QY0000230R'
export const OFFICE = '11441800QY00000462'
export const CITY = '11441800QY00000387'
export const PROVINCE = '11440000QY000002XH'
export const JUSTICE = '11441800QY0000126M'
export const SECRECY = '11441800QY00003375'
export const SUPERVISION = '11441800QY00003450'

export const at = (text: string): number => parseInstant(`2026-${text}+08:00`)
export const FILED = at('10-12T10:00')
export const NEXT = at('10-19T09:00')

export const file: FiledFacts = {
  releaseId: 'release-1',
  version: 2,
  draftDigest: 'd2',
  releasingAgency: WATER,
  pack: 'qingyuan-2011@1',
  rule: '协调/6.3',
  parties: [{ agency: HEALTH, opinion: 'objection' }],
  candidates: [
    { kind: 'superior_organ', agency: CITY },
    { kind: 'competent_authority', agency: OFFICE },
  ],
  to: 'competent_authority',
  coordinator: OFFICE,
  onStandingInstruction: false,
  levelRoles: ['legal', 'secrecy', 'supervision'],
  coReviewRequired: true,
  remindEvery: 5,
  documentNumber: '清水协〔2026〕1号',
  rounds: [{ heldAt: at('10-09T15:00'), kind: 'meeting' }],
  consulted: [HEALTH, JUSTICE],
  fileDigest: 'file',
  filedAt: FILED,
}

export const received = (over: Partial<FiledFacts> = {}): DisputeEvent => ({
  type: 'DisputeReceived',
  ...file,
  ...over,
  receivedAt: FILED,
  remindAt: NEXT,
})

export const accepted: DisputeEvent = {
  type: 'DisputeAccepted',
  releaseId: 'release-1',
  coordinator: OFFICE,
  acceptedAt: at('10-12T11:00'),
}

export const asked: DisputeEvent = {
  type: 'CoReviewRequested',
  releaseId: 'release-1',
  askedAt: at('10-12T12:00'),
  asked: [
    { coReviewId: 'view-legal', role: 'legal', body: JUSTICE, party: false, remindAt: NEXT },
    { coReviewId: 'view-secrecy', role: 'secrecy', body: '', party: false },
    { coReviewId: 'view-supervision', role: 'supervision', body: SUPERVISION, party: false },
  ],
}

export const viewOf = (coReviewId: string): DisputeEvent => ({
  type: 'CoReviewGiven',
  ...{ coReviewId, advice: 'release', viewDigest: 'view', givenBy: 'agency/x/y' },
  givenAt: at('10-13T09:00'),
})

/** How a dispute stands after these events. */
export const given = (...events: DisputeEvent[]): Dispute =>
  events.reduce(evolve, noDispute('dispute-1'))
