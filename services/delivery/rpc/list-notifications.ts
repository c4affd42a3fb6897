// What was sent to the caller's hooks and what failed, newest first, a page at a time.
import {
  NotificationState,
  type ListNotificationsRequest,
  type ListNotificationsResponse,
  type Notification,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { pageSize, textField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Delivery } from '../delivery.js'
import type { NotificationRow } from '../store/notifications.js'
import { mailboxOf } from './relation.js'

const PAGE = { otherwise: 100, max: 1_000 }
const FILTER = { maxBytes: 64, required: false, oneLine: true }
const FROM_THE_NEWEST = Number.MAX_SAFE_INTEGER

const STATES: Readonly<Record<NotificationRow['state'], NotificationState>> = {
  waiting: NotificationState.WAITING,
  delivered: NotificationState.DELIVERED,
  'given-up': NotificationState.GIVEN_UP,
}

export const listNotifications = ({
  notifications,
  pageTokens,
}: Pick<Delivery, 'notifications' | 'pageTokens'>) =>
  unary<ListNotificationsRequest, ListNotificationsResponse>(async (request, context) => {
    const agency = mailboxOf(context)
    const letter = textField(request.letterId, 'letter_id', FILTER)
    const limit = pageSize(request.pageSize, PAGE)
    const scope = JSON.stringify(['ListNotifications', agency, letter])
    const [number = FROM_THE_NEWEST, id = ''] = pageTokens.decode(scope, request.pageToken) ?? []
    const rows = await notifications.page({
      ...{ agency, letter, limit: limit + 1 },
      ...{ number: Number(number), id: String(id) },
    })
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      notifications: page.map(messageOf),
      nextPageToken: last ? pageTokens.encode(scope, [last.number, last.notification_id]) : '',
    }
  })

const messageOf = (row: NotificationRow): Notification => ({
  notificationId: row.notification_id,
  hookId: row.hook_id,
  letterId: row.letter_id,
  state: STATES[row.state],
  attempts: row.attempts,
  endedAt: row.ended_at === null ? undefined : timestampOf(row.ended_at),
  lastFailure: row.last_failure,
})
