// The rows of the directory. Agencies and days are open to every caller with a certificate; only operators
// change them. Certificates are the security operators'.
import type { Role, Row } from './authorisation.js'

export const SERVICES = [
  'service/directory',
  'service/delivery',
  'service/coordination',
  'service/escalation',
  'service/audit',
  'service/front-door',
] as const satisfies readonly Role[]

const EVERYBODY: Row = {
  callers: ['agency', 'auditor', 'operator', 'security', ...SERVICES],
  on: 'anyone',
}
const OPERATORS: Row = { callers: ['operator'], on: 'anyone' }
const SECURITY: Row = { callers: ['security'], on: 'anyone' }

export const DIRECTORY_ROWS = {
  RegisterAgency: OPERATORS,
  UpdateAgency: OPERATORS,
  GetAgency: EVERYBODY,
  ListAgencies: EVERYBODY,
  ImportAgencies: OPERATORS,
  ResolveCoordinators: EVERYBODY,
  RegisterCredential: SECURITY,
  RevokeCredential: SECURITY, // by two of them
  RequestCertificate: SECURITY, // and another approves
  ApproveCertificate: SECURITY,
  RejectCertificate: SECURITY,
  ListCertificateRequests: { callers: ['auditor', 'security'], on: 'anyone' },
  RegisterSigningKey: SECURITY, // by two of them, and retired likewise
  RetireSigningKey: SECURITY,
  ListSigningKeys: EVERYBODY,
  ListCredentials: { callers: ['auditor', 'security', ...SERVICES], on: 'anyone' },
} satisfies Record<string, Row>

export const CALENDAR_ROWS = {
  ImportNotice: OPERATORS,
  ListRevisions: EVERYBODY,
  GetRevision: EVERYBODY,
  ListDays: EVERYBODY,
  AddWorkingDays: EVERYBODY,
  CountWorkingDays: EVERYBODY,
  ExplainDeadline: EVERYBODY,
} satisfies Record<string, Row>

export const DIRECTORY_FEED_ROWS = {
  Read: { callers: SERVICES, on: 'anyone' },
} satisfies Record<string, Row>

/** Health and reflection (grpc.health.v1, grpc.reflection.v1) on every port. */
export const OPEN_TO_ALL = EVERYBODY
