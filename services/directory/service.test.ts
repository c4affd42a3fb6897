import { X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { AgencyKind, Leadership, Level, Role } from '../../gen/huiqian/directory/v1/directory.js'
import { Agency } from '../../gen/huiqian/directory/v1/directory.js'
import { checkCharacterOf } from '../../shared/identity/credit-code.js'
import { fingerprintOf } from '../../shared/rpc/callers.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { parseInstant } from '../../shared/working-days/working-days.js'
import { sampleAgencies } from './sample/sample.js'
import {
  SECURITY,
  AN_AGENCY,
  AUDITOR,
  openDirectoryHouse,
  OPERATOR,
  SERVICE,
  type DirectoryHouse,
} from './service.fixture.js'

let house: DirectoryHouse
afterEach(() => house.close())

const sample = sampleAgencies()
const named = (name: string): Agency => {
  const found = sample.find((one) => one.name === name)
  if (!found) throw new Error(`the sample has no ${name}`)
  return found
}
const codeOf = (number: number): string => {
  const first17 = `11441800QY9${String(number).padStart(6, '0')}`
  return `${first17}${checkCharacterOf(first17)}`
}
const government = named('清远市人民政府')
const water = named('清远市水利局')
const office = named('清远市人民政府办公室')
const ALL = {
  ...{ region: '', level: Level.UNSPECIFIED, role: Role.UNSPECIFIED, nameContains: '' },
  ...{ pageSize: 0, pageToken: '' },
}
const bureau = (change: Partial<Agency> = {}): Agency =>
  Agency.fromPartial({
    creditCode: codeOf(1),
    name: '清远市地方金融管理局',
    level: Level.PREFECTURE,
    region: '441800',
    kind: AgencyKind.ORGAN,
    leadership: Leadership.LOCAL,
    superior: government.creditCode,
    documentPrefix: '清金',
    mailbox: { address: '', designatedAt: timestampOf(0), instrument: '登记表' },
    ...change,
  })

async function withSample(): Promise<DirectoryHouse> {
  house = await openDirectoryHouse()
  const operator = await house.directory()
  await operator.importAgencies({ requestId: 'sample', agencies: sample, preview: false })
  return house
}

describe('registering an agency', () => {
  test('records it, tells it, and answers its repetition alike', async () => {
    const { directory, told } = await withSample()
    const operator = await directory()
    const request = { requestId: 'r-1', agency: bureau() }
    const { agency } = await operator.registerAgency(request)
    expect(agency).toMatchObject({ creditCode: codeOf(1), version: 1, documentPrefix: '清金' })
    expect(agency?.mailbox?.address).toBe(codeOf(1)) // by default its credit code
    const known = (await operator.getAgency({ creditCode: codeOf(1) })).agency
    expect(known).toEqual(agency)
    const changed = { ...known!, name: '清远市金融工作局' }
    await operator.updateAgency({ requestId: 'r-2', agency: changed })
    expect((await operator.registerAgency(request)).agency).toEqual(agency)
    expect((await told()).slice(-2)).toMatchObject([
      { kind: 'AgencyChanged', stream: `agency:${codeOf(1)}`, version: 1 },
      { kind: 'AgencyChanged', version: 2, what: { agencyChanged: { version: 2 } } },
    ])
  })

  test.each<[string, Partial<Agency>, string, string]>([
    [
      'a bad credit code',
      { creditCode: '11441800QY9000019' },
      'CREDIT_CODE_MALFORMED',
      'credit_code',
    ],
    ['an unknown superior', { superior: codeOf(7) }, 'AGENCY_UNKNOWN', 'superior'],
    ['no level', { level: Level.UNSPECIFIED }, 'FIELD_MISSING', 'level'],
    ['a level that there is not', { level: 9 as Level }, 'FIELD_VALUE', 'level'],
    ['a role that is taken', { roles: [Role.COMPETENT_AUTHORITY] }, 'ROLE_TAKEN', 'roles[0]'],
    [
      'a mailbox without a date',
      { mailbox: { address: '', designatedAt: undefined, instrument: '' } },
      'FIELD_MISSING',
      'mailbox.designated_at',
    ],
  ])(
    'with %s is refused with the field, and nothing is stored',
    async (_, change, reason, field) => {
      const { directory, told } = await withSample()
      const operator = await directory()
      const before = await told()
      const call = operator.registerAgency({ requestId: 'r-1', agency: bureau(change) })
      await expect(call).rejects.toMatchObject({
        status: 'INVALID_ARGUMENT',
        reason,
        field: `agency.${field}`,
      })
      expect(await told()).toEqual(before)
    },
  )

  test('twice is refused, and so is another command under the same request_id', async () => {
    const { directory } = await withSample()
    const operator = await directory()
    await operator.registerAgency({ requestId: 'r-1', agency: bureau() })
    await expect(
      operator.registerAgency({ requestId: 'r-2', agency: bureau() }),
    ).rejects.toMatchObject({ status: 'FAILED_PRECONDITION', reason: 'AGENCY_EXISTS' })
    await expect(
      operator.registerAgency({ requestId: 'r-1', agency: bureau({ name: '另一个局' }) }),
    ).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED', field: 'request_id' })
    await expect(
      operator.registerAgency({ requestId: '', agency: bureau() }),
    ).rejects.toMatchObject({ reason: 'FIELD_MISSING', field: 'request_id' })
  })

  test('as the second holder of a role at the same instant is refused, whichever came second', async () => {
    const { directory } = await withSample()
    const operator = await directory()
    const roles = [Role.COMPETENT_AUTHORITY]
    const county = { level: Level.TOWNSHIP, region: '441802', roles }
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map((number) => {
        const agency = bureau({ ...county, creditCode: codeOf(number), name: `镇政府办${number}` })
        return operator.registerAgency({ requestId: `r-${number}`, agency })
      }),
    )
    const refused = outcomes.filter((one) => one.status === 'rejected')
    expect(refused.map((one) => (one.reason as { reason: string }).reason)).toEqual(
      Array(3).fill('ROLE_TAKEN'),
    )
    const found = await operator.listAgencies({
      ...ALL,
      region: '441802',
      level: Level.TOWNSHIP,
      role: Role.COMPETENT_AUTHORITY,
    })
    expect(found.agencies).toHaveLength(1)
  })
})

describe('changing an agency', () => {
  test('does not stand in the way of changing others at once', async () => {
    const { directory, told } = await withSample()
    const operator = await directory()
    const before = (await told()).length
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        operator.registerAgency({
          requestId: `r-${index}`,
          agency: bureau({ creditCode: codeOf(index), name: `第${index}局` }),
        }),
      ),
    )
    expect((await told()).length).toBe(before + 30)
  })
  test('from an older version than the present one is overtaken', async () => {
    const { directory } = await withSample()
    const operator = await directory()
    const { agency } = await operator.getAgency({ creditCode: water.creditCode })
    const renamed = { ...agency!, aliases: ['水利局'] }
    const done = await operator.updateAgency({ requestId: 'r-1', agency: renamed })
    expect(done.agency).toMatchObject({ version: 2, aliases: ['水利局'] })
    await expect(
      operator.updateAgency({ requestId: 'r-2', agency: renamed }),
    ).rejects.toMatchObject({ status: 'ABORTED', reason: 'OVERTAKEN' })
    await expect(
      operator.updateAgency({ requestId: 'r-3', agency: { ...renamed, version: 0 } }),
    ).rejects.toMatchObject({ reason: 'FIELD_MISSING', field: 'agency.version' })
    const again = await operator.updateAgency({
      requestId: 'r-4',
      agency: { ...renamed, version: 2 },
    })
    expect(again.agency?.version).toBe(2) // nothing changed
    const repeated = { requestId: 'r-4', agency: { ...renamed, version: 2 } }
    expect(await operator.updateAgency(repeated)).toEqual(again)
  })
})

describe('an import', () => {
  test('says first what it would change, then changes all of it in one go', async () => {
    house = await openDirectoryHouse()
    const operator = await house.directory()
    const request = { requestId: 'i-1', agencies: sample, preview: true }
    const preview = await operator.importAgencies(request)
    expect(preview.registered).toEqual(sample.map((one) => one.creditCode))
    expect((await house.told()).filter(({ kind }) => kind === 'AgencyChanged')).toEqual([])

    expect(await operator.importAgencies({ ...request, preview: false })).toEqual(preview)
    expect(await operator.importAgencies({ ...request, preview: false })).toEqual(preview)
    const told = (await house.told()).filter(({ kind }) => kind === 'AgencyChanged')
    expect(told).toHaveLength(sample.length)

    const changed = sample.map((one) => (one === water ? { ...one, aliases: ['水局'] } : one))
    const second = { requestId: 'i-2', agencies: changed, preview: false }
    expect(await operator.importAgencies(second)).toMatchObject({
      registered: [],
      updated: [water.creditCode],
    })
    const third = await operator.importAgencies({ ...second, requestId: 'i-3' })
    expect([third.registered, third.updated, third.unchanged.length]).toEqual([[], [], 97])
    expect(await operator.importAgencies(second)).toMatchObject({ updated: [water.creditCode] })
  })

  test('with one agency that does not fit stores none', async () => {
    house = await openDirectoryHouse()
    const operator = await house.directory()
    const wrong = { ...sample[40]!, superior: codeOf(9) }
    const agencies = sample.map((one, index) => (index === 40 ? wrong : one))
    for (const preview of [true, false])
      await expect(
        operator.importAgencies({ requestId: 'i-1', agencies, preview }),
      ).rejects.toMatchObject({ reason: 'AGENCY_UNKNOWN', field: 'agencies[40].superior' })
    const twice = [...sample, water]
    await expect(
      operator.importAgencies({ requestId: 'i-2', agencies: twice, preview: false }),
    ).rejects.toMatchObject({ reason: 'AGENCY_REPEATED', field: 'agencies[97].credit_code' })
    expect((await operator.listAgencies(ALL)).agencies).toEqual([])
  })
})

describe('agencies', () => {
  test('are listed page by page, by region, level, role and part of a name', async () => {
    const { directory } = await withSample()
    const anybody = await directory(AN_AGENCY)
    const codes = sample.map((one) => one.creditCode).sort()
    const listed: string[] = []
    let pageToken = ''
    do {
      const page = await anybody.listAgencies({ ...ALL, pageSize: 20, pageToken })
      expect(page.agencies.length).toBeLessThanOrEqual(20)
      listed.push(...page.agencies.map((one) => one.creditCode))
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    expect(listed).toEqual(codes)

    const names = async (filter: Partial<typeof ALL>) =>
      (await anybody.listAgencies({ ...ALL, ...filter })).agencies.map((one) => one.name)
    expect(await names({ nameContains: '市府办' })).toContain('清远市人民政府办公室')
    expect(await names({ nameContains: '%' })).toEqual([])
    expect(await names({ role: Role.REVIEW_BODY_LEGAL, region: '441826' })).toEqual([
      '连南瑶族自治县司法局',
    ])
    expect(await names({ level: Level.PROVINCE })).toHaveLength(6)

    const { nextPageToken } = await anybody.listAgencies({ ...ALL, pageSize: 20 })
    await expect(
      anybody.listAgencies({ ...ALL, region: '441800', pageToken: nextPageToken }),
    ).rejects.toMatchObject({ reason: 'PAGE_TOKEN' })
  })

  test('are read by everybody and changed by operators only', async () => {
    const { directory, feed } = await withSample()
    for (const uri of [AN_AGENCY, AUDITOR, SERVICE, OPERATOR]) {
      const client = await directory(uri)
      const { agency } = await client.getAgency({ creditCode: water.creditCode })
      expect(agency?.name).toBe('清远市水利局')
      if (uri === OPERATOR) continue
      await expect(
        client.registerAgency({ requestId: 'r', agency: bureau() }),
      ).rejects.toMatchObject({ status: 'PERMISSION_DENIED', reason: 'CALL_NOT_PERMITTED' })
      await expect(
        client.importAgencies({ requestId: 'r', agencies: sample, preview: true }),
      ).rejects.toMatchObject({ status: 'PERMISSION_DENIED' })
    }
    for (const uri of [AN_AGENCY, AUDITOR, OPERATOR])
      await expect((await feed(uri)).read({ after: 0, limit: 0 })).rejects.toMatchObject({
        status: 'PERMISSION_DENIED',
      })
  })

  test('that are not registered are not found; what is no code is malformed', async () => {
    const { directory } = await withSample()
    const client = await directory()
    await expect(client.getAgency({ creditCode: codeOf(8) })).rejects.toMatchObject({
      status: 'NOT_FOUND',
    })
    await expect(client.getAgency({ creditCode: '123' })).rejects.toMatchObject({
      reason: 'CREDIT_CODE_MALFORMED',
      field: 'credit_code',
    })
  })

  test('are there after a restart, and the calendar is opened only once', async () => {
    const { told, restart, directory } = await withSample()
    const before = await told()
    await restart()
    expect(await told()).toEqual(before)
    expect((await (await directory()).listAgencies(ALL)).agencies).toHaveLength(97)
    expect(before.filter(({ kind }) => kind === 'CalendarRevised')).toHaveLength(1)
  })
})

describe('the coordinators', () => {
  test('of a county bureau’s dispute come with their reasons and the bodies of its level', async () => {
    const { directory } = await withSample()
    const client = await directory(AN_AGENCY)
    const found = await client.resolveCoordinators({
      releasingAgency: named('英德市水利局').creditCode,
      parties: [named('英德市卫生健康局').creditCode],
      asOf: undefined,
    })
    expect(found.superiorOrgan).toMatchObject({ name: '英德市人民政府', excluded: [] })
    expect(found.competentAuthority).toMatchObject({ name: '英德市人民政府办公室' })
    expect(found.reviewBodies.map((body) => body.agency)).toEqual(
      ['英德市司法局', '英德市国家保密局', '英德市监察委员会'].map((n) => named(n).creditCode),
    )
  })
  test('never include a party: the office releases, and the government takes its place', async () => {
    const { directory } = await withSample()
    const client = await directory()
    const { competentAuthority } = await client.resolveCoordinators({
      releasingAgency: office.creditCode,
      parties: [water.creditCode],
      asOf: timestampOf(parseInstant('2026-09-01T00:00+08:00')),
    })
    expect(competentAuthority).toMatchObject({
      name: '清远市人民政府',
      excluded: [{ agency: office.creditCode }],
    })
    await expect(
      client.resolveCoordinators({
        releasingAgency: office.creditCode,
        parties: [codeOf(9)],
        asOf: undefined,
      }),
    ).rejects.toMatchObject({ reason: 'AGENCY_UNKNOWN', field: 'parties[0]' })
  })
})

describe('a certificate', () => {
  test('is registered, revoked, refused from then on, and both are told', async () => {
    const { directory, certificateOf, told } = await withSample()
    const [first, second] = [await directory(SECURITY[0]), await directory(SECURITY[1])]
    const agency = await directory(AN_AGENCY)
    const { raw } = new X509Certificate((await certificateOf(AN_AGENCY)).cert)
    const fingerprint = fingerprintOf(raw)
    const uri = `spiffe://huiqian.local/${AN_AGENCY}`
    await first.registerCredential({ requestId: 'c-1', fingerprint, uri })
    await agency.getAgency({ creditCode: water.creditCode })

    const revoke = { requestId: 'c-2', fingerprint, reason: '私钥遗失' }
    const proposal = await first.revokeCredential(revoke)
    expect(proposal.credential).toMatchObject({
      ...{ fingerprint, uri, revocationReason: '私钥遗失', revokedAt: undefined },
      revocationProposedBy: 'security/first',
    })
    await agency.getAgency({ creditCode: water.creditCode }) // one alone shuts nobody out
    await expect(
      first.revokeCredential({ ...revoke, requestId: 'c-2-again' }),
    ).rejects.toMatchObject({ reason: 'REVOCATION_NEEDS_SECOND_OPERATOR', field: 'fingerprint' })
    const { credential } = await second.revokeCredential(revoke)
    expect(credential).toMatchObject({
      ...{ fingerprint, uri, revocationReason: '私钥遗失' },
      ...{ revocationProposedBy: 'security/first', revokedBy: 'security/second' },
    })
    expect(await second.revokeCredential(revoke)).toEqual({ credential })
    expect(await first.revokeCredential(revoke)).toEqual(proposal) // its own request, its own answer
    await expect(agency.getAgency({ creditCode: water.creditCode })).rejects.toMatchObject({
      status: 'UNAUTHENTICATED',
    })
    expect((await told()).slice(-3)).toMatchObject([
      { kind: 'CredentialRegistered' },
      { kind: 'CredentialRevocationProposed' },
      { kind: 'CredentialRevoked', what: { credentialRevoked: { fingerprint } } },
    ])
    await expect(
      first.registerCredential({ requestId: 'c-3', fingerprint, uri }),
    ).rejects.toMatchObject({ reason: 'CREDENTIAL_REVOKED' })
    const listed = await first.listCredentials({ revokedOnly: true, pageSize: 0, pageToken: '' })
    expect(listed.credentials).toEqual([credential])
  })
  test('that was never registered can be revoked; what is no fingerprint cannot', async () => {
    const { directory } = await withSample()
    const operator = await directory(SECURITY[0])
    const unheardOf = 'ab'.repeat(32)
    const revoke = { requestId: 'c-1', fingerprint: unheardOf, reason: '未登记' }
    await operator.revokeCredential(revoke)
    const { credential } = await (await directory(SECURITY[1])).revokeCredential(revoke)
    expect(credential).toMatchObject({ fingerprint: unheardOf, uri: '' })
    await expect(
      operator.revokeCredential({ requestId: 'c-2', fingerprint: 'AB', reason: '错' }),
    ).rejects.toMatchObject({ reason: 'FIELD_VALUE', field: 'fingerprint' })
    await expect(
      operator.registerCredential({ requestId: 'c-3', fingerprint: 'cd'.repeat(32), uri: 'x' }),
    ).rejects.toMatchObject({ reason: 'FIELD_VALUE', field: 'uri' })
  })
})
