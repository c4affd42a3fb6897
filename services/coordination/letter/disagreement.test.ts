// Who is told what about a disagreement, and that the record beside the words is whole.
import { describe, expect, test } from 'vitest'
import { faultsOfRecord } from '../../../tests/contracts/documents-page.js'
import type { DisputeFileForm } from '../dispute/file-form.js'
import { CITY, declines, DISPUTE, files, negotiates } from '../negotiation/law.fixture.js'
import { FILED, HELD, RULED, RULED_TEXT, rules } from '../negotiation/law.fixture.js'
import { requestEscalation } from '../negotiation/negotiate.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { asks, deemed, given, HEALTH, IN_TIME, POLICE } from '../release/law.fixture.js'
import { qingyuan, running, said, WATER } from '../release/law.fixture.js'
import type { Release } from '../release/state.js'
import * as texts from './disagreement-texts.js'
import { everyLetter } from './fields.js'
import { lettersOf } from './follow-up.js'

const opened: ReleaseEvent = {
  type: 'NegotiationOpened',
  version: 1,
  consultationId: asks(HEALTH),
  openedAt: IN_TIME,
}
const objected = [...running, said(HEALTH, 'objection'), deemed(POLICE), opened] as const
const told = (
  before: Release,
  decide: (release: Release) => readonly ReleaseEvent[],
): (readonly [kind: string, recipient: string, topic: string])[] => {
  const events = decide(before)
  const letters = lettersOf(events.reduce(evolve, before), events)
  expect(new Set(letters.map(({ letterId }) => letterId)).size).toBe(letters.length)
  return letters.map(({ kind, recipient, subject }) => [kind, recipient, subject.split(':')[0]!])
}
const negotiated = given(...objected).after(negotiates())

describe('letters of a disagreement', () => {
  test('of a round go to its participants, not to who recorded it', () => {
    const all = { participants: [WATER, HEALTH, POLICE] }
    expect(told(given(...objected).release, negotiates(all))).toEqual([
      ['notice', HEALTH, 'round'],
      ['notice', POLICE, 'round'],
    ])
  })
  test('of declined changes go to the agency that asked for them', () => {
    const asksChanges = given(...running, said(HEALTH, 'consent_with_changes')).release
    expect(told(asksChanges, declines())).toEqual([['notice', HEALTH, 'declined']])
  })
  test('of a request for escalation go to the releasing agency', () => {
    const asksFor = (release: Release) =>
      requestEscalation(release, qingyuan, {
        ...{ consultationId: asks(HEALTH), now: HELD, reasonDigest: 'why' },
      })
    expect(told(negotiated, asksFor)).toEqual([['notice', WATER, 'escalation']])
  })
  test('of the filing go to the coordinator and the parties', () => {
    expect(told(negotiated, files())).toEqual([
      ['dispute_application', CITY, 'application'],
      ['notice', HEALTH, 'filed'],
    ])
  })
  test('of a filing on the standing instruction go to the releasing agency, too: it did nothing itself', () => {
    expect(told(negotiated, files({ onStandingInstruction: true }))).toContainEqual([
      ...['notice', WATER, 'filed'],
    ])
  })
  test('of a ruled text tell everybody who was consulted on the version before', () => {
    const ruled = [files(), rules('release_with_changes')].reduce(
      (state, decide) => decide(state).reduce(evolve, state),
      negotiated,
    )
    const revised: ReleaseEvent = {
      ...{ type: 'DraftRevised', version: 2, revisedAt: RULED + 1, draftDigest: RULED_TEXT },
      ...{ judgementDigest: 'judgement-2', affected: [], byRulingOf: DISPUTE },
    }
    expect(told(ruled, () => [revised])).toEqual([
      ['notice', HEALTH, 'ruled-text'],
      ['notice', POLICE, 'ruled-text'],
    ])
  })
  test('of what a coordinator does are escalation’s', () => {
    const filed = files()(negotiated).reduce(evolve, negotiated)
    expect(told(filed, rules('do_not_release'))).toEqual([])
  })
})

describe('the record of such a letter', () => {
  const facts: texts.DisagreementFacts = {
    release: negotiated,
    pack: qingyuan,
    draftTitle: '水库水位',
    name: (code) => `名称（${code}）`,
    time: (instant) => `时刻${instant}`,
    date: () => '2026-10-12',
  }
  const file: DisputeFileForm = {
    ...{ form: 'huiqian-dispute-file-1', dispute: DISPUTE, release: 'release-1', version: 1 },
    ...{ draft: 'd1', title: '水库水位', text: '全文', attachments: [], releasingAgency: WATER },
    ...{
      policyPack: 'qingyuan-2011@1',
      article: { id: '协调/6.3', citation: '第六条第三款', text: '' },
    },
    parties: [
      {
        ...{ agency: HEALTH, consultation: asks(HEALTH), position: 'objection', reasons: '不宜' },
        ...{
          legalBasis: '某法',
          proposedWording: '',
          documentNumber: '',
          signatory: '',
          claims: [],
        },
      },
    ],
    candidates: [{ kind: 'superior_organ', agency: CITY, reasonZh: '系上一级', reasonEn: 'above' }],
    ...{ to: 'superior_organ', coordinator: CITY, onStandingInstruction: true, reviewBodies: [] },
    rounds: [
      {
        ...{ round: 'round-1', ordinal: 1, kind: 'meeting', heldAt: HELD, recordedAt: HELD },
        ...{ positions: [{ agency: HEALTH, position: '不公布' }], summary: '', digest: 'd' },
      },
    ],
    ...{ summary: '已满10个工作日', mainDispute: '位置', legalBasis: '', documentNumber: '9号' },
    ...{ signatory: '', filedAt: FILED, coReviewRequired: true, consulted: [HEALTH] },
    remindEveryWorkingDays: 5,
  }
  const [dispute] = files()(negotiated).reduce(evolve, negotiated).disputes
  const every = everyLetter('甲', '乙', '2026-10-12')

  test('is whole for an application, which says why the addressee is competent and who filed it', () => {
    const { fields, body } = texts.application(facts, file)
    expect(faultsOfRecord('LETTER_KIND_DISPUTE_APPLICATION', [...every, ...fields])).toEqual([])
    for (const said of ['系上一级', '不宜', '不公布', '位置', '依长期指示', '第六条第三款'])
      expect(body).toContain(said)
    for (const name of ['competence', 'positions', 'negotiation-record', 'main-dispute'] as const)
      expect(body).toContain(fields.find((field) => field.name === name)?.value)
  })
  test.each([
    [
      'a round',
      texts.roundNotice(facts, HEALTH, {
        ...{ form: 'huiqian-round-1', release: 'release-1', version: 1, kind: 'written_answer' },
        ...{ heldAt: HELD, positions: [{ agency: WATER, position: '仍须公布' }], summary: '' },
      }),
      '仍须公布',
    ],
    ['declined changes', texts.declinedNotice(facts, HEALTH, '已经公开'), '已经公开'],
    ['a request', texts.escalationNotice(facts, HEALTH, '协商无望'), '协商无望'],
    ['a filing', texts.filedNotice(facts, HEALTH, dispute!), `名称（${CITY}）`],
    ['a ruled text', texts.ruledTextNotice(facts, HEALTH, dispute!), '不再征求意见'],
  ])('is whole for a notice of %s', (_, { fields, body }, said) => {
    expect(faultsOfRecord('LETTER_KIND_NOTICE', [...every, ...fields])).toEqual([])
    expect(body).toContain(said)
  })
})
