// What a hook must be: an https address without anything hidden in it, or an e-mail address.
import { isIP } from 'node:net'
import type { NotificationHook } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { missing, textField, unusable } from '../../../shared/rpc/fields.js'
import { isPublicAddress } from '../duties/public-address.js'
import type { HookKind } from '../notification/hooks.js'

const RULE = 'house/notifications'
const URL_BYTES_MAX = 2_048
const EMAIL =
  /^[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/

export type HookTarget = {
  readonly kind: HookKind
  readonly address: string
  readonly secret: string
}

/** Where a hook goes, with its secret. Names are looked up when something is sent, not here. */
export function hookField(
  hook: NotificationHook | undefined,
  secret: string,
  allowPrivate: boolean,
): HookTarget {
  switch (hook?.target?.$case) {
    case 'webhookUrl': {
      const address = webhookField(hook.target.webhookUrl, allowPrivate)
      return { kind: 'webhook', address, secret: secretField(secret) }
    }
    case 'email': {
      const address = emailField(hook.target.email)
      if (secret !== '')
        throw unusable('secret', '', RULE, {
          zh: '邮件提醒不用密钥。',
          en: 'An e-mail hook takes no secret.',
        })
      return { kind: 'email', address, secret: '' }
    }
    case undefined:
      throw missing('hook.target', RULE)
  }
}

function webhookField(value: string, allowPrivate: boolean): string {
  const field = 'hook.webhook_url'
  textField(value, field, { maxBytes: URL_BYTES_MAX, oneLine: true, rule: RULE })
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== 'https:')
    throw unusable(field, value, RULE, {
      zh: '应为 https 地址。',
      en: 'It must be an https address.',
    })
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw unusable(field, `https://${url.host}`, RULE, {
      zh: '地址中不得有用户名、口令或片段；来源由签名证明。',
      en: 'It must not hold a user, a password or a fragment: the signature proves the origin.',
    })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isPrivate = isIP(host) === 0 ? /(^|\.)localhost\.?$/.test(host) : !isPublicAddress(host)
  if (isPrivate && !allowPrivate)
    throw unusable(field, value, RULE, {
      zh: '不得为本机或内部网络地址（HUIQIAN_NOTIFY_PRIVATE）。',
      en: 'It must not be a loopback or private address (HUIQIAN_NOTIFY_PRIVATE).',
    })
  return url.href
}

function emailField(value: string): string {
  const field = 'hook.email'
  textField(value, field, { maxBytes: 254, oneLine: true, rule: RULE })
  if (!EMAIL.test(value) || (value.split('@')[0] ?? '').length > 64)
    throw unusable(field, value, RULE, {
      zh: '应为一个邮件地址，如 office@example.gov.cn。',
      en: 'It must be one e-mail address, as office@example.gov.cn.',
    })
  return value
}

function secretField(secret: string): string {
  if (secret === '') throw missing('secret', RULE)
  if (!/^[\x21-\x7e]{32,128}$/.test(secret))
    throw unusable('secret', '', RULE, {
      zh: '应为 32 至 128 个可见 ASCII 字符。',
      en: 'It must be 32 to 128 printable ASCII characters.',
    }) // never shown back
  return secret
}
