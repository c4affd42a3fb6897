// Certificates that are asked for: handed in by one security operator, approved by another. With a development authority
// the certificate is issued here, and registered in the commit of its approval.
import { createHash } from 'node:crypto'
import {
  CertificateEnrolment,
  type ApproveCertificateRequest,
  type ApproveCertificateResponse,
  type ListCertificateRequestsRequest,
  type ListCertificateRequestsResponse,
  type RejectCertificateRequest,
  type RejectCertificateResponse,
  type RequestCertificateRequest,
  type RequestCertificateResponse,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { readCertificateRequest } from '../../../shared/rpc/certificate-request.js'
import { pageSize } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { decide as decideCredential, mustBeUri } from '../credential/credential.js'
import type { Directory } from '../directory.js'
import { decide } from '../enrolment/enrolment.js'
import type { EnrolmentRow } from '../store/enrolments.js'
import { CREDENTIAL, ENROLMENT } from '../announces.js'
import { pageOf } from './page.js'
import { requestKey } from './request-key.js'

const RULE = 'house/enrolment'
const REQUEST_BYTES_MAX = 16_384
const PAGE = { otherwise: 100, max: 1_000 }

const FAULTS = {
  unreadable: { zh: '无法读取', en: 'it cannot be read' },
  'not-signed-by-its-key': {
    zh: '不是由其公钥对应的私钥签名',
    en: 'it is not signed by its own key',
  },
  'weak-key': { zh: '密钥强度不足或种类不被接受', en: 'its key is weak, or of a kind not taken' },
} as const

type Means = Pick<
  Directory,
  | 'enrolments'
  | 'enrolmentTable'
  | 'enrolmentKind'
  | 'credentialKind'
  | 'agencyTable'
  | 'dossier'
  | 'clock'
  | 'issue'
>

export const requestCertificate = (directory: Means) =>
  unary<RequestCertificateRequest, RequestCertificateResponse>(async (message, context) => {
    const { certificateRequest, uri, requestId } = message
    const der = Buffer.from(certificateRequest)
    const read =
      der.length > REQUEST_BYTES_MAX
        ? ({ fault: 'unreadable' } as const)
        : await readCertificateRequest(der)
    if ('fault' in read)
      throw new Refusal('malformed', 'CERTIFICATE_REQUEST_FAULT', RULE, {
        field: 'certificate_request',
        why_zh: FAULTS[read.fault].zh,
        why_en: FAULTS[read.fault].en,
      })
    mustBeUri(uri)
    const [, kind, agency = ''] = uri.replace('spiffe://', '').split('/')
    if (kind === 'agency' && (await directory.agencyTable.of(agency)) === undefined)
      throw new Refusal('malformed', 'AGENCY_UNKNOWN', 'house/directory', { field: 'uri', agency })
    const enrolmentId = createHash('sha256').update(der).digest('hex')
    const request = requestKey(context, requestId, { enrolmentId, uri })
    const by = callerLine(context.caller)
    const { enrolments, enrolmentTable, clock } = directory
    await enrolments.change(enrolmentId, { request, now: clock.now() }, (state) => {
      const events = decide(state, { type: 'RequestCertificate', uri, by })
      const statements = events.length > 0 ? [enrolmentTable.keepRequest(enrolmentId, der)] : []
      return { events, statements }
    })
    return { enrolment: await found(directory, enrolmentId) }
  })

export const approveCertificate = (directory: Means) =>
  unary<ApproveCertificateRequest, ApproveCertificateResponse>(async (message, context) => {
    const { enrolmentId, requestId } = message
    const { dossier, enrolments, enrolmentTable, clock, issue } = directory
    const by = callerLine(context.caller)
    const { state: before } = await enrolments.read(enrolmentId)
    // What the law refuses is refused before anything is issued.
    const approves = { type: 'ApproveCertificate', by, fingerprint: '' } as const
    const open = decide(before, approves).length > 0
    const row = await enrolmentTable.find(enrolmentId)
    const read = row?.request && open ? await readCertificateRequest(row.request) : undefined
    const issued =
      issue !== undefined && read !== undefined && 'publicKey' in read
        ? await issue(before.uri ?? '', read.publicKey)
        : undefined
    const fingerprint = issued?.fingerprint ?? ''
    const request = requestKey(context, requestId, { approve: enrolmentId })
    const loads = [
      { kind: ENROLMENT, id: enrolmentId },
      ...(issued ? [{ kind: CREDENTIAL, id: fingerprint }] : []),
    ]
    await dossier.changeTogether(loads, { request, now: clock.now() }, (several) => {
      const { state } = several.state(directory.enrolmentKind, enrolmentId)
      const events = decide(state, { ...approves, fingerprint })
      if (events.length === 0 || issued === undefined)
        return { parts: [{ kind: ENROLMENT, id: enrolmentId, events }] }
      const credential = several.state(directory.credentialKind, fingerprint).state
      const uri = state.uri ?? ''
      const registered = decideCredential(credential, fingerprint, {
        ...{ type: 'RegisterCredential', uri },
      })
      return {
        parts: [
          { kind: ENROLMENT, id: enrolmentId, events },
          { kind: CREDENTIAL, id: fingerprint, events: registered },
        ],
        statements: [enrolmentTable.keepCertificate(enrolmentId, issued.certificate)],
      }
    })
    return { enrolment: await found(directory, enrolmentId) }
  })

export const rejectCertificate = (directory: Means) =>
  unary<RejectCertificateRequest, RejectCertificateResponse>(async (message, context) => {
    const { enrolmentId, requestId } = message
    const request = requestKey(context, requestId, { reject: enrolmentId })
    const by = callerLine(context.caller)
    const { enrolments, clock } = directory
    await enrolments.change(enrolmentId, { request, now: clock.now() }, (state) =>
      decide(state, { type: 'RejectCertificate', by }),
    )
    return { enrolment: await found(directory, enrolmentId) }
  })

export const listCertificateRequests = ({
  enrolmentTable,
  pageTokens,
}: Pick<Directory, 'enrolmentTable' | 'pageTokens'>) =>
  unary<ListCertificateRequestsRequest, ListCertificateRequestsResponse>(async (request) => {
    const { waitingOnly } = request
    const page = await pageOf({
      pageTokens,
      token: request.pageToken,
      scope: JSON.stringify(['ListCertificateRequests', waitingOnly]),
      size: pageSize(request.pageSize, PAGE),
      rows: (after, limit) => enrolmentTable.page(waitingOnly, after, limit),
      keyOf: ({ enrolment_id }) => enrolment_id,
      messageOf,
      bytesOf: (message) => CertificateEnrolment.encode(message).finish().length,
    })
    return { enrolments: page.items, nextPageToken: page.nextPageToken }
  })

async function found(
  { enrolmentTable }: Pick<Means, 'enrolmentTable'>,
  enrolmentId: string,
): Promise<CertificateEnrolment | undefined> {
  const row = await enrolmentTable.find(enrolmentId)
  return row && messageOf(row)
}

const at = (instant: number | null) => (instant === null ? undefined : timestampOf(instant))

const messageOf = (row: EnrolmentRow): CertificateEnrolment => ({
  enrolmentId: row.enrolment_id,
  uri: row.uri,
  certificateRequest: Buffer.from(row.request ?? []),
  ...{ requestedBy: row.requested_by, requestedAt: at(row.requested_at) },
  ...{ approvedBy: row.approved_by, approvedAt: at(row.approved_at) },
  ...{ rejectedBy: row.rejected_by, rejectedAt: at(row.rejected_at) },
  ...{ certificate: row.certificate, fingerprint: row.fingerprint },
})
