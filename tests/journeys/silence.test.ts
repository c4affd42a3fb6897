// Silence and the deadline (协调 art. 6 para 2), through the launched house in both of its shapes.
import { describe, expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { isHere, openOffice, SHAPES } from '../office/office.js'

for (const shape of SHAPES) {
  const here = await isHere(shape)
  describe.skipIf(!here)(`silence, in the shape of ${shape}`, () => {
    test('the fifth working day may be a Saturday', async () => {
      await using office = await openOffice({ today: '2026-09-28', shape })
      const water = office.as('市水利局')
      const release = await water.submitsRelease('水库水位', { affects: ['市卫生健康局'] })
      await office.settles()
      const asked = await office.as('市卫生健康局').consultationOn(release)
      expect(asked.state).toBe(ConsultationState.RUNNING)
      expect(asked.deadline).toMatchObject({ lastDay: '2026-10-10', provisional: false })
      await office.livesUntil('2026-10-11T00:00:14+08:00')
      expect((await water.sees(release)).state).toBe(ReleaseState.CONSULTING)
      await office.livesUntil('2026-10-11T00:00:15+08:00')
      expect((await water.sees(release)).state).toBe(ReleaseState.CLEARED)
    })
  })
}
