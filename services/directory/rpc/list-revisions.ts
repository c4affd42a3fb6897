import {
  Revision as RevisionMessage,
  type ListRevisionsRequest,
  type ListRevisionsResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { pageSize } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { THE_CALENDAR } from '../announces.js'
import type { Directory } from '../directory.js'
import { revisionMessage } from './calendar-message.js'
import { pageOf } from './page.js'

const PAGE = { otherwise: 100, max: 1_000 }

/** The revisions of the calendar, oldest first. */
export const listRevisions = ({
  calendars,
  pageTokens,
}: Pick<Directory, 'calendars' | 'pageTokens'>) =>
  unary<ListRevisionsRequest, ListRevisionsResponse>(async (request) => {
    const { state } = await calendars.read(THE_CALENDAR)
    const page = await pageOf({
      pageTokens,
      token: request.pageToken,
      scope: 'ListRevisions',
      size: pageSize(request.pageSize, PAGE),
      rows: (after, limit) =>
        Promise.resolve(
          state.revisions.filter((one) => one.number > Number(after)).slice(0, limit),
        ),
      keyOf: ({ number }) => String(number),
      messageOf: revisionMessage,
      bytesOf: (message) => RevisionMessage.encode(message).finish().length,
    })
    return { revisions: page.items, nextPageToken: page.nextPageToken }
  })
