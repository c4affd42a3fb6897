// What is recorded is not lost: the broker killed and wiped, a process killed, the house stopped and
// started again, in the middle of the main job.
import { expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { inEachShape } from '../office/each-shape.js'
import { openOffice } from '../office/office.js'

const [WATER, HEALTH, JUSTICE] = ['市水利局', '市卫生健康局', '市司法局'] as const

await inEachShape('the main job', (shape) => {
  test('goes on where it was after the services were stopped and started', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const release = await office
      .as(WATER)
      .submitsRelease('水库水位', { affects: [HEALTH, JUSTICE] })
    await office.premises.end('coordination', 'stopped') // letters may be written and not posted
    await office.premises.startAgain('coordination')
    await office.settles()
    await office.as(JUSTICE).givesOpinion(release, 'consent')
    await office.livesUntil('2026-10-09T12:00+08:00')
    await office.premises.end('delivery', 'stopped')
    await office.premises.startAgain('delivery')
    await office.livesUntil('2026-10-11T00:00:15+08:00')
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
    expect(await office.as(HEALTH).entries(LetterKind.REMINDER)).toHaveLength(2)
    expect(await office.as(HEALTH).entries(LetterKind.CONSULTATION_LETTER)).toHaveLength(1)
    expect(await office.as(JUSTICE).entries(LetterKind.REMINDER)).toEqual([])
  })

  if (shape === 'a process a service') {
    test('loses nothing when the broker is killed and its store is wiped', async () => {
      await using office = await openOffice({ today: '2026-09-28', shape })
      const { broker } = office.premises
      if (broker === undefined) throw new Error('this shape has a broker')
      const before = await office.as(WATER).submitsRelease('之前', { affects: [HEALTH] })
      await broker.kill()
      broker.wipe()
      // Degraded, not stopped: everything is taken, the feeds grow, listeners read them.
      const during = await office.as(WATER).submitsRelease('其间', { affects: [HEALTH, JUSTICE] })
      await office.settles()
      await office.as(JUSTICE).givesOpinion(during, 'not concerned')
      expect((await office.as(HEALTH).consultationOn(during)).state).toBe(ConsultationState.RUNNING)
      await office.livesUntil('2026-10-08T12:00+08:00')
      await broker.restart()
      const after = await office.as(WATER).submitsRelease('之后', { affects: [JUSTICE] })
      await office.livesUntil('2026-10-11T00:00:15+08:00')
      for (const release of [before, during])
        expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
      expect((await office.as(JUSTICE).consultationOn(after)).state).toBe(ConsultationState.RUNNING)
      const letters = await office.as(HEALTH).entries()
      const kinds = letters.map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === LetterKind.CONSULTATION_LETTER)).toHaveLength(2)
      expect(kinds.filter((kind) => kind === LetterKind.REMINDER)).toHaveLength(4)
      expect(
        kinds.filter((kind) => kind === LetterKind.CERTIFICATE_OF_DEEMED_CONSENT),
      ).toHaveLength(2)
    })

    test('loses nothing that was acknowledged when coordination is killed', async () => {
      await using office = await openOffice({ today: '2026-09-28', shape })
      const release = await office
        .as(WATER)
        .submitsRelease('水库水位', { affects: [HEALTH, JUSTICE] })
      await office.premises.end('coordination', 'killed')
      await office.premises.startAgain('coordination')
      await office.settles()
      const { consultation } = await office.as(JUSTICE).givesOpinion(release, 'consent')
      await office.premises.end('coordination', 'killed')
      await office.premises.startAgain('coordination')
      const kept = await office.as(JUSTICE).consultationOn(release)
      expect(kept.opinion).toEqual(consultation?.opinion)
      await office.livesUntil('2026-10-10T20:00+08:00')
      await office.premises.end('delivery', 'killed')
      await office.premises.startAgain('delivery')
      await office.livesUntil('2026-10-11T00:00:15+08:00')
      expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
      expect(await office.as(HEALTH).entries(LetterKind.CONSULTATION_LETTER)).toHaveLength(1)
    })
  }
})
