// The files of a draft in dispute are read by whoever is to judge it: its coordinator, and each body from the hour
// it is asked for its view (协调 art. 6 para 3). Nobody else finds them.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { disputeDesk } from '../office/dispute-desk.js'
import { inEachShape } from '../office/each-shape.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { openOffice } from '../office/office.js'

const MAP = Buffer.from('监测点位置图')
const DIGEST = createHash('sha256').update(MAP).digest('hex')
const [WATER, HEALTH, OFFICE, SECRECY] = ['市水利局', '市卫生健康局', '市府办', '市保密局'] as const

await inEachShape('the files of a disputed draft', (shape) => {
  test('are read by the coordinator and the bodies that it asks, of the version in dispute', async () => {
    await using office = await openOffice({ today: '2026-09-07', shape })
    const closing: (() => void)[] = []
    const deskOf = (name: string) => disputeDesk(office, name, (close) => void closing.push(close))
    const water = office.as(WATER)
    await water.uploads('位置图.png', MAP)
    const release = await water.submitsRelease('水文监测点', {
      affects: [HEALTH],
      attachments: [DIGEST],
    })
    await office.settles()
    await office.as(HEALTH).givesOpinion(release, 'objection', { reasons: '位置不宜公开。' })
    const negotiates = negotiationDesk(water, office.now)
    await negotiates.records(release, [
      [office.codeOf(WATER), '为了公众安全。'],
      [office.codeOf(HEALTH), '不公布位置。'],
    ])
    await negotiates.files(release, { to: Addressee.COMPETENT_AUTHORITY })
    await office.settles()

    const read = async (name: string): Promise<string> => {
      const pieces: Buffer[] = []
      try {
        const asked = { releaseId: release.releaseId, digest: DIGEST }
        const calls = await office.as(name).releases()
        for await (const { chunk } of calls.downloadAttachment(asked)) pieces.push(chunk)
        return Buffer.concat(pieces).toString()
      } catch (error) {
        if (error instanceof CallFailed) return error.reason
        throw error
      }
    }
    const whole = MAP.toString()
    expect(await read(OFFICE)).toBe(whole)
    expect(await read(SECRECY)).toBe('NOT_FOUND')
    const coordinator = deskOf(OFFICE)
    const dispute = await coordinator.disputeOf(release.releaseId)
    await coordinator.accepts(dispute)
    await coordinator.asksBodies(dispute)
    await office.settles()
    expect(await read(SECRECY)).toBe(whole)
    expect(await read('市教育局')).toBe('NOT_FOUND')
    // A later version without the file: the body goes on reading what was in dispute, others what is there now.
    await water.revises(release, '水文监测点', '不附位置图。')
    await office.settles()
    expect(await read(SECRECY)).toBe(whole)
    expect(await read(WATER)).toBe('NOT_FOUND')
    for (const close of closing) close()
  })
})
