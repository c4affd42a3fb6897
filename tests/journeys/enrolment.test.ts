// An agency's system gets its certificate: it makes the key and the request, one security operator hands it in, another
// approves it. With a development authority it is issued at once; with another, that one issues it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { connect } from '../../shared/rpc/client.js'
import { inEachShape } from '../office/each-shape.js'
import { openOffice, type Office } from '../office/office.js'

const folder = mkdtempSync(join(tmpdir(), 'huiqian-enrolment-'))
let keys = 0

/** A key and a request by the openssl command line, as any system would make them. */
function requestOf(algorithm = 'ec', option = 'ec_paramgen_curve:P-256') {
  const key = join(folder, `${++keys}.pem`)
  execFileSync('openssl', ['genpkey', '-algorithm', algorithm, '-pkeyopt', option, '-out', key])
  const out = join(folder, `${keys}.csr`)
  execFileSync('openssl', [
    ...['req', '-new', '-key', key, '-subj', '/CN=whoever', '-outform', 'DER', '-out', out],
  ])
  return { key: readFileSync(key, 'utf8'), request: readFileSync(out) }
}

const bothOf = async ([first, second]: Office['operator']['security']) =>
  [await first(), await second()] as const

await inEachShape('enrolment', (shape) => {
  test('takes two: whoever asked does not approve, and what is issued is accepted and on record', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const [first, second] = await bothOf(office.operator.security)
    const { key, request } = requestOf()
    const code = office.codeOf('市水利局')
    const uri = `spiffe://huiqian.local/agency/${code}/archive`
    const asked = { requestId: 'e-1', certificateRequest: request, uri }
    const { enrolment } = await first.requestCertificate(asked)
    expect(enrolment).toMatchObject({ uri, requestedBy: 'security/first', certificate: '' })
    expect(await first.requestCertificate(asked)).toEqual({ enrolment })
    const enrolmentId = enrolment?.enrolmentId ?? ''
    const approval = { requestId: 'e-2', enrolmentId }
    await expect(first.approveCertificate(approval)).rejects.toMatchObject({
      reason: 'KEY_NEEDS_SECOND_OPERATOR',
    })
    const waiting = await second.listCertificateRequests({
      ...{ waitingOnly: true, pageSize: 0, pageToken: '' },
    })
    expect(waiting.enrolments).toEqual([enrolment])
    const approved = (await second.approveCertificate(approval)).enrolment
    expect(approved).toMatchObject({ approvedBy: 'security/second' })
    expect((await second.approveCertificate(approval)).enrolment).toEqual(approved)
    if (shape === 'one process') {
      const { ca } = await office.premises.certificateOf({ kind: 'agency', code })
      const address = office.premises.addressOf('directory')
      const cert = approved?.certificate ?? ''
      const calls = connect(DirectoryServiceClient, address, { ca, cert, key })
      expect((await calls.getAgency({ creditCode: code })).agency?.creditCode).toBe(code)
      const all = { revokedOnly: false, pageSize: 0, pageToken: '' }
      const listed = (await first.listCredentials(all)).credentials
      expect(listed).toMatchObject([{ uri, fingerprint: approved?.fingerprint }])
      calls.close()
    } else expect(approved?.certificate).toBe('')
  })

  test('is refused where the request proves nothing, its key is weak, or it is for nobody', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const [first, second] = await bothOf(office.operator.security)
    const uri = `spiffe://huiqian.local/agency/${office.codeOf('市水利局')}/archive`
    const { request } = requestOf()
    const forged = Buffer.from(request)
    forged[forged.length - 3]! ^= 1
    const weak = requestOf('rsa', 'rsa_keygen_bits:2048').request
    const fault = { reason: 'CERTIFICATE_REQUEST_FAULT', field: 'certificate_request' }
    for (const certificateRequest of [forged, weak, Buffer.from('x'), Buffer.alloc(20_000)])
      await expect(
        first.requestCertificate({ requestId: 'x', certificateRequest, uri }),
      ).rejects.toMatchObject(fault)
    for (const [wrong, reason] of [
      ['spiffe://huiqian.local/agency/11441800QY00000999/x', 'FIELD_VALUE'],
      [`${uri}/more`, 'FIELD_VALUE'],
      ['https://huiqian.local', 'FIELD_VALUE'],
    ] as const)
      await expect(
        first.requestCertificate({
          ...{ requestId: 'y', certificateRequest: request, uri: wrong },
        }),
      ).rejects.toMatchObject({
        field: 'uri',
        reason: expect.stringMatching(`${reason}|AGENCY_UNKNOWN`) as string,
      })
    const { enrolment } = await first.requestCertificate({
      ...{ requestId: 'z', certificateRequest: request, uri },
    })
    const enrolmentId = enrolment?.enrolmentId ?? ''
    await first.rejectCertificate({ requestId: 'r', enrolmentId })
    await expect(second.approveCertificate({ requestId: 'a', enrolmentId })).rejects.toMatchObject({
      reason: 'ENROLMENT_OVER',
    })
  })
})
