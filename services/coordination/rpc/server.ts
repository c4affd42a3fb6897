// The calls of coordination, each with its handler and who may make it at all; what a caller may do with
// a case is decided beside the case.
import {
  ClockServiceService,
  ConsultationServiceService,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { FeedServiceService } from '../../../gen/huiqian/coordination/v1/feed.js'
import { ReleaseServiceService } from '../../../gen/huiqian/coordination/v1/release.js'
import { serves, type ServedService } from '../../../shared/rpc/served.js'
import type { Coordination } from '../coordination.js'
import { explainDeadline, getConsultation, listConsultations } from './consultation-calls.js'
import { giveOpinion } from './give-opinion.js'
import {
  confirmClock,
  downloadAttachment,
  getClock,
  listPolicyPacks,
  readFeed,
  uploadAttachment,
} from './other-calls.js'
import { explainClearance, getRelease, listReleases, watchRelease } from './read-releases.js'
import {
  decideLateRemark,
  recordPublication,
  recordSecrecyReview,
  withdrawRelease,
} from './release-calls.js'
import { reviseDraft } from './revise-draft.js'
import { submitRelease } from './submit-release.js'

const AGENCY = ['agency'] as const

export function servedBy(room: Coordination): readonly ServedService[] {
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
        decideLateRemark: decideLateRemark(room),
        recordPublication: recordPublication(room),
        explainClearance: explainClearance(room),
        uploadAttachment: uploadAttachment(room),
        downloadAttachment: downloadAttachment(room),
        listPolicyPacks: listPolicyPacks(room),
      },
      {
        SubmitRelease: AGENCY,
        GetRelease: AGENCY,
        ListReleases: AGENCY,
        WatchRelease: AGENCY,
        RecordSecrecyReview: AGENCY,
        ReviseDraft: AGENCY,
        WithdrawRelease: AGENCY,
        DecideLateRemark: AGENCY,
        RecordPublication: AGENCY,
        ExplainClearance: AGENCY,
        UploadAttachment: AGENCY,
        DownloadAttachment: AGENCY,
        ListPolicyPacks: ['agency', 'auditor', 'operator', 'service'],
      },
    ),
    serves(
      ConsultationServiceService,
      {
        listConsultations: listConsultations(room),
        getConsultation: getConsultation(room),
        giveOpinion: giveOpinion(room),
        explainDeadline: explainDeadline(room),
      },
      {
        ListConsultations: AGENCY,
        GetConsultation: AGENCY,
        GiveOpinion: AGENCY,
        ExplainDeadline: AGENCY,
      },
    ),
    serves(
      ClockServiceService,
      { getClock: getClock(room), confirmClock: confirmClock(room) },
      { GetClock: ['operator', 'auditor'], ConfirmClock: ['operator'] },
    ),
    serves(FeedServiceService, { read: readFeed(room) }, { Read: ['service'] }),
  ]
}
