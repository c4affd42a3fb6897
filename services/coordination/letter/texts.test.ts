import { describe, expect, test } from 'vitest'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { ReleaseEvent } from '../release/events.js'
import { asks, deemed, firm, given, HEALTH, POLICE, qingyuan } from '../release/law.fixture.js'
import { running, said } from '../release/law.fixture.js'
import * as texts from './texts.js'

const time = (at: number): string => beijingTime(at).slice(0, 16)
const factsOf = (...events: readonly ReleaseEvent[]): texts.LetterFacts => {
  const { release } = given(...running, ...events)
  return {
    ...{ release, pack: qingyuan, consultation: release.consultations[asks(HEALTH)]! },
    judgement: {
      ...{ form: 'huiqian-judgement-1', affected: [], noneAffectedReason: '', originBasis: '' },
      ...{ contact: '', signatory: '' },
    },
    ...{ draftTitle: '水库水位', name: (code) => code, time, date: (at) => time(at).slice(0, 10) },
  }
}

const [FIRST, SECOND] = firm.reminders as [number, number]
const issued = (ordinal: number, dueAt: number): ReleaseEvent => ({
  type: 'ReminderIssued',
  consultationId: asks(HEALTH),
  letterId: `reminder-${ordinal}`,
  ...{ ordinal, dueAt },
})
const delivered = (ordinal: number, receivedAt: number): ReleaseEvent => ({
  type: 'ReminderDelivered',
  consultationId: asks(HEALTH),
  letterId: `reminder-${ordinal}`,
  receivedAt,
})

describe('the certificate of deemed consent', () => {
  const silent = [said(POLICE, 'consent'), deemed(HEALTH)] as const
  test('states when reminders were delivered, and claims no other', () => {
    const late = FIRST + 90 * 60_000
    const { body } = texts.certificate(
      factsOf(issued(1, FIRST), delivered(1, late), issued(2, SECOND), ...silent),
    )
    expect(body).toContain('催办单送达时间：2026-10-08 10:30\n')
    expect(body).not.toContain(time(FIRST))
    expect(body).not.toContain(time(SECOND))
  })
  test('says so where none was', () => {
    expect(texts.certificate(factsOf(issued(1, FIRST), ...silent)).body).toContain(
      '催办单送达时间：无\n',
    )
  })
})
