// A policy pack of another place: 7 days, another article, no effect of silence. Letters, deadlines,
// refusals and outcomes follow it without a change of code.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { Reception } from '../../gen/huiqian/coordination/v1/consultation.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape } from '../office/each-shape.js'
import { at, openOffice } from '../office/office.js'
import { packFile, type OtherPack } from '../office/pack-file.js'

const [WATER, HEALTH, JUSTICE] = ['市水利局', '市卫生健康局', '市司法局'] as const
const room = mkdtempSync(join(tmpdir(), 'huiqian-packs-'))
afterAll(() => rmSync(room, { recursive: true, force: true }))

function configWith(name: string, other: OtherPack) {
  const file = join(room, `${name}.json`)
  writeFileSync(file, packFile(other))
  return { packFiles: [file], defaultPack: 'elsewhere@1' }
}

await inEachShape('another pack', (shape) => {
  test('with 7 days and no effect of silence is followed in all', async () => {
    const config = configWith('none', { within: 7, silence: 'none', article: '12' })
    await using office = await openOffice({ today: '2026-09-28', shape, config })
    const release = await office
      .as(WATER)
      .submitsRelease('水库水位', { affects: [HEALTH, JUSTICE] })
    await office.settles()
    expect(release.policyPack).toBe('elsewhere@1')
    const asked = await office.as(HEALTH).consultationOn(release)
    expect(asked.deadline).toMatchObject({ lastDay: '2026-10-13' })
    const [letter] = await office.as(HEALTH).letters(LetterKind.CONSULTATION_LETTER)
    expect(letter?.body).toContain('7个工作日')
    expect(letter?.body).toContain('《某市政府信息发布协调办法》第十二条')
    expect(letter?.body).not.toContain('视为同意发布')
    expect(letter?.body).not.toContain('5个工作日')
    const explained = await (
      await office.as(HEALTH).consultations()
    ).explainDeadline({ consultationId: asked.consultationId })
    expect(explained.article).toMatchObject({ id: '试点/12' })

    await office.as(JUSTICE).givesOpinion(release, 'consent')
    await office.livesUntil('2026-10-14T00:00:15+08:00')
    const reminders = await office.as(HEALTH).letters(LetterKind.REMINDER)
    expect(reminders.map(({ receivedAt }) => receivedAt)).toEqual([
      ...[at('2026-10-10T09:00+08:00'), at('2026-10-12T09:00+08:00')],
    ])
    expect(reminders[0]?.body).toContain('不产生同意的效力')
    expect((await office.as(HEALTH).consultationOn(release)).state).toBe(ConsultationState.EXPIRED)
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CONSULTING)
    const { gates } = await office.as(WATER).explainsClearance(release)
    expect(gates.flatMap(({ obstacles }) => obstacles.map(({ reason }) => reason))).toEqual([
      'silence-without-effect',
    ])
    expect(await office.as(HEALTH).entries(LetterKind.CERTIFICATE_OF_DEEMED_CONSENT)).toEqual([])
    // The verdict is still needed, and still welcome.
    const { reception } = await office.as(HEALTH).givesOpinion(release, 'consent')
    expect(reception).toBe(Reception.COMPLETED)
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
  })

  test('is followed only once two operators have adopted that very text', async () => {
    const config = configWith('adopted', { within: 7, silence: 'none', article: '12' })
    const options = { today: '2026-09-28', shape, config, adoptsPacks: false } as const
    await using office = await openOffice(options)
    const [water, agency] = [office.as(WATER), await office.as(WATER).releases()]
    const refused = { status: 'FAILED_PRECONDITION', reason: 'PACK_NOT_ADOPTED' }
    const submits = (policyPack = '') =>
      water.submitsRelease('水库水位', { affects: [HEALTH], policyPack })
    await expect(submits()).rejects.toMatchObject(refused)
    await expect(submits('elsewhere')).rejects.toMatchObject(refused)
    expect((await submits('qingyuan-2011')).policyPack).toBe('qingyuan-2011@1')

    const [one, two] = await office.operator.packs()
    const { packs } = await one.listPolicyPacks({})
    expect(packs.filter(({ adopted }) => !adopted).map(({ packId }) => packId)).toEqual([
      'elsewhere',
    ])
    const digest = packs.find(({ packId }) => packId === 'elsewhere')?.digest ?? ''
    const request = { requestId: 'adopt', policyPack: 'elsewhere@1', digest }
    await expect(agency.adoptPolicyPack(request)).rejects.toMatchObject({
      reason: 'CALL_NOT_PERMITTED',
    })
    for (const [wrong, reason] of [
      [{ digest: packs[0]?.digest === digest ? '' : (packs[0]?.digest ?? '') }, 'DIGEST_MISMATCH'],
      [{ policyPack: 'elsewhere@2' }, 'PACK_UNKNOWN'],
    ] as const)
      await expect(
        one.adoptPolicyPack({ ...request, requestId: reason, ...wrong }),
      ).rejects.toMatchObject({ status: 'INVALID_ARGUMENT', reason })
    // One operator alone adopts nothing, however often.
    for (const requestId of ['adopt', 'adopt', 'again'])
      expect((await one.adoptPolicyPack({ ...request, requestId })).awaitsSecond).toBe(true)
    await expect(submits()).rejects.toMatchObject(refused)
    const answer = await two.adoptPolicyPack(request)
    expect(answer).toMatchObject({ awaitsSecond: false, pack: { adopted: true } })
    expect(await two.adoptPolicyPack(request)).toEqual(answer)
    expect((await submits()).policyPack).toBe('elsewhere@1')
  })

  test('with 15 days and its own words on silence is quoted in letter and certificate', async () => {
    const config = configWith('15', { within: 15, silence: 'deemed_consent', article: '15' })
    await using office = await openOffice({ today: '2026-09-28', shape, config })
    const release = await office.as(WATER).submitsRelease('水库水位', { affects: [HEALTH] })
    // A case may name the pack that it follows.
    const other = await office
      .as(WATER)
      .submitsRelease('水质', { affects: [HEALTH], policyPack: 'qingyuan-2011' })
    await office.livesUntil('2026-10-11T00:00:15+08:00')
    expect((await office.as(WATER).sees(other)).state).toBe(ReleaseState.CLEARED)
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CONSULTING)
    await office.livesUntil('2026-10-24T00:00:15+08:00')
    const deemed = await office.as(HEALTH).consultationOn(release)
    expect(deemed.deemedAt).toEqual(timestampOf(at('2026-10-24T00:00+08:00')))
    // Letters of two releases lie in the mailbox in whichever order they were posted.
    for (const kind of [LetterKind.CONSULTATION_LETTER, LetterKind.CERTIFICATE_OF_DEEMED_CONSENT]) {
      const letters = await office.as(HEALTH).letters(kind)
      const own = letters.find(({ releaseId }) => releaseId === release.releaseId)
      expect(own?.body).toContain('15日内不答复的,视作无异议。')
    }
  })

  test('is named by a refusal with its own article', async () => {
    const config = configWith('12', { within: 7, silence: 'none', article: '12' })
    await using office = await openOffice({ today: '2026-09-28', shape, config })
    await expect(
      office.as(WATER).submitsRelease('水库水位', { affects: [WATER] }),
    ).rejects.toMatchObject({ reason: 'CONSULTING_ONESELF', article: '试点/6.1' })
  })
})
