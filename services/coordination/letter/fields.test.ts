// The record beside the words: whole for every kind, in the same words as the text, and only what is known.
import { describe, expect, test } from 'vitest'
import { faultsOfRecord } from '../../../tests/contracts/documents-page.js'
import type { OpinionForm } from '../draft/canonical-forms.js'
import type { Consultation } from '../consultation/consultation.js'
import { articleOf } from '../pack/pack.js'
import { DEADLINE, firm, HEALTH, qingyuan, RECEIVED, WATER } from '../release/law.fixture.js'
import { noRelease } from '../release/state.js'
import * as fields from './fields.js'
import type { Field } from './labels.js'
import * as texts from './texts.js'

const consultation: Consultation = {
  id: 'consultation-1',
  letterId: 'letter-1',
  agency: HEALTH,
  version: 2,
  trigger: 'concerns',
  status: 'deemed',
  issuedAt: RECEIVED,
  receivedAt: RECEIVED,
  deadline: {
    ...firm,
    days: [
      { date: '2026-09-28', kind: 'weekday', ordinal: 0 },
      { date: '2026-10-10', kind: 'make-up', ordinal: 5, by: '国办发明电〔2025〕7号' },
    ],
  },
  remindedAt: [],
  reminderLetters: [],
  deemedAt: DEADLINE,
}
const facts: texts.LetterFacts = {
  release: {
    ...noRelease('release-1'),
    ...{ releasingAgency: WATER, documentNumber: '清水征〔2026〕1号', version: 2 },
    ...{ draftDigest: 'd1', pack: 'qingyuan-2011@1' },
  },
  pack: qingyuan,
  consultation,
  judgement: {
    form: 'huiqian-judgement-1',
    affected: [{ agency: HEALTH, trigger: 'concerns', reason: '涉及饮用水' }],
    ...{ noneAffectedReason: '', originBasis: '', contact: '值班室', signatory: '李四' },
  },
  draftTitle: '水库水位',
  name: (code) => `名称（${code}）`,
  time: (instant) => `时刻${instant}`,
  date: () => '2026-09-28',
}
const opinion: OpinionForm = {
  form: 'huiqian-opinion-1',
  ...{ consultation: 'consultation-1', draft: 'd1', kind: 'objection', reasons: '数据有误' },
  ...{ legalBasis: '', proposedWording: '', askInstead: '', claims: [], documentNumber: '' },
  signatory: '',
}
const every = fields.everyLetter('甲', '乙', '2026-09-28')
const said = (record: readonly Field[], name: string) =>
  record.find((field) => field.name === name)?.value

const RECORDS: [string, readonly Field[], texts.Words][] = [
  ['CONSULTATION_LETTER', fields.consultationLetter(facts), texts.consultationLetter(facts)],
  ['REMINDER', fields.reminder(facts, '1'), texts.reminder(facts, RECEIVED)],
  ['CERTIFICATE_OF_DEEMED_CONSENT', fields.certificate(facts), texts.certificate(facts)],
  ['DEFECT_NOTICE', fields.defectNotice(facts), texts.defectNotice(facts)],
  ['WITHDRAWAL', fields.withdrawal(facts, '内容有误'), texts.withdrawal(facts, '内容有误')],
  ['CORRECTION', fields.correction(facts, 'outage'), texts.correction(facts, 'outage')],
  [
    'REPLY_NOTICE',
    fields.replyNotice(facts, opinion, undefined),
    texts.replyNotice(facts, opinion, undefined),
  ],
]

describe('the record of a letter', () => {
  test.each(RECORDS)('%s is whole', (kind, record) => {
    expect(faultsOfRecord(`LETTER_KIND_${kind}`, [...every, ...record])).toEqual([])
  })

  test.each(RECORDS)('%s agrees with its text on what it quotes', (_kind, record, { body }) => {
    for (const name of ['effect-of-silence', 'reasons', 'days-counted', 'cause', 'trigger']) {
      const value = said(record, name)
      if (value !== undefined) expect(body).toContain(value)
    }
  })

  test('quotes the effect of silence, with the joint liability, from the pack alone', () => {
    const [, letter] = RECORDS[0]!
    const { citation } = articleOf(qingyuan, qingyuan.silence)
    const { quotation, liability } = qingyuan.silence
    expect(liability).toContain('连带责任')
    expect(said(letter, 'effect-of-silence')).toBe(`${citation}：“${quotation}${liability}”`)
  })

  test('leaves out what is not there, and never holds an empty value', () => {
    const { judgement } = facts
    const bare = { ...facts, judgement: { ...judgement, contact: '', signatory: '' } }
    const record = fields.consultationLetter(bare)
    expect(said(record, 'contact')).toBeUndefined()
    expect(faultsOfRecord('LETTER_KIND_CONSULTATION_LETTER', [...every, ...record])).toEqual([])
  })

  test('of a reversal names no deadline: there is none any more', () => {
    const record = fields.correction(facts, 'deemed-consent-reversed')
    expect(record.map(({ name }) => name)).toEqual(['letter', 'cause'])
  })

  test('of a late reply says that it is late', () => {
    expect(said(fields.replyNotice(facts, opinion, 'late'), 'in-time')).toBe('否（逾期意见）')
  })
})
