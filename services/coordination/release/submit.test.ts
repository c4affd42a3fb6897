import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import type { Pack } from '../pack/pack.js'
import { asked, asks, at, cleared, DRAFT_1, DRAFT_2, given, HEALTH } from './law.fixture.js'
import { IN_TIME, issued, LATE, names, opinion, POLICE, qingyuan } from './law.fixture.js'
import { received, reviewed, running, said, says, silence, SUBMITTED } from './law.fixture.js'
import { submitted, WATER } from './law.fixture.js'
import { reviseDraft } from './revise.js'
import { recordSecrecyReview, submit } from './submit.js'
import type { KnownAgency, LetterMeans, SubmitCommand } from './submit.js'
import { presentConsultations, statusOf, type Release } from './state.js'

const ABOLISHED = 'family-planning-commission'
const FUTURE = 'bureau-to-be'
const agencies: KnownAgency[] = [WATER, HEALTH, POLICE].map((code) => ({
  code,
  name: `the ${code}`,
  documentPrefix: '清府',
  level: 'prefecture',
  isCompetentAuthority: false,
  hasMailbox: true,
  region: '441800',
}))
const known = [
  ...agencies,
  { ...agencies[0]!, code: ABOLISHED, validUntil: at('2018-03-01T00:00+08:00'), successor: HEALTH },
  { ...agencies[0]!, code: FUTURE, validFrom: at('2027-01-01T00:00+08:00') },
]
const letters = (version: number): LetterMeans => ({
  documentNumber: `清水公开征〔2026〕${version}号`,
  numberFrom: 'allotted',
  ids: (agency) => ({
    consultationId: asks(agency, version),
    letterId: `letter-${agency}-${version}`,
  }),
})
const dateOf = () => '2026-09-28'
const agency = (code: string) => known.find((one) => one.code === code)
const review = { reviewedOn: '2026-09-25', digest: 'review-1' }
const draft: SubmitCommand = {
  releasingAgency: WATER,
  submittedBy: `agency/${WATER}/office`,
  now: SUBMITTED,
  packDigest: 'pack-digest',
  origin: 'made',
  attribute: 'active',
  draftDigest: DRAFT_1,
  judgementDigest: 'judgement-1',
  affected: [
    { agency: HEALTH, trigger: 'concerns' },
    { agency: POLICE, trigger: 'may_affect_work' },
  ],
  noneAffectedReason: false,
  secrecyReview: review,
  letters: letters(1),
  agency,
  dateOf,
}
const submits =
  (change: Partial<SubmitCommand> = {}, pack: Pack = qingyuan) =>
  (release: Release) =>
    submit(release, pack, { ...draft, ...change })
const without = ({ secrecyReview: _, ...rest }: SubmitCommand) => rest
const revises =
  (change: Partial<Parameters<typeof reviseDraft>[2]> = {}) =>
  (release: Release) =>
    reviseDraft(release, qingyuan, {
      now: IN_TIME,
      draftDigest: DRAFT_2,
      judgementDigest: 'judgement-2',
      alsoAffected: [],
      review: { reviewedOn: '2026-10-09', digest: 'review-2' },
      letters: letters(2),
      agency,
      dateOf,
      ...change,
    })

describe('a draft that is submitted', () => {
  test('with its secrecy review goes out to everybody it concerns', () => {
    expect(given().when(submits())).toEqual([submitted, reviewed, issued])
    expect(statusOf(given().after(submits()))).toBe('consulting')
  })
  test('without one is sent to nobody: a consultation is itself a disclosure', () => {
    const events = given().when((release) => submit(release, qingyuan, without(draft)))
    expect(events).toEqual([submitted])
    expect(statusOf(given(submitted).release)).toBe('submitted')
  })
  test('goes out when the review comes on record', () => {
    const command = { now: SUBMITTED, review, letters: letters(1) }
    const comes = (release: Release) => recordSecrecyReview(release, qingyuan, command)
    expect(given(submitted).when(comes)).toEqual([reviewed, issued])
    expect(refusalOf(() => given(...asked).when(comes))).toMatchObject({
      kind: 'out-of-order',
      reason: 'SECRECY_REVIEW_ON_RECORD',
      rule: 'house',
    })
  })
  test('that concerns nobody, with the reason, is cleared on nobody’s consent', () => {
    const events = given().when(submits({ affected: [], noneAffectedReason: true }))
    expect(names(events)).toEqual([
      'ReleaseSubmitted',
      'SecrecyReviewRecorded',
      'LettersIssued',
      'ReleaseCleared',
    ])
    expect(events).toMatchObject({ 2: { documentNumber: '', letters: [] }, 3: { basis: [] } })
  })
  test('that concerns nobody is not cleared before its secrecy review', () => {
    const { secrecyReview: _, ...bare } = { ...draft, affected: [], noneAffectedReason: true }
    expect(names(given().when((release) => submit(release, qingyuan, bare)))).toEqual([
      'ReleaseSubmitted',
    ])
  })
  test('names the pack it is judged by', () => {
    expect(given().when(submits())[0]).toMatchObject({ pack: 'qingyuan-2011@1' })
  })
})

describe('a draft is refused (art. 4, art. 6 para 1)', () => {
  const to = (...codes: string[]) => ({
    affected: codes.map((code) => ({ agency: code, trigger: 'concerns' as const })),
  })
  test.each([
    [
      'that consults its own agency',
      to(HEALTH, WATER),
      'CONSULTING_ONESELF',
      '协调/6.1',
      'affected[1].agency',
    ],
    [
      'that names an agency twice',
      to(HEALTH, HEALTH),
      'AGENCY_REPEATED',
      '协调/6.1',
      'affected[1].agency',
    ],
    [
      'that names an unknown agency',
      to('nobody'),
      'AGENCY_UNKNOWN',
      'house/directory',
      'affected[0].agency',
    ],
    [
      'that names an agency of the past',
      to(ABOLISHED),
      'AGENCY_NOT_VALID',
      'house/directory',
      'affected[0].agency',
    ],
    [
      'that names an agency of the future',
      to(FUTURE),
      'AGENCY_NOT_VALID',
      'house/directory',
      'affected[0].agency',
    ],
    ['that names nobody, without a reason', to(), 'NO_AFFECTED_AGENCY', '协调/6.1', 'affected'],
    [
      'by an agency that is no more',
      { releasingAgency: ABOLISHED },
      'AGENCY_NOT_VALID',
      'house/directory',
      'releasing_agency',
    ],
    [
      'by an agency that nobody knows',
      { releasingAgency: 'nobody' },
      'AGENCY_UNKNOWN',
      'house/directory',
      'releasing_agency',
    ],
    ['that another agency made', { maker: HEALTH }, 'ORIGIN_NOT_YOURS', '协调/4', 'origin.maker'],
    [
      'that is held, but another agency’s',
      { origin: 'held', maker: HEALTH },
      'ORIGIN_NOT_YOURS',
      '协调/4',
      'origin.maker',
    ],
  ] as const)('%s', (_, change, reason, rule, field) => {
    expect(refusalOf(() => given().when(submits(change)))).toMatchObject({
      kind: 'malformed',
      reason,
      rule,
      field,
    })
  })
  test('with the successor of the agency that is no more', () => {
    const refused = refusalOf(() => given().when(submits(to(ABOLISHED))))
    expect(refused.params).toMatchObject({ successor: HEALTH, date: '2026-09-28' })
    expect(refused.text('zh')).toContain(HEALTH)
  })
  test('with the name of the maker, which is the one to release it', () => {
    const refused = refusalOf(() => given().when(submits({ maker: HEALTH })))
    expect(refused.text('en')).toContain(`the ${HEALTH}`)
  })
})

describe('an agency’s validity', () => {
  const on = (text: string) =>
    submits({
      affected: [{ agency: 'x', trigger: 'concerns' }],
      now: at(text),
      agency: (code) =>
        code === 'x'
          ? {
              ...agencies[0]!,
              code,
              validFrom: at('2026-01-01T00:00+08:00'),
              validUntil: at('2026-07-01T00:00+08:00'),
            }
          : agency(code),
    })
  test('begins at its first instant and ends before its last', () => {
    expect(names(given().when(on('2026-01-01T00:00+08:00')))).toContain('LettersIssued')
    expect(names(given().when(on('2026-06-30T23:59:59.999+08:00')))).toContain('LettersIssued')
    for (const outside of ['2025-12-31T23:59:59.999+08:00', '2026-07-01T00:00+08:00'])
      expect(refusalOf(() => given().when(on(outside))).reason).toBe('AGENCY_NOT_VALID')
  })
})

describe('an origin', () => {
  test.each(['made', 'held', 'assigned_by_law'] as const)('%s is taken as one’s own', (origin) => {
    expect(given().when(submits({ origin, maker: WATER }))[0]).toMatchObject({ origin })
  })
  test('assigned by law may be another’s information: the law goes first', () => {
    expect(given().when(submits({ origin: 'assigned_by_law', maker: HEALTH }))[0]).toMatchObject({
      origin: 'assigned_by_law',
    })
  })
})

describe('a revision', () => {
  test('asks everybody again, those who had consented too, with fresh clocks', () => {
    const state = given(...running, said(HEALTH, 'consent'), said(POLICE, 'not_concerned'))
    expect(names(state.when(revises()))).toEqual([
      'DraftRevised',
      'SecrecyReviewRecorded',
      'LettersIssued',
    ])
    const after = state.after(revises())
    expect(presentConsultations(after)).toMatchObject([
      { agency: HEALTH, version: 2, status: 'issued' },
      { agency: POLICE, version: 2, status: 'issued' },
    ])
    for (const one of presentConsultations(after)) expect(one).not.toHaveProperty('deadline')
  })
  test('supersedes the version before, and leaves readable what was said about it', () => {
    const after = given(...running, said(HEALTH, 'consent')).after(revises())
    expect(after.consultations[asks(HEALTH)]).toMatchObject({
      status: 'superseded',
      opinion: { kind: 'consent' },
    })
    expect(after.consultations[asks(POLICE)]?.status).toBe('superseded')
  })
  test('lets nobody be deemed on the version before', () => {
    expect(given(...running).after(revises(), silence(LATE)).consultations).toMatchObject({
      [asks(HEALTH)]: { status: 'superseded' },
      [asks(HEALTH, 2)]: { status: 'issued' },
    })
  })
  test('ends the negotiation of the version before', () => {
    const objecting = given(...running).after(says(HEALTH, opinion('objection', IN_TIME)))
    expect(revises()(objecting)[0]).toEqual({
      type: 'NegotiationEnded',
      version: 1,
      cause: 'draft-revised',
    })
    expect(statusOf(given(...running).after(() => revises()(objecting)))).toBe('consulting')
  })
  test('undoes the clearance of the version before', () => {
    const state = given(
      ...running,
      said(HEALTH, 'consent'),
      said(POLICE, 'consent'),
      cleared(IN_TIME - 1),
    )
    expect(statusOf(state.release)).toBe('cleared')
    const after = state.after(revises())
    expect(statusOf(after)).toBe('consulting')
    expect(after.endedClearances).toEqual([
      { version: 1, digest: DRAFT_1, from: IN_TIME - 1, until: IN_TIME },
    ])
  })
  test('may ask more agencies', () => {
    const state = given(
      { ...submitted, affected: [{ agency: HEALTH, trigger: 'concerns' }] } as typeof submitted,
      reviewed,
    )
    const more = revises({ alsoAffected: [{ agency: POLICE, trigger: 'concerns' }] })
    expect(presentConsultations(state.after(more)).map((one) => one.agency)).toEqual([
      HEALTH,
      POLICE,
    ])
  })
  test('goes out for the first time where the first version had no secrecy review yet', () => {
    expect(names(given(submitted).when(revises()))).toContain('LettersIssued')
  })
  test.each([
    ['to the same text', { draftDigest: DRAFT_1 }, 'DRAFT_UNCHANGED', '协调/6.3'],
    [
      'that names an agency asked already',
      { alsoAffected: [{ agency: HEALTH, trigger: 'concerns' }] },
      'AGENCY_REPEATED',
      '协调/6.1',
    ],
    [
      'that consults its own agency',
      { alsoAffected: [{ agency: WATER, trigger: 'concerns' }] },
      'CONSULTING_ONESELF',
      '协调/6.1',
    ],
    [
      'that names an unknown agency',
      { alsoAffected: [{ agency: 'nobody', trigger: 'concerns' }] },
      'AGENCY_UNKNOWN',
      'house/directory',
    ],
  ] as const)('%s is refused', (_, change, reason, rule) => {
    expect(refusalOf(() => given(...running).when(revises(change)))).toMatchObject({ reason, rule })
  })
  test('of what was withdrawn or published is refused, in one language at a time', () => {
    const withdrawn = { type: 'ReleaseWithdrawn', withdrawnAt: LATE, reasonDigest: 'r' } as const
    const published = {
      type: 'ReleasePublished',
      publishedAt: LATE,
      recordedAt: LATE,
      digest: DRAFT_1,
      whereDigest: 'w',
    } as const
    const texts = [withdrawn, published].map((event) => {
      const refused = refusalOf(() => given(...running, event).when(revises()))
      expect(refused.reason).toBe('RELEASE_ENDED')
      return [refused.text('zh'), refused.text('en')]
    })
    expect(texts).toEqual([
      ['该事项已撤回，不能再修订。', 'The release is withdrawn; it can no longer be revised.'],
      ['该事项已发布，不能再修订。', 'The release is published; it can no longer be revised.'],
    ])
  })
  test('starts its clock at the receipt of its own letter', () => {
    const after = given(...running).after(revises(), () => [received(HEALTH, undefined, 2)])
    expect(after.consultations[asks(HEALTH, 2)]?.status).toBe('running')
  })
})
