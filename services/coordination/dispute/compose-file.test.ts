import { describe, expect, test } from 'vitest'
import type { Form } from '../draft/canonical-forms.js'
import { candidates, CITY, FILED, HELD, negotiates } from '../negotiation/law.fixture.js'
import { asks, DRAFT_1, given, HEALTH, IN_TIME, packWith } from '../release/law.fixture.js'
import { POLICE, qingyuan, running, said, WATER } from '../release/law.fixture.js'
import { composeFile, quotedBy, type FileParticulars } from './compose-file.js'
import { planDispute } from './file-dispute.js'

const opened = {
  type: 'NegotiationOpened',
  version: 1,
  consultationId: asks(HEALTH),
  openedAt: IN_TIME,
} as const
const release = given(...running, said(HEALTH, 'objection'), opened).after(negotiates())
const plan = planDispute(release, qingyuan, { candidates })

const FORMS: Readonly<Record<string, Form>> = {
  [DRAFT_1]: { form: 'huiqian-draft-1', title: '水库水位', text: '全文。', attachments: [] },
  'opinion-objection': {
    ...{ form: 'huiqian-opinion-1', consultation: asks(HEALTH), draft: DRAFT_1 },
    ...{ kind: 'objection', reasons: '位置不宜公开。', legalBasis: '某法', proposedWording: '' },
    ...{ askInstead: '', claims: ['secrecy'], documentNumber: '清卫〔2026〕1号', signatory: '' },
  },
  'round-words': {
    ...{ form: 'huiqian-round-1', release: 'release-1', version: 1, kind: 'meeting' },
    ...{ heldAt: HELD, positions: [{ agency: WATER, position: '公布' }], summary: '未一致。' },
  },
}
const words = (digest: string) => FORMS[digest]
const body = (role: string, agency: string) => ({
  ...{ role, agency, reasonZh: '理由', reasonEn: 'why', party: false },
})
const particulars: FileParticulars = {
  ...{ dispute: 'dispute-1', documentNumber: '清水〔2026〕9号', signatory: '李四' },
  ...{ filedAt: FILED, summary: '协商两轮', mainDispute: '位置', legalBasis: '' },
  onStandingInstruction: false,
  reviewBodies: [body('legal', 'justice'), body('secrecy', ''), body('supervision', 'board')],
}

describe('the file of a dispute', () => {
  test('holds the draft, the positions in their words, the rounds and the candidates with their reasons', () => {
    expect(composeFile(release, qingyuan, plan, words, particulars)).toMatchObject({
      draft: DRAFT_1,
      title: '水库水位',
      article: { id: '协调/6.3' },
      parties: [
        {
          ...{ agency: HEALTH, consultation: asks(HEALTH), position: 'objection' },
          ...{ reasons: '位置不宜公开。', legalBasis: '某法', claims: ['secrecy'] },
        },
      ],
      rounds: [
        { ordinal: 1, positions: [{ agency: WATER, position: '公布' }], summary: '未一致。' },
      ],
      candidates: [
        { kind: 'superior_organ', agency: CITY, reasonZh: '上一级', reasonEn: 'one level up' },
        { kind: 'competent_authority', reasonZh: '主管部门' },
      ],
      coordinator: CITY,
      coReviewRequired: true,
      consulted: [HEALTH, POLICE],
      remindEveryWorkingDays: 5,
    })
  })
  test('names a body that the level lacks, and no body that the pack does not', () => {
    const roles = (pack = qingyuan) =>
      composeFile(release, pack, plan, words, particulars)?.reviewBodies.map(({ role }) => role)
    expect(roles()).toEqual(['legal', 'secrecy', 'supervision'])
    const legalOnly = packWith(({ coReview }) => {
      coReview!['bodies'] = ['legal']
    })
    expect(roles(legalOnly)).toEqual(['legal'])
  })
  test.each(quotedBy(release, plan.parties))('is not made without the words of %s', (digest) => {
    const without = (asked: string) => (asked === digest ? undefined : words(asked))
    expect(composeFile(release, qingyuan, plan, without, particulars)).toBeUndefined()
  })
  test('quotes a co-producer’s contradiction without a consultation', () => {
    const party = { agency: 'co', consultationId: 'confirms-1', position: 'contradiction' } as const
    const joint = {
      ...release,
      confirmations: {
        'confirms-1': {
          ...{ id: 'confirms-1', letterId: 'letter', agency: 'co', version: 1, askedAt: 1 },
          ...{ status: 'contradicted' as const, remindedAt: [], reminderLetters: [] },
          answer: { accurate: false, digest: 'answer', at: 2, by: 'agency/co/office' },
        },
      },
    }
    const contradicting = (digest: string): Form | undefined =>
      digest === 'answer'
        ? { form: 'huiqian-words-1', about: 'confirmation', words: ['数据有误', '王五'] }
        : words(digest)
    const both = { ...plan, parties: [...plan.parties, party] }
    const file = composeFile(joint, qingyuan, both, contradicting, particulars)
    expect(file?.parties[1]).toMatchObject({
      ...{ agency: 'co', consultation: '', position: 'contradiction', reasons: '数据有误' },
    })
  })
})
