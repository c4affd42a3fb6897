import type {
  RegisterAgencyRequest,
  RegisterAgencyResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { decide } from '../agency/agency.js'
import type { Directory } from '../directory.js'
import { agencyMessage, agencyOf } from './agency-message.js'
import { changedAgency } from './changed-agency.js'
import { requestKey } from './request-key.js'

/** Registers an agency. */
export const registerAgency = (
  directory: Pick<Directory, 'changeAgencies' | 'agencies' | 'clock'>,
) =>
  unary<RegisterAgencyRequest, RegisterAgencyResponse>(async (message, context) => {
    const agency = agencyOf(message.agency)
    const request = requestKey(context, message.requestId, { agency })
    const { record, version } = await changedAgency(directory, agency, request, (state, around) =>
      decide(state, { type: 'RegisterAgency', agency }, around),
    )
    return { agency: agencyMessage(record, version) }
  })
