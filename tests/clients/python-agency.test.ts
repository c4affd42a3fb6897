// An agency that was not written in TypeScript (tests/clients/python/agency.py), in a journey through the
// launched house: it reads its mailbox, verifies the draft, replies, and knows what to do when the
// answer to its reply is lost.
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { openOffice, type Office } from '../office/office.js'
import { certificateFiles } from './certificate-files.js'
import { startChild } from './child.js'
import { holdingProxy } from './holding-proxy.js'
import { findPython } from './python.js'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const AGENCY = at('./python/agency.py')
const IMAGE = at('../../gen/image.binpb')
const python = findPython(['grpc', 'google.protobuf'], 'python3-grpcio, python3-protobuf')
const HEALTH = '市卫生健康局'

/** The program, started as the agency of that name. */
async function agency(office: Office, address: string, ...more: string[]) {
  const code = office.codeOf(HEALTH)
  const certificates = await office.premises.certificateOf({ kind: 'agency', code })
  const files = certificateFiles(certificates)
  const where = ['--address', address, '--image', IMAGE, ...files.arguments]
  const child = startChild(python ?? '', [AGENCY, ...where, ...more])
  child.ended.finally(() => files[Symbol.dispose]()).catch(() => {})
  return {
    ...child,
    async told() {
      const line = await child.line()
      if (line === undefined) throw new Error((await child.ended).stderr)
      return JSON.parse(line) as Record<string, unknown>
    },
  }
}

describe.skipIf(python === undefined)('an agency in Python', () => {
  test('takes its letter, verifies the draft and consents; the release is cleared', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
    await using health = await agency(
      office,
      office.premises.addressOf('delivery'),
      ...['--kind', 'consent', '--count', '1'],
    )
    const water = office.as('市水利局') // it waits for letters before there are any
    const release = await water.submitsRelease('水库水位', { affects: [HEALTH] })
    await office.settles()
    expect(await health.told()).toMatchObject({
      title: '水库水位',
      draftDigest: release.draftDigest,
      digestMatches: true,
    })
    expect(await health.told()).toMatchObject({
      opinion: 'consent',
      attempts: 1,
      reception: 'RECEPTION_IN_TIME',
    })
    expect(await health.ended).toEqual({ code: 0, stderr: '' })
    await office.settles()
    expect((await water.sees(release)).state).toBe(ReleaseState.CLEARED)
  })

  test('asks again with the same request_id when the answer is lost, and has replied once', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
    await using wire = await holdingProxy(office.premises.addressOf('coordination'))
    await using health = await agency(office, wire.address, '--ask', '--count', '1')
    const water = office.as('市水利局')
    const release = await water.submitsRelease('水库水位', { affects: [HEALTH] })
    await office.settles()
    expect(await health.told()).toMatchObject({ digestMatches: true })
    wire.hold()
    health.write('objection 涉及防汛调度。\n')
    const seen = () => office.as(HEALTH).consultationOn(release)
    await expect
      .poll(async () => (await seen()).state, { timeout: 8_000 })
      .toBe(ConsultationState.ANSWERED) // the command took effect, and its caller does not know
    const { dossierVersion } = await water.sees(release)
    wire.cut()
    const told = await health.told()
    expect(told).toMatchObject({ opinion: 'objection', reception: 'RECEPTION_IN_TIME' })
    expect(told['attempts']).toBeGreaterThan(1)
    expect((await seen()).opinion?.digest).toBe(told['opinionDigest'])
    expect((await health.ended).code).toBe(0)
    expect((await water.sees(release)).dossierVersion).toBe(dossierVersion) // nothing was added
    await office.settles()
    expect(await water.letters(LetterKind.REPLY_NOTICE)).toHaveLength(1)
    expect((await water.sees(release)).state).toBe(ReleaseState.NEGOTIATION)
  })

  test('is told a refusal with its reason, article and field in both languages', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape: 'one process' })
    const address = office.premises.addressOf('delivery')
    await using health = await agency(office, address, '--ask', '--count', '1')
    const water = office.as('市水利局')
    await water.submitsRelease('水库水位', { affects: [HEALTH] })
    await office.settles()
    await health.told()
    health.write('other_reply \n') // whose text is required
    expect(await health.told()).toMatchObject({
      refused: {
        status: 'INVALID_ARGUMENT',
        reason: 'FIELD_MISSING',
        article: 'house/fields',
        field: 'opinion.reasons',
        zh: expect.stringContaining('必填') as string,
        en: expect.stringContaining('required') as string,
      },
    })
    expect((await health.ended).code).toBe(1)
  })
})
