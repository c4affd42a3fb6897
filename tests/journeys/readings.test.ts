// Every reading of a draft is on record, wherever it was read, and its owner sees who, when and where.
import { expect, test } from 'vitest'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import { ReadingPlace, ReleaseView } from '../../gen/huiqian/coordination/v1/release.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { DisputeView } from '../../gen/huiqian/escalation/v1/escalation.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { disputeDesk } from '../office/dispute-desk.js'
import { inEachShape } from '../office/each-shape.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { at, openOffice } from '../office/office.js'

await inEachShape('readings', (shape) => {
  test('of the release, of a letter and of a dispute’s file are one list, for the owner alone', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const [water, police] = [office.as('市水利局'), office.as('市公安局')]
    const release = await water.submitsRelease('北江水位', { affects: ['市公安局', '市财政局'] })
    await office.settles()
    const calls = await water.releases()
    const { releaseId } = release
    const lists = async (pageSize = 0, pageToken = '') =>
      calls.listReadings({ releaseId, pageSize, pageToken })
    const before = await lists()
    expect(before.readings).toEqual([]) // nobody has looked yet: letters on their way are no readers

    await office.jumpsTo('2026-09-28T11:00+08:00')
    const [letter] = await police.entries(LetterKind.CONSULTATION_LETTER)
    const mailbox = await police.mailbox()
    await mailbox.getLetter({ letterId: letter!.letterId })
    await office.jumpsTo('2026-09-28T11:05+08:00')
    await police.sees(release, ReleaseView.FULL)
    await police.sees(release) // without the text: no reading
    await office.jumpsTo('2026-09-28T11:10+08:00')
    await police.givesOpinion(release, 'objection', { reasons: '位置不宜公开。' })
    const negotiates = negotiationDesk(water, office.now)
    await negotiates.records(release, [
      [water.code, '应当公开。'],
      [police.code, '不应公开。'],
    ])
    await negotiates.files(release, { to: Addressee.COMPETENT_AUTHORITY })
    await office.settles()
    const closing: (() => void)[] = []
    const desk = disputeDesk(office, '市府办', (close) => void closing.push(close))
    const { disputeId } = await desk.disputeOf(releaseId)
    await (await desk.calls()).getDispute({ disputeId, view: DisputeView.FULL })
    await office.settles()

    const { readings } = await lists()
    const reader = (name: string) => `agency/${office.codeOf(name)}/desk`
    expect(readings).toMatchObject([
      { reader: reader('市府办'), place: ReadingPlace.DISPUTE, version: 1 },
      {
        ...{ reader: reader('市公安局'), place: ReadingPlace.RELEASE, version: 1 },
        readAt: timestampOf(at('2026-09-28T11:05+08:00')),
      },
      {
        ...{ reader: reader('市公安局'), place: ReadingPlace.LETTER, version: 1 },
        readAt: timestampOf(at('2026-09-28T11:00+08:00')),
      },
    ])
    const first = await lists(2)
    const rest = await lists(2, first.nextPageToken)
    expect([...first.readings, ...rest.readings]).toEqual(readings)
    expect(rest.nextPageToken).toBe('')
    await expect(
      (await police.releases()).listReadings({ releaseId, pageSize: 0, pageToken: '' }),
    ).rejects.toMatchObject({ reason: 'ONLY_RELEASING_AGENCY' })
    for (const close of closing) close()
  })
})
