import type {
  GetAgencyRequest,
  GetAgencyResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { creditCodeField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Directory } from '../directory.js'
import { agencyMessage } from './agency-message.js'

/** One agency, as it is now. */
export const getAgency = ({ agencyTable }: Pick<Directory, 'agencyTable'>) =>
  unary<GetAgencyRequest, GetAgencyResponse>(async ({ creditCode }) => {
    const found = await agencyTable.of(creditCodeField(creditCode, 'credit_code'))
    if (!found) throw new Refusal('not-found', 'NOT_FOUND', 'house/directory')
    return { agency: agencyMessage(found.record, found.version) }
  })
