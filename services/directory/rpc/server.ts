// The calls of the directory, each with its handler and its row of the table (shared/authorisation).
import { CalendarServiceService } from '../../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceService } from '../../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceService } from '../../../gen/huiqian/directory/v1/feed.js'
import {
  CALENDAR_ROWS,
  DIRECTORY_FEED_ROWS,
  DIRECTORY_ROWS,
} from '../../../shared/authorisation/directory.js'
import { serves, type ServedService } from '../../../shared/rpc/served.js'
import type { Directory } from '../directory.js'
import { addWorkingDays } from './add-working-days.js'
import { countWorkingDays } from './count-working-days.js'
import { explainDeadline } from './explain-deadline.js'
import { getAgency } from './get-agency.js'
import { getRevision } from './get-revision.js'
import { importAgencies } from './import-agencies.js'
import { importNotice } from './import-notice.js'
import { listAgencies } from './list-agencies.js'
import { listCredentials } from './list-credentials.js'
import {
  approveCertificate,
  listCertificateRequests,
  rejectCertificate,
  requestCertificate,
} from './enrolment-calls.js'
import { listDays } from './list-days.js'
import { listRevisions } from './list-revisions.js'
import { readFeed } from './read-feed.js'
import { registerAgency } from './register-agency.js'
import { registerCredential } from './register-credential.js'
import { resolveCoordinators } from './resolve-coordinators.js'
import { revokeCredential } from './revoke-credential.js'
import { listSigningKeys, registerSigningKey, retireSigningKey } from './signing-key-calls.js'
import { updateAgency } from './update-agency.js'

export function servedBy(directory: Directory): readonly ServedService[] {
  return [
    serves(
      DirectoryServiceService,
      {
        registerAgency: registerAgency(directory),
        updateAgency: updateAgency(directory),
        getAgency: getAgency(directory),
        listAgencies: listAgencies(directory),
        importAgencies: importAgencies(directory),
        resolveCoordinators: resolveCoordinators(directory),
        registerCredential: registerCredential(directory),
        revokeCredential: revokeCredential(directory),
        listCredentials: listCredentials(directory),
        requestCertificate: requestCertificate(directory),
        approveCertificate: approveCertificate(directory),
        rejectCertificate: rejectCertificate(directory),
        listCertificateRequests: listCertificateRequests(directory),
        registerSigningKey: registerSigningKey(directory),
        retireSigningKey: retireSigningKey(directory),
        listSigningKeys: listSigningKeys(directory),
      },
      DIRECTORY_ROWS,
    ),
    serves(
      CalendarServiceService,
      {
        importNotice: importNotice(directory),
        listRevisions: listRevisions(directory),
        getRevision: getRevision(directory),
        listDays: listDays(directory),
        addWorkingDays: addWorkingDays(directory),
        countWorkingDays: countWorkingDays(directory),
        explainDeadline: explainDeadline(directory),
      },
      CALENDAR_ROWS,
    ),
    serves(FeedServiceService, { read: readFeed(directory) }, DIRECTORY_FEED_ROWS),
  ]
}
