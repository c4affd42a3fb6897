// Sends one notification by e-mail, through the configured server and always over TLS.
import { rootCertificates } from 'node:tls'
import { createTransport } from 'nodemailer'

export type SmtpConfig = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (smtps); otherwise STARTTLS, which is required. */
  readonly secure: boolean
  readonly user: string
  readonly password: string
  /** Sender's address. */
  readonly from: string
}

export type SendMail = (
  address: string,
  notificationId: string,
  mail: { readonly subject: string; readonly text: string },
  now: number,
  signal: AbortSignal,
) => Promise<string>

export function mailSender(
  { host, port, secure, user, password, from }: SmtpConfig,
  { ca, timeoutMs }: { readonly ca: string | undefined; readonly timeoutMs: number },
): SendMail {
  return async (address, notificationId, { subject, text }, now, signal) => {
    const transport = createTransport({
      ...{ host, port, secure, requireTLS: !secure },
      ...(user !== '' && { auth: { user, pass: password } }),
      tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
      ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    const sending = transport.sendMail({
      ...{ from, subject, text, date: new Date(now) },
      to: { name: '', address },
      messageId: `<${notificationId}@${from.split('@')[1] ?? 'huiqian'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    let cut: ((word: string) => void) | undefined
    const limit = new Promise<string>((resolve) => (cut = resolve))
    const stopped = (): void => cut?.('stopped')
    const timer = setTimeout(() => cut?.('timeout'), timeoutMs)
    signal.addEventListener('abort', stopped, { once: true })
    if (signal.aborted) stopped()
    try {
      return await Promise.race([limit, sending.then(() => '', wordOf)])
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stopped)
      transport.close()
    }
  }
}

function wordOf(error: unknown): string {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number }
  if (responseCode !== undefined) return `status-${Math.floor(responseCode / 100)}xx`
  if (code === 'ETIMEDOUT') return 'timeout'
  if (code === 'EDNS') return 'unresolved'
  if (code === 'ETLS') return 'tls'
  if (code === 'EAUTH') return 'authentication'
  return 'connection'
}
