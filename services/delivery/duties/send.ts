// What is sent, and the two ways of sending it.
import { beijingTime } from '../../../shared/working-days/working-days.js'
import { mailOf, webhookBody, type Told } from '../notification/message.js'
import type { HookKind } from '../notification/hooks.js'
import { mailSender, type SmtpConfig } from './send-mail.js'
import { sendWebhook } from './send-webhook.js'

/** What notifications need to be told. */
export type NotificationConfig = {
  /** The mail server; undefined: no e-mail hooks. */
  readonly smtp: SmtpConfig | undefined
  /** Whether webhooks may go to loopback and private addresses. */
  readonly allowPrivate: boolean
  /** Further authorities for webhooks and the mail server, PEM. */
  readonly ca: string | undefined
  /** Of one attempt, in all. */
  readonly timeoutMs?: number
}

export const NO_NOTIFICATIONS: NotificationConfig = {
  smtp: undefined,
  allowPrivate: false,
  ca: undefined,
}

const TIMEOUT_MS = 10_000

/** One attempt at a webhook. */
export type Sending = {
  readonly notificationId: string
  readonly body: string
  readonly secret: string
  readonly now: number
  readonly signal: AbortSignal
}

export type Target = {
  readonly kind: HookKind
  readonly address: string
  /** Empty for e-mail. */
  readonly secret: string
}

/** Tries once; gives the word of the failure, '' where the other side took it. Never rejects. */
export type Send = (target: Target, told: Told, now: number, signal: AbortSignal) => Promise<string>

export function sender({
  smtp,
  allowPrivate,
  ca,
  timeoutMs = TIMEOUT_MS,
}: NotificationConfig): Send {
  const sendMail = smtp && mailSender(smtp, { ca, timeoutMs })
  return async ({ kind, address, secret }, told, now, signal) => {
    const { notificationId, receivedAt } = told
    if (kind === 'webhook') {
      const sending = { notificationId, body: webhookBody(told), secret, now, signal }
      return sendWebhook(address, sending, { allowPrivate, ca, timeoutMs })
    }
    if (sendMail === undefined) return 'mail-not-configured'
    return sendMail(address, notificationId, mailOf(told, beijingTime(receivedAt)), now, signal)
  }
}
