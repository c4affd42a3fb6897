import {
  Agency,
  type ListAgenciesRequest,
  type ListAgenciesResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { pageSize, textField, unusable } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Directory } from '../directory.js'
import type { AgencyFilter } from '../store/agencies.js'
import { agencyMessage, levelIfGiven, roleIfGiven } from './agency-message.js'
import { pageOf } from './page.js'

const PAGE = { otherwise: 100, max: 1_000 }

/** Agencies by region, level, role or part of a name, in order of their codes. */
export const listAgencies = ({
  agencyTable,
  pageTokens,
}: Pick<Directory, 'agencyTable' | 'pageTokens'>) =>
  unary<ListAgenciesRequest, ListAgenciesResponse>(async (request) => {
    const filter = filterOf(request)
    const page = await pageOf({
      pageTokens,
      token: request.pageToken,
      scope: JSON.stringify(['ListAgencies', filter]),
      size: pageSize(request.pageSize, PAGE),
      rows: (after, limit) => agencyTable.page(filter, after, limit),
      keyOf: ({ record }) => record.creditCode,
      messageOf: ({ record, version }) => agencyMessage(record, version),
      bytesOf: (message) => Agency.encode(message).finish().length,
    })
    return { agencies: page.items, nextPageToken: page.nextPageToken }
  })

function filterOf({ region, level, role, nameContains }: ListAgenciesRequest): AgencyFilter {
  if (region !== '' && !/^\d{6}$/.test(region))
    throw unusable('region', region, 'house/fields', {
      zh: '应为 6 位行政区划代码（GB/T 2260）。',
      en: 'It has the 6 digits of GB/T 2260.',
    })
  textField(nameContains, 'name_contains', { maxBytes: 300, required: false, oneLine: true })
  return { region, level: levelIfGiven(level), role: roleIfGiven(role), nameContains }
}
