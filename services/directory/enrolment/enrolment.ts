// A certificate that is asked for: requested by one security operator, who had the request from the agency, approved by
// another, or rejected by either. The request proves that whoever made it has the key. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'

const RULE = 'house/enrolment'

export type EnrolmentEvent =
  | { readonly type: 'CertificateRequested'; readonly uri: string; readonly requestedBy: string }
  | {
      readonly type: 'CertificateApproved'
      readonly approvedBy: string
      /** Of the certificate that was issued; empty where the operator's authority issues it. */
      readonly fingerprint: string
    }
  | { readonly type: 'CertificateRejected'; readonly rejectedBy: string }

export type EnrolmentState = {
  readonly uri?: string
  readonly requestedBy?: string
  readonly requestedAt?: Instant
  readonly approvedBy?: string
  readonly approvedAt?: Instant
  readonly fingerprint?: string
  readonly rejectedBy?: string
  readonly rejectedAt?: Instant
}

export type EnrolmentCommand =
  | { readonly type: 'RequestCertificate'; readonly uri: string; readonly by: string }
  | { readonly type: 'ApproveCertificate'; readonly by: string; readonly fingerprint: string }
  | { readonly type: 'RejectCertificate'; readonly by: string }

export const noEnrolment: EnrolmentState = {}

export function evolve(
  state: EnrolmentState,
  event: EnrolmentEvent,
  recordedAt: Instant,
): EnrolmentState {
  switch (event.type) {
    case 'CertificateRequested':
      return { uri: event.uri, requestedBy: event.requestedBy, requestedAt: recordedAt }
    case 'CertificateApproved': {
      const { approvedBy, fingerprint } = event
      return { ...state, approvedBy, fingerprint, approvedAt: recordedAt }
    }
    case 'CertificateRejected':
      return { ...state, rejectedBy: event.rejectedBy, rejectedAt: recordedAt }
  }
}

export function decide(state: EnrolmentState, command: EnrolmentCommand): EnrolmentEvent[] {
  switch (command.type) {
    case 'RequestCertificate': {
      const { uri, by } = command
      if (state.uri === uri && state.rejectedAt === undefined) return []
      if (state.approvedAt !== undefined) throw over('certificate_request')
      return [{ type: 'CertificateRequested', uri, requestedBy: by }] // rejected, or for another: asked for anew
    }
    case 'ApproveCertificate': {
      mustBeRequested(state)
      if (state.approvedAt !== undefined) return []
      if (state.rejectedAt !== undefined) throw over('enrolment_id')
      const { by, fingerprint } = command
      if (state.requestedBy === by)
        throw new Refusal('out-of-order', 'KEY_NEEDS_SECOND_OPERATOR', 'house/two-persons', {
          field: 'enrolment_id',
          operator: by,
        })
      return [{ type: 'CertificateApproved', approvedBy: by, fingerprint }]
    }
    case 'RejectCertificate':
      mustBeRequested(state)
      if (state.rejectedAt !== undefined) return []
      if (state.approvedAt !== undefined) throw over('enrolment_id')
      return [{ type: 'CertificateRejected', rejectedBy: command.by }]
  }
}

function mustBeRequested({ uri }: EnrolmentState): void {
  if (uri === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
}

const over = (field: string): Refusal =>
  new Refusal('out-of-order', 'ENROLMENT_OVER', RULE, { field })
