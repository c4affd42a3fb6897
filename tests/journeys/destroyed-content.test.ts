// What a withdrawn release said is destroyed, in all services and for good; who did what and when stays.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import { ReleaseView } from '../../gen/huiqian/coordination/v1/release.js'
import { DisputeView } from '../../gen/huiqian/escalation/v1/escalation.js'
import { disputeDesk } from '../office/dispute-desk.js'
import { inEachShape } from '../office/each-shape.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { openOffice } from '../office/office.js'

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

await inEachShape('destroyed content', (shape) => {
  test('is gone for everybody, with its files and letters; what others name and what was done is not', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const [water, health] = [office.as('市水利局'), office.as('市卫生健康局')]
    const calls = await water.releases()
    const [own, shared] = [Buffer.from('只此一份附件'), Buffer.from('两份信息共用的附件')]
    const files = [await water.uploads('甲.pdf', own), await water.uploads('乙.pdf', shared)]
    const release = await water.submitsRelease('要撤的', {
      ...{ affects: ['市卫生健康局'], attachments: files },
    })
    const other = await water.submitsRelease('留下的', {
      ...{ affects: ['市卫生健康局'], attachments: [digestOf(shared)] },
    })
    await office.settles()
    await health.givesOpinion(release, 'objection', { reasons: '数据有误。' })
    await office.settles()
    const { releaseId } = release
    const destroys = (requestId: string) => calls.destroyContent({ requestId, releaseId })
    const downloads = async (id: string, digest: string) => {
      const parts: Buffer[] = []
      for await (const { chunk } of calls.downloadAttachment({ releaseId: id, digest }))
        parts.push(chunk)
      return Buffer.concat(parts)
    }

    await expect(destroys('d-0')).rejects.toMatchObject({ reason: 'CONTENT_IN_USE' })
    await expect(
      (await health.releases()).destroyContent({ requestId: 'd-x', releaseId }),
    ).rejects.toMatchObject({ reason: 'ONLY_RELEASING_AGENCY' })
    expect(await downloads(releaseId, files[0]!)).toEqual(own)
    await water.withdraws(release, '数据待核。')
    await office.settles()
    const letters = (await health.entries()).filter((one) => one.releaseId === releaseId)
    expect(letters.length).toBeGreaterThan(1)

    const { release: after } = await destroys('d-1')
    expect(await destroys('d-1')).toEqual({ release: after })
    await destroys('d-2') // again, under another id: it is done already
    await office.settles()
    const seen = await water.sees(release, ReleaseView.FULL)
    expect(seen).toMatchObject({ title: '', text: '', attachments: [] })
    expect(seen).toMatchObject({ state: ReleaseState.WITHDRAWN, draftDigest: release.draftDigest })
    await expect(downloads(releaseId, files[0]!)).rejects.toMatchObject({ status: 'NOT_FOUND' })
    const mailbox = await health.mailbox()
    for (const { letterId } of letters) {
      const { entry, letter } = await mailbox.getLetter({ letterId })
      expect([entry?.letterId, letter]).toEqual([letterId, undefined])
    }
    expect(await downloads(other.releaseId, files[1]!)).toEqual(shared)
    expect((await water.sees(other, ReleaseView.FULL)).text).toBe('留下的的全文。')

    // The very file may be uploaded again, and named in another release.
    await water.uploads('再传.pdf', own)
    const again = await water.submitsRelease('又一份', {
      ...{ affects: ['市卫生健康局'], attachments: [files[0]!] },
    })
    expect(await downloads(again.releaseId, files[0]!)).toEqual(own)

    // A publication all the same is a fact, with its breach, and can be read.
    await water.publishes(release)
    expect(await water.sees(release)).toMatchObject({
      publication: { where: expect.stringMatching(/.+/) as string },
    })
  })

  test('is gone from the dispute about it, once those who were in it have been told', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const [water, police] = [office.as('市水利局'), office.as('市公安局')]
    const closing: (() => void)[] = []
    const release = await water.submitsRelease('有争议的', { affects: ['市公安局'] })
    await office.settles()
    await police.givesOpinion(release, 'objection', { reasons: '位置不宜公开。' })
    const negotiates = negotiationDesk(water, office.now)
    await negotiates.records(release, [
      [water.code, '应当公开。'],
      [police.code, '不应公开。'],
    ])
    await negotiates.files(release, { to: Addressee.COMPETENT_AUTHORITY })
    await office.settles()
    const desk = disputeDesk(office, '市府办', (close) => void closing.push(close))
    const { disputeId } = await desk.disputeOf(release.releaseId)
    const asks = async () =>
      (await (await desk.calls()).getDispute({ disputeId, view: DisputeView.FULL })).dispute
    expect(JSON.stringify(await asks())).toContain('位置不宜公开。')
    await water.withdraws(release, '数据待核。')
    await office.settles()
    const calls = await water.releases()
    await calls.destroyContent({ requestId: 'd-1', releaseId: release.releaseId })
    await office.settles()
    const after = await asks()
    expect(after).toMatchObject({ disputeId, releaseId: release.releaseId })
    for (const words of ['位置不宜公开。', '应当公开。', '有争议的'])
      expect(JSON.stringify(after)).not.toContain(words)
    for (const close of closing) close()
  })
})
