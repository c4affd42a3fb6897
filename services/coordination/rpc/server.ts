// The calls of coordination, each with its handler and its row of the table (shared/authorisation).
import {
  ClockServiceService,
  ConsultationServiceService,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { DisputeFileServiceService } from '../../../gen/huiqian/coordination/v1/dispute_file.js'
import { FeedServiceService } from '../../../gen/huiqian/coordination/v1/feed.js'
import { OrganisingServiceService } from '../../../gen/huiqian/coordination/v1/organising.js'
import { ReleaseServiceService } from '../../../gen/huiqian/coordination/v1/release.js'
import { standIn } from '../../../shared/copies/stand-in.js'
import {
  CLOCK_ROWS,
  CONSULTATION_ROWS,
  COORDINATION_FEED_ROWS,
  DISPUTE_FILE_ROWS,
  ORGANISING_ROWS,
  RELEASE_ROWS,
} from '../../../shared/authorisation/coordination.js'
import { serves, type ServedService } from '../../../shared/rpc/served.js'
import type { Coordination } from '../coordination.js'
import { comparePolicyPacks } from './compare-packs.js'
import { compareVersions } from './compare-versions.js'
import { destroyContent } from './destroy-content.js'
import { listReadings } from './list-readings.js'
import {
  listOutages,
  listRecomputations,
  previewRecomputation,
  recordOutage,
} from './clock-calls.js'
import { explainDeadline, getConsultation, listConsultations } from './consultation-calls.js'
import { getDisputeFile } from './dispute-file.js'
import { answerDeclaration, confirmJointRelease, recordApproval } from './gate-calls.js'
import { giveOpinion } from './give-opinion.js'
import { listBreaches, referBreach, type Directory } from './breach-calls.js'
import { listMatters } from './organising-calls.js'
import {
  declineChanges,
  fileDispute,
  recordNegotiation,
  requestEscalation,
  setStandingInstruction,
} from './negotiation-calls.js'
import {
  confirmClock,
  downloadAttachment,
  getClock,
  listPolicyPacks,
  readFeed,
  uploadAttachment,
} from './other-calls.js'
import { adoptPolicyPack } from './adopt-pack.js'
import {
  contestPaperService,
  decidePaperService,
  recordPaperService,
} from './paper-service-calls.js'
import { recordPaperOpinion } from './record-paper-opinion.js'
import { explainClearance, getRelease, listReleases, watchRelease } from './read-releases.js'
import {
  decideLateRemark,
  recordPublication,
  recordSecrecyReview,
  withdrawRelease,
} from './release-calls.js'
import { reviseDraft } from './revise-draft.js'
import { declareAffected, objectToUnauthorisedRelease } from './statement-calls.js'
import { submitRelease } from './submit-release.js'

/** What handlers ask of other services, before a change and never inside one. */
export type Asked = { readonly directory: Directory }

export const servedBy = (room: Coordination, asked: Asked): readonly ServedService[] =>
  allServices(room, asked).map(standIn(room))

function allServices(room: Coordination, asked: Asked): readonly ServedService[] {
  return [
    serves(
      ReleaseServiceService,
      {
        submitRelease: submitRelease(room),
        getRelease: getRelease(room),
        listReleases: listReleases(room),
        watchRelease: watchRelease(room),
        recordSecrecyReview: recordSecrecyReview(room),
        reviseDraft: reviseDraft(room),
        withdrawRelease: withdrawRelease(room),
        destroyContent: destroyContent(room),
        listReadings: listReadings(room),
        decideLateRemark: decideLateRemark(room),
        recordPublication: recordPublication(room),
        explainClearance: explainClearance(room),
        uploadAttachment: uploadAttachment(room),
        downloadAttachment: downloadAttachment(room),
        listPolicyPacks: listPolicyPacks(room),
        adoptPolicyPack: adoptPolicyPack(room),
        comparePolicyPacks: comparePolicyPacks(room),
        compareVersions: compareVersions(room),
        recordNegotiation: recordNegotiation(room),
        declineChanges: declineChanges(room),
        setStandingInstruction: setStandingInstruction(room),
        fileDispute: fileDispute(room, asked.directory),
        recordApproval: recordApproval(room),
        answerDeclaration: answerDeclaration(room),
      },
      RELEASE_ROWS,
    ),
    serves(
      ConsultationServiceService,
      {
        listConsultations: listConsultations(room),
        getConsultation: getConsultation(room),
        giveOpinion: giveOpinion(room),
        explainDeadline: explainDeadline(room),
        requestEscalation: requestEscalation(room),
        confirmJointRelease: confirmJointRelease(room),
        declareAffected: declareAffected(room),
        objectToUnauthorisedRelease: objectToUnauthorisedRelease(room),
        recordPaperService: recordPaperService(room),
        contestPaperService: contestPaperService(room),
        decidePaperService: decidePaperService(room),
        recordPaperOpinion: recordPaperOpinion(room),
      },
      CONSULTATION_ROWS,
    ),
    serves(
      ClockServiceService,
      {
        getClock: getClock(room),
        confirmClock: confirmClock(room),
        listOutages: listOutages(room),
        recordOutage: recordOutage(room),
        previewRecomputation: previewRecomputation(room),
        listRecomputations: listRecomputations(room),
      },
      CLOCK_ROWS,
    ),
    serves(
      OrganisingServiceService,
      {
        listMatters: listMatters(room),
        listBreaches: listBreaches(room),
        referBreach: referBreach(room, asked.directory),
      },
      ORGANISING_ROWS,
    ),
    serves(DisputeFileServiceService, { getDisputeFile: getDisputeFile(room) }, DISPUTE_FILE_ROWS),
    serves(FeedServiceService, { read: readFeed(room) }, COORDINATION_FEED_ROWS),
  ]
}
