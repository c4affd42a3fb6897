import { describe, expect, test } from 'vitest'
import { reasonOf } from '../../../shared/refusal/refusal.fixture.js'
import {
  decide,
  evolve,
  noEnrolment,
  type EnrolmentCommand,
  type EnrolmentEvent,
} from './enrolment.js'

const uri = 'spiffe://huiqian.local/agency/11441800QY00000462/oa'
const asks = (by: string, to = uri) => ({ type: 'RequestCertificate', uri: to, by }) as const
const approves = (by: string) => ({ type: 'ApproveCertificate', by, fingerprint: 'f' }) as const
const rejects = (by: string) => ({ type: 'RejectCertificate', by }) as const
const requested: EnrolmentEvent = { type: 'CertificateRequested', uri, requestedBy: 'first' }
const approved: EnrolmentEvent = {
  ...{ type: 'CertificateApproved', approvedBy: 'second', fingerprint: 'f' },
}
const rejected: EnrolmentEvent = { type: 'CertificateRejected', rejectedBy: 'second' }
const given = (...events: EnrolmentEvent[]) => ({
  when: (command: EnrolmentCommand) =>
    decide(
      events.reduce((state, event, index) => evolve(state, event, index + 1), noEnrolment),
      command,
    ),
})

describe('a certificate that is asked for', () => {
  test('is approved by another than who asked', () => {
    expect(given().when(asks('first'))).toEqual([requested])
    expect(given(requested).when(asks('second'))).toEqual([])
    expect(reasonOf(() => given(requested).when(approves('first')))).toBe(
      'KEY_NEEDS_SECOND_OPERATOR',
    )
    expect(given(requested).when(approves('second'))).toEqual([approved])
    expect(given(requested, approved).when(approves('third'))).toEqual([])
    expect(reasonOf(() => given().when(approves('second')))).toBe('NOT_FOUND')
  })
  test('is rejected by anybody, and may be asked for anew', () => {
    expect(given(requested).when(rejects('second'))).toEqual([rejected])
    expect(given(requested, rejected).when(rejects('first'))).toEqual([])
    expect(reasonOf(() => given(requested, rejected).when(approves('second')))).toBe(
      'ENROLMENT_OVER',
    )
    expect(given(requested, rejected).when(asks('first'))).toEqual([requested])
    expect(reasonOf(() => given(requested, approved).when(rejects('first')))).toBe('ENROLMENT_OVER')
  })
  test('for somebody else is another: whoever approves approves what was asked for last', () => {
    const other = `${uri}-2`
    const [event] = given(requested).when(asks('second', other))
    expect(event).toMatchObject({ uri: other, requestedBy: 'second' })
    expect(reasonOf(() => given(requested, event!).when(approves('second')))).toBe(
      'KEY_NEEDS_SECOND_OPERATOR',
    )
    expect(reasonOf(() => given(requested, approved).when(asks('first', other)))).toBe(
      'ENROLMENT_OVER',
    )
  })
})
