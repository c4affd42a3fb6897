// Public utilities take part by reference (协调 art. 9): the same procedure, from the submission to the silence.
import { expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { inEachShape } from '../office/each-shape.js'
import { openOffice } from '../office/office.js'

const WATERWORKS = '清远市供水公司(示例)'

await inEachShape('a public utility', (shape) => {
  test('submits, is asked, and is bound by its silence like any agency', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const utility = office.as(WATERWORKS)
    const bureau = office.as('市水利局')
    const own = await utility.submitsRelease('停水通知', { affects: ['市水利局'] })
    const asked = await bureau.submitsRelease('水源地名录', { affects: [WATERWORKS] })
    await office.settles()
    expect(await utility.letters(LetterKind.CONSULTATION_LETTER)).toHaveLength(1)
    await bureau.givesOpinion(own, 'consent')
    expect((await utility.sees(own)).state).toBe(ReleaseState.CLEARED)

    await office.jumpsTo('2026-10-11T00:00:15+08:00')
    expect((await bureau.sees(asked)).state).toBe(ReleaseState.CLEARED)
    expect((await utility.consultationOn(asked)).state).toBe(ConsultationState.DEEMED)
  })
})
