// huiqian credential: certificates on record, and their revocation by two security operators.
import { X509Certificate, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  ListCredentialsResponse,
  RegisterCredentialResponse,
  RevokeCredentialResponse,
  type Credential,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { LIMIT, NotUnderstood, REASON, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { firstOf } from '../pages.js'
import { timeText } from '../text/times.js'

/** A fingerprint as it is, or that of a certificate file. */
function fingerprintOf(desk: Desk, given: string): string {
  if (/^[0-9a-f]{64}$/.test(given)) return given
  try {
    const { raw } = new X509Certificate(readFileSync(resolve(desk.folder, given)))
    return createHash('sha256').update(raw).digest('hex')
  } catch {
    throw new NotUnderstood({
      zh: `${given} 既不是证书指纹（64 位小写十六进制），也不是可读的证书文件`,
      en: `${given} is neither a fingerprint (64 hexadecimal digits in lower case) nor a certificate file`,
    })
  }
}

function lineOf(desk: Desk, one: Credential | undefined): string {
  if (one === undefined) return ''
  const { fingerprint, uri, revokedAt, revokedBy, revocationProposedBy, revocationReason } = one
  const state = revokedAt
    ? desk.say(
        `已吊销 ${timeText(revokedAt)}（${revocationProposedBy}、${revokedBy}）：${revocationReason}`,
        `revoked ${timeText(revokedAt)} (${revocationProposedBy}, ${revokedBy}): ${revocationReason}`,
      )
    : revocationProposedBy !== ''
      ? desk.say(
          `待第二位安全管理员确认吊销（${revocationProposedBy} 提议）：${revocationReason}`,
          `waits for a second security operator (proposed by ${revocationProposedBy}): ${revocationReason}`,
        )
      : desk.say('有效', 'in use')
  return `${fingerprint}  ${uri || desk.say('（未登记）', '(not registered)')}  ${state}`
}

const list: Command = {
  words: 'credential list',
  takes: [],
  about: {
    zh: '登记、待吊销和已吊销的证书',
    en: 'certificates on record, waiting to be revoked, revoked',
  },
  options: { ...LIMIT, revoked: { about: { zh: '只看已吊销的', en: 'only the revoked' } } },
  async run(desk, asked) {
    const calls = await desk.directory()
    const revokedOnly = asked.flag('revoked')
    const { items, nextPageToken } = await firstOf(
      asked.number('limit', 100),
      async ({ pageSize, pageToken }) => {
        const page = await calls.listCredentials({ revokedOnly, pageSize, pageToken })
        return { items: page.credentials, nextPageToken: page.nextPageToken }
      },
    )
    const answer = { credentials: items, nextPageToken }
    await desk.tell(ListCredentialsResponse.toJSON(answer), () => [
      ...items.map((one) => lineOf(desk, one)),
      ...desk.more(nextPageToken),
    ])
  },
}

const register: Command = {
  words: 'credential register',
  takes: ['<certificate>'],
  about: { zh: '登记一份证书', en: 'put a certificate on record' },
  options: {
    uri: {
      takes: '<uri>',
      about: { zh: '证书中的 URI SAN', en: 'the URI SAN of the certificate' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const calls = await desk.directory()
    const fingerprint = fingerprintOf(desk, asked.argument(0))
    const request = { requestId: desk.requestId, fingerprint, uri: asked.text('uri') }
    const answer = await desk.change(() => calls.registerCredential(request))
    await desk.tell(RegisterCredentialResponse.toJSON(answer), () => [
      lineOf(desk, answer.credential),
    ])
  },
}

const revoke: Command = {
  words: 'credential revoke',
  takes: ['<certificate>'],
  about: {
    zh: '吊销证书：第一位安全管理员提议，第二位确认后各服务即拒绝',
    en: 'revoke a certificate: a first security operator proposes, a second confirms, and every service refuses it',
  },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const calls = await desk.directory()
    const fingerprint = fingerprintOf(desk, asked.argument(0))
    const request = { requestId: desk.requestId, fingerprint, reason: asked.text('reason') }
    const answer = await desk.change(() => calls.revokeCredential(request))
    await desk.tell(RevokeCredentialResponse.toJSON(answer), () => [
      lineOf(desk, answer.credential),
    ])
  },
}

export const CREDENTIAL_COMMANDS: readonly Command[] = [list, register, revoke]
