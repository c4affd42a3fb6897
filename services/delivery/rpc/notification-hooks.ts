// An agency's hooks: set, listed, removed. The secret goes into a table apart and never comes out.
import { createHash } from 'node:crypto'
import type {
  ListNotificationHooksRequest,
  ListNotificationHooksResponse,
  NotificationHook,
  RemoveNotificationHookRequest,
  RemoveNotificationHookResponse,
  SetNotificationHookRequest,
  SetNotificationHookResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { textField } from '../../../shared/rpc/fields.js'
import { requestKey } from '../../../shared/rpc/request-key.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Delivery } from '../delivery.js'
import { decide, type Hook } from '../notification/hooks.js'
import type { HookRow } from '../store/notification-hooks.js'
import { hookField } from './hook-field.js'
import { mailboxOf } from './relation.js'

const SALT_BYTES = 16
const digestOf = (...parts: readonly (string | Uint8Array)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

type Setting = Pick<
  Delivery,
  'clock' | 'mint' | 'hooks' | 'notificationHooks' | 'notificationConfig'
>

export const setNotificationHook = (delivery: Setting) =>
  unary<SetNotificationHookRequest, SetNotificationHookResponse>(async (request, context) => {
    const agency = mailboxOf(context)
    const { clock, mint, hooks, notificationHooks, notificationConfig } = delivery
    const { allowPrivate, smtp } = notificationConfig
    const { kind, address, secret } = hookField(request.hook, request.secret, allowPrivate)
    if (kind === 'email' && smtp === undefined)
      throw new Refusal('out-of-order', 'NOTIFICATION_MAIL_OFF', 'house/notifications')
    const key = requestKey(context.caller, request.requestId, {
      ...{ call: 'SetNotificationHook', kind, address, secret: digestOf(secret) },
    })
    const now = clock.now()
    const hookId = mint.id<'hook'>(now)
    const target = digestOf(mint.bytes(SALT_BYTES), address)
    const { state } = await hooks.change(agency, { request: key, now }, (state) => ({
      events: decide(state, { type: 'SetHook', hookId, kind, target, now }),
      statements: [notificationHooks.target(hookId, address, secret)],
    }))
    const set = state.hooks.at(-1) // as it was after this very request
    if (set === undefined) throw new Error('a hook was set and is not there')
    return { hook: messageOfSet(set, address) }
  })

export const listNotificationHooks = ({ notificationHooks }: Pick<Delivery, 'notificationHooks'>) =>
  unary<ListNotificationHooksRequest, ListNotificationHooksResponse>(async (_request, context) => ({
    hooks: (await notificationHooks.list(mailboxOf(context))).map(messageOfRow),
  }))

export const removeNotificationHook = (
  { clock, hooks }: Pick<Delivery, 'clock' | 'hooks'>,
  onRemoved: () => void,
) =>
  unary<RemoveNotificationHookRequest, RemoveNotificationHookResponse>(async (request, context) => {
    const agency = mailboxOf(context)
    const hookId = textField(request.hookId, 'hook_id', { maxBytes: 64, oneLine: true })
    const key = requestKey(context.caller, request.requestId, {
      call: 'RemoveNotificationHook',
      hookId,
    })
    const now = clock.now()
    await hooks.change(agency, { request: key, now }, (state) =>
      decide(state, { type: 'RemoveHook', hookId, now }),
    )
    onRemoved() // what waited for it ends
    return {}
  })

const targetOf = (kind: Hook['kind'], address: string): NotificationHook['target'] =>
  kind === 'webhook'
    ? { $case: 'webhookUrl', webhookUrl: address }
    : { $case: 'email', email: address }

const messageOfSet = ({ hookId, kind, setAt }: Hook, address: string): NotificationHook => ({
  hookId,
  target: targetOf(kind, address),
  setAt: timestampOf(setAt),
  failures: 0,
})

const messageOfRow = ({ hook_id, kind, set_at, failures, address }: HookRow): NotificationHook => ({
  hookId: hook_id,
  target: targetOf(kind, address),
  setAt: timestampOf(set_at),
  failures,
})
