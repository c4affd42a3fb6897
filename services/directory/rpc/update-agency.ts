import type {
  UpdateAgencyRequest,
  UpdateAgencyResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { missing } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { decide } from '../agency/agency.js'
import type { Directory } from '../directory.js'
import { agencyMessage, agencyOf } from './agency-message.js'
import { changedAgency } from './changed-agency.js'
import { requestKey } from './request-key.js'

/** Changes an agency's record; the version read is named, the old values stay in its history. */
export const updateAgency = (directory: Pick<Directory, 'changeAgencies' | 'agencies' | 'clock'>) =>
  unary<UpdateAgencyRequest, UpdateAgencyResponse>(async (message, context) => {
    const agency = agencyOf(message.agency)
    const read = message.agency?.version ?? 0
    if (read === 0) throw missing('agency.version')
    const request = requestKey(context, message.requestId, { agency, read })
    const { record, version } = await changedAgency(directory, agency, request, (state, around) =>
      decide(state, { type: 'UpdateAgency', agency, read }, around),
    )
    return { agency: agencyMessage(record, version) }
  })
