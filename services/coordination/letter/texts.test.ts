import { describe, expect, test } from 'vitest'
import { beijingTime } from '../../../shared/working-days/working-days.js'
import type { OpinionForm } from '../draft/canonical-forms.js'
import type { ReleaseEvent } from '../release/events.js'
import { asks, deemed, firm, given, HEALTH, POLICE, qingyuan } from '../release/law.fixture.js'
import { opinion, packWith, running, said, IN_TIME } from '../release/law.fixture.js'
import { articleOf } from '../pack/pack.js'
import { missingOf } from '../rpc/missing.js'
import { lettersOf } from './follow-up.js'
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

describe('what a remark is said to be', () => {
  const form: OpinionForm = {
    ...{ form: 'huiqian-opinion-1' as const, consultation: 'c', draft: 'd', kind: 'objection' },
    ...{ reasons: '数据未核实', legalBasis: '', proposedWording: '', askInstead: '' },
    ...{ claims: [], documentNumber: '', signatory: '' },
  }
  const LATE_WORDS = '期限届满后收到'
  test.each([
    ['late', LATE_WORDS],
    ['cleared', '期限届满前、本稿已认定可以发布之后收到'],
    ['overtaken', '先于该机关在案的最新答复'],
    ['clock-in-doubt', '系统时钟存疑'],
  ] as const)('is the fact of its cause: %s', (cause, fact) => {
    const { title, body } = texts.replyNotice(factsOf(), form, cause)
    expect(body).toContain(fact)
    expect(body.includes(LATE_WORDS)).toBe(cause === 'late')
    expect(title.includes('逾期')).toBe(cause === 'late')
  })
  test('is nothing where the reply is an opinion', () => {
    expect(texts.replyNotice(factsOf(), form, undefined).title).toContain('回复：')
  })
})

describe('the letter counts and cites as its pack does', () => {
  const elsewhere = packWith((data) => {
    Object.assign(data['reply']!, { dayZero: 'included' })
    data['articles']!['12'] = { citation: '《某市办法》第十二条', text: '不同意的应说明理由。' }
    Object.assign(data['objection']!, { article: '12' })
  })
  test('whether the day of receipt counts, and which article asks for reasons', () => {
    const here = texts.consultationLetter(factsOf()).body
    expect(here).toContain('（收到当日不计入）')
    expect(here).toContain(`应说明理由（${articleOf(qingyuan, qingyuan.objection).citation}）`)
    const there = texts.consultationLetter({ ...factsOf(), pack: elsewhere }).body
    expect(there).toContain('（收到当日计入）')
    expect(there).toContain('应说明理由（《某市办法》第十二条）')
  })
  test('as the answer to an objection without reasons does', () => {
    expect(missingOf('objection', elsewhere)?.zh).toContain('《某市办法》第十二条')
    expect(missingOf('objection', elsewhere)?.en).toContain('/12)')
    expect(missingOf('consent', elsewhere)).toBeUndefined()
  })
})

describe('a reply that names whom to ask instead', () => {
  const replied = (askInstead?: string): ReleaseEvent => ({
    type: 'OpinionGiven',
    consultationId: asks(HEALTH),
    opinion: opinion('not_concerned', IN_TIME, askInstead === undefined ? {} : { askInstead }),
    replaces: false,
  })
  const told = (event: ReleaseEvent) =>
    lettersOf(given(...running, event).release, [event]).map(({ kind }) => kind)
  test('is told to the releasing agency, though it closes the consultation', () => {
    expect(told(replied(POLICE))).toEqual(['reply_notice'])
    expect(told(replied())).toEqual([])
  })
})
