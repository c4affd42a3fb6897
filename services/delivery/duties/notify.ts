// Notifies agencies of letters that arrived: one attempt at a time for a hook, many hooks at once, so that one that
// hangs holds up nobody else's. Each attempt is counted before it is made and put off before it is
// repeated: what a process was doing when it died is tried again, by whoever looks next.
import { setMaxListeners } from 'node:events'
import type { Instant } from '../../../shared/identity/identity.js'
import type { Duty } from '../../../shared/duties/duties.js'
import type { Delivery } from '../delivery.js'
import { ATTEMPTS_MAX, decide, delayAfter } from '../notification/notification.js'
import type { DueNotification } from '../store/notifications.js'
import type { Send } from './send.js'

const AT_ONCE_MAX = 32
const CLAIM_MS = 60_000 // longer than any attempt takes

type Means = Pick<
  Delivery,
  'clock' | 'database' | 'dossier' | 'notifications' | 'notificationHooks' | 'endings'
>

export type Notify = Duty & {
  /** A letter arrived: somebody may have to be told. */
  arrived(): void
  /** Breaks off what is being sent: it is tried again. */
  stop(): Promise<void>
}

export function notify(means: Means, send: Send, onError: (error: unknown) => void): Notify {
  const sending = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  setMaxListeners(AT_ONCE_MAX, stopping.signal) // each attempt listens while it lasts
  let woken: (() => void) | undefined

  const waiting = async () =>
    (await means.notifications.waitingHooks()).filter(({ hook_id }) => !sending.has(hook_id))

  const begin = (hookId: string): void => {
    const attempt = attemptOf(means, send, hookId, stopping.signal)
      .catch((error: unknown) => onError(error)) // the claim runs out, and it is tried again
      .finally(() => sending.delete(hookId))
    sending.set(hookId, attempt)
  }

  return {
    name: 'notify',
    async nextAt() {
      if (sending.size > 0) return 0
      return earliest(await waiting())
    },
    async round() {
      if (stopping.signal.aborted) return 0
      let wake: () => void = () => undefined
      const woke = new Promise<void>((resolve) => (wake = resolve))
      woken = wake // before looking: what arrives meanwhile is not missed
      const now = means.clock.now()
      const hooks = (await waiting()).sort((one, other) => one.at - other.at)
      const due = hooks.filter(({ at }) => at <= now)
      for (const { hook_id } of due.slice(0, AT_ONCE_MAX - sending.size)) begin(hook_id)
      if (sending.size === 0) return 0
      // Until one is done, a letter arrives, or another hook's turn comes: nobody waits for one that hangs.
      const next = earliest(hooks.filter(({ at }) => at > now))
      const callOff = next === undefined ? undefined : means.clock.wakeAt(next, wake)
      await Promise.race([woke, ...sending.values()])
      callOff?.()
      return 1
    },
    arrived: () => woken?.(),
    async stop() {
      stopping.abort()
      await Promise.all(sending.values())
    },
  }
}

const earliest = (hooks: readonly { readonly at: Instant }[]): Instant | undefined =>
  hooks.length === 0 ? undefined : Math.min(...hooks.map(({ at }) => at))

async function attemptOf(
  means: Means,
  send: Send,
  hookId: string,
  signal: AbortSignal,
): Promise<void> {
  const due = await means.notifications.firstOf(hookId)
  const now = means.clock.now()
  if (due === undefined || due.next_at > now) return
  if (due.address === null) return ended(means, due, { delivered: false, failure: 'hook-removed' })
  if (due.attempts >= ATTEMPTS_MAX)
    // a process died in its last attempt
    return ended(means, due, { delivered: false, failure: due.last_failure || 'interrupted' })
  const claim = means.notifications.claim(due, now + CLAIM_MS)
  const [claimed] = await means.database.write((transaction) => transaction.run([claim]))
  if (claimed === 0) return // another instance does it
  const attempts = due.attempts + 1
  const target = { kind: due.hook_kind, address: due.address, secret: due.secret ?? '' }
  const failure = await send(target, toldBy(due), now, signal)
  if (failure === '') return ended(means, { ...due, attempts }, { delivered: true, failure })
  const delay = delayAfter(attempts)
  if (delay === undefined && failure !== 'stopped')
    return ended(means, { ...due, attempts }, { delivered: false, failure })
  const { notifications, notificationHooks, database, clock } = means
  const again = clock.now() + (failure === 'stopped' ? 0 : (delay ?? 0))
  const statements = [
    notifications.putOff(due.notification_id, again, failure),
    ...(failure === 'stopped' ? [] : [notificationHooks.failed(hookId)]), // that was us
  ]
  await database.write((transaction) => transaction.run(statements))
}

async function ended(
  { clock, endings, notificationHooks }: Means,
  due: DueNotification,
  { delivered, failure }: { readonly delivered: boolean; readonly failure: string },
): Promise<void> {
  const now = clock.now()
  const { letter_id: letterId, hook_id: hookId, attempts } = due
  await endings.change(due.notification_id, { now }, (notification) => ({
    events: decide(notification, { letterId, hookId, delivered, attempts, failure, now }),
    statements: [delivered ? notificationHooks.worked(hookId) : notificationHooks.failed(hookId)],
  }))
}

const toldBy = (due: DueNotification) => ({
  notificationId: due.notification_id,
  letterId: due.letter_id,
  kind: due.letter_kind,
  number: due.number,
  documentNumber: due.document_number ?? '',
  receivedAt: due.received_at ?? 0,
})
