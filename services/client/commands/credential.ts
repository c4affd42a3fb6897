// huiqian credential: certificates on record, and their revocation by two security operators.
import { X509Certificate, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  ApproveCertificateResponse,
  ListCertificateRequestsResponse,
  ListCredentialsResponse,
  RejectCertificateResponse,
  RequestCertificateResponse,
  RegisterCredentialResponse,
  RevokeCredentialResponse,
  type CertificateEnrolment,
  type Credential,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { LIMIT, NotUnderstood, REASON, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { bytesOf } from '../files.js'
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

const enrolmentLine = (desk: Desk, one: CertificateEnrolment | undefined): string => {
  if (one === undefined) return ''
  const { enrolmentId, uri, requestedBy, approvedBy, rejectedBy, fingerprint } = one
  const state = rejectedBy
    ? desk.say(`已退回（${rejectedBy}）`, `rejected (${rejectedBy})`)
    : approvedBy
      ? desk.say(`已批准（${approvedBy}）${fingerprint}`, `approved (${approvedBy}) ${fingerprint}`)
      : desk.say(
          `待第二位安全管理员批准（${requestedBy} 提交）`,
          `waits for a second security operator (handed in by ${requestedBy})`,
        )
  return `${enrolmentId}  ${uri}  ${state}`
}

const request: Command = {
  words: 'credential request',
  takes: ['<certificate request>'],
  about: {
    zh: '提交机关的证书请求（PKCS #10，DER），由另一位安全管理员批准',
    en: 'hand in the certificate request of an agency (PKCS #10, DER); another security operator approves it',
  },
  options: {
    uri: { takes: '<uri>', about: { zh: '证书应有的 URI SAN', en: 'the URI SAN it is to have' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const certificateRequest = await bytesOf(desk, asked.argument(0))
    const calls = await desk.directory()
    const asking = { requestId: desk.requestId, certificateRequest, uri: asked.text('uri') }
    const answer = await desk.change(() => calls.requestCertificate(asking))
    await desk.tell(RequestCertificateResponse.toJSON(answer), () => [
      enrolmentLine(desk, answer.enrolment),
    ])
  },
}

const approve: Command = {
  words: 'credential approve',
  takes: ['<request>'],
  about: {
    zh: '批准证书请求；采用开发用证书机构时即签发并打印证书',
    en: 'approve a certificate request; with a development authority it is issued and printed',
  },
  options: REQUEST_ID,
  async run(desk, asked) {
    const calls = await desk.directory()
    const asking = { requestId: desk.requestId, enrolmentId: asked.argument(0) }
    const { enrolment } = await desk.change(() => calls.approveCertificate(asking))
    await desk.tell(ApproveCertificateResponse.toJSON({ enrolment }), () => [
      enrolmentLine(desk, enrolment),
      ...(enrolment?.certificate ? [enrolment.certificate] : []),
    ])
  },
}

const reject: Command = {
  words: 'credential reject',
  takes: ['<request>'],
  about: { zh: '退回证书请求', en: 'reject a certificate request' },
  options: REQUEST_ID,
  async run(desk, asked) {
    const calls = await desk.directory()
    const asking = { requestId: desk.requestId, enrolmentId: asked.argument(0) }
    const answer = await desk.change(() => calls.rejectCertificate(asking))
    await desk.tell(RejectCertificateResponse.toJSON(answer), () => [
      enrolmentLine(desk, answer.enrolment),
    ])
  },
}

const requests: Command = {
  words: 'credential requests',
  takes: [],
  about: { zh: '证书请求', en: 'certificate requests' },
  options: { ...LIMIT, waiting: { about: { zh: '只看待批准的', en: 'only those that wait' } } },
  async run(desk, asked) {
    const calls = await desk.directory()
    const waitingOnly = asked.flag('waiting')
    const { items, nextPageToken } = await firstOf(
      asked.number('limit', 100),
      async ({ pageSize, pageToken }) => {
        const page = await calls.listCertificateRequests({ waitingOnly, pageSize, pageToken })
        return { items: page.enrolments, nextPageToken: page.nextPageToken }
      },
    )
    const answer = { enrolments: items, nextPageToken }
    await desk.tell(ListCertificateRequestsResponse.toJSON(answer), () => [
      ...items.map((one) => enrolmentLine(desk, one)),
      ...desk.more(nextPageToken),
    ])
  },
}

export const CREDENTIAL_COMMANDS: readonly Command[] = [
  ...[request, approve, reject, requests],
  ...[list, register, revoke],
]
