// An agency that asks without end: refused with when to try again, while its own reply and the work of others go on.
import { expect, test } from 'vitest'
import { Opinion, OpinionKind } from '../../gen/huiqian/coordination/v1/coordination.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { openOffice } from '../office/office.js'

const FLOOD = 400
const PATIENCE_MS = 60_000

async function flooded(callsPerSecond: number) {
  const office = await openOffice({
    ...{ today: '2026-09-28', shape: 'one process', config: { callsPerSecond } },
  })
  const [water, police] = [office.as('市水利局'), office.as('市公安局')]
  const release = await water.submitsRelease('北江水位', { affects: ['市公安局', '市财政局'] })
  await office.settles()
  const calls = await police.consultations()
  const consultation = await police.consultationOn(release)
  const reasons = new Map<string, number>()
  const failures: CallFailed[] = []
  await Promise.all(
    Array.from({ length: FLOOD }, async () => {
      try {
        await calls.listConsultations({ states: [], pageSize: 1, pageToken: '' })
        reasons.set('OK', (reasons.get('OK') ?? 0) + 1)
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        failures.push(error)
        reasons.set(error.reason, (reasons.get(error.reason) ?? 0) + 1)
      }
    }),
  )
  return { office, water, police, release, consultation, reasons, failures }
}

test(
  'a flood is refused with a budget of its own agency; its reply and all others are answered',
  async () => {
    const { office, water, police, release, consultation, reasons, failures } = await flooded(1)
    await using _ = office
    expect([...reasons.keys()].sort()).toEqual(['OK', 'TOO_MANY_CALLS'])
    expect(reasons.get('OK')).toBeLessThan(FLOOD / 2)
    expect(failures[0]).toMatchObject({ status: 'RESOURCE_EXHAUSTED', article: 'house/budgets' })
    expect(failures[0]?.message).toContain('try again in')
    // Its other calls wait; its reply does not.
    await expect(
      (await police.consultations()).listConsultations({ states: [], pageSize: 1, pageToken: '' }),
    ).rejects.toMatchObject({ reason: 'TOO_MANY_CALLS' })
    const { consultationId, draftDigest } = consultation
    const opinion = Opinion.fromPartial({ kind: OpinionKind.OBJECTION, reasons: '位置不宜公开。' })
    const about = { requestId: 'flood-reply', consultationId, draftDigest }
    const asked = { ...about, opinion, signed: undefined }
    const answer = await (await police.consultations()).giveOpinion(asked)
    expect(answer.consultation?.opinion?.opinion?.kind).toBe(OpinionKind.OBJECTION)
    expect((await water.sees(release)).consultations).toHaveLength(2)
  },
  PATIENCE_MS,
)

test(
  'without a budget the same flood is answered: it is the budget that refuses',
  async () => {
    const { office, reasons } = await flooded(0)
    await using _ = office
    expect([...reasons]).toEqual([['OK', FLOOD]])
  },
  PATIENCE_MS,
)
