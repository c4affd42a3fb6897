import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { countingRounds } from '../negotiation/negotiation.js'
import { accepts, candidates, CITY, DISPUTE, files, FILED } from '../negotiation/law.fixture.js'
import { HELD, negotiates, OFFICE, reassigns, returns, RULED } from '../negotiation/law.fixture.js'
import { RULED_TEXT, rules } from '../negotiation/law.fixture.js'
import type { Pack } from '../pack/pack.js'
import { recordPublication, withdraw } from '../release/conclude.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { basisOf, gatesOf } from '../release/gates.js'
import { asks, deemed, DRAFT_1, DRAFT_2, given, HEALTH } from '../release/law.fixture.js'
import { IN_TIME, LATE, names, opinion, packWith, POLICE } from '../release/law.fixture.js'
import { qingyuan, running, said, says, silence, WATER } from '../release/law.fixture.js'
import { DEEMED } from '../release/law.fixture.js'
import { reviseDraft } from '../release/revise.js'
import { statusOf, type Release } from '../release/state.js'
import { planDispute } from './file-dispute.js'

const opened: ReleaseEvent = {
  type: 'NegotiationOpened',
  version: 1,
  consultationId: asks(HEALTH),
  openedAt: IN_TIME,
}
const objected = [...running, said(HEALTH, 'objection'), opened] as const
const negotiated = [...objected, ...given(...objected).when(negotiates())] as const
const settledBut = [...negotiated, deemed(POLICE)] as const
const obstacles = (release: Release): string[] =>
  gatesOf(release, qingyuan).flatMap((gate) => gate.obstacles.map(({ reason }) => reason))
const revisesTo =
  (draftDigest: string, also: readonly string[] = []) =>
  (release: Release) =>
    reviseDraft(release, qingyuan, {
      now: RULED + 1,
      draftDigest,
      judgementDigest: 'judgement-2',
      alsoAffected: also.map((agency) => ({ agency, trigger: 'concerns' })),
      review: { reviewedOn: '2026-10-20', digest: 'review-2' },
      letters: {
        documentNumber: '清水公开征〔2026〕10号',
        numberFrom: 'allotted',
        ids: (agency) => ({ consultationId: asks(agency, 2), letterId: `letter-${agency}-2` }),
      },
      agency: (code) => ({
        ...{ code, name: code, documentPrefix: '', region: '441800', level: 'prefecture' },
        ...{ isCompetentAuthority: false, hasMailbox: true },
      }),
      dateOf: () => '2026-10-20',
    })
const publishes = (digest: string, publishedAt = RULED + 5) =>
  ((release: Release) =>
    recordPublication(release, {
      publishedAt,
      now: publishedAt,
      digest,
      whereDigest: 'where',
    })) satisfies (release: Release) => readonly ReleaseEvent[]
const breachesOf = (events: readonly ReleaseEvent[]) =>
  events.flatMap((event) => (event.type === 'BreachRecorded' ? event.breaches : []))

describe('a dispute that is filed (art. 6 para 3)', () => {
  test('says that negotiation failed, to whom it goes, and who disagrees', () => {
    expect(given(...negotiated).when(files())).toEqual([
      { type: 'NegotiationFailed', version: 1, declaredAt: FILED, summaryDigest: 'how-it-went' },
      {
        type: 'DisputeFiled',
        disputeId: DISPUTE,
        version: 1,
        draftDigest: DRAFT_1,
        filedAt: FILED,
        to: 'superior_organ',
        coordinator: CITY,
        candidates: [
          { kind: 'superior_organ', agency: CITY },
          { kind: 'competent_authority', agency: OFFICE },
        ],
        onStandingInstruction: false,
        documentNumber: '清水公开征〔2026〕9号',
        numberFrom: 'allotted',
        parties: [{ agency: HEALTH, consultationId: asks(HEALTH), position: 'objection' }],
        fileDigest: 'the-file',
      },
    ])
    const after = given(...negotiated).after(files())
    expect(statusOf(after)).toBe('in_dispute')
    expect(obstacles(after)).toContain('in-dispute')
  })
  test('goes where the releasing agency chooses, else where its instruction says', () => {
    const chosen = given(...negotiated).after(files({ to: 'competent_authority' }))
    expect(chosen.disputes[0]).toMatchObject({ coordinator: OFFICE, to: 'competent_authority' })
    const instructed: ReleaseEvent = {
      type: 'StandingInstructionSet',
      to: 'competent_authority',
      afterWorkingDays: 3,
      setAt: HELD,
    }
    expect(given(...negotiated, instructed).after(files()).disputes[0]?.coordinator).toBe(OFFICE)
  })
  test('on the standing instruction declares nothing, and says that the instruction filed it', () => {
    const events = given(...negotiated).when(files({ onStandingInstruction: true }))
    expect(names(events)).toEqual(['DisputeFiled'])
    expect(events[0]).toMatchObject({ onStandingInstruction: true })
  })
  test('names everybody who disagrees, declined changes too', () => {
    const both = given(
      ...running,
      said(HEALTH, 'objection'),
      said(POLICE, 'consent_with_changes'),
      opened,
      {
        type: 'ChangesDeclined',
        consultationId: asks(POLICE),
        declinedAt: HELD,
        reasonDigest: 'why',
      },
    ).after(negotiates(), files())
    expect(both.disputes[0]?.parties).toEqual([
      { agency: HEALTH, consultationId: asks(HEALTH), position: 'objection' },
      { agency: POLICE, consultationId: asks(POLICE), position: 'consent_with_changes' },
    ])
  })
  test('leaves other consultations running', () => {
    const after = given(...negotiated).after(files(), says(POLICE, opinion('consent', HELD + 1)))
    expect(after.consultations[asks(POLICE)]?.status).toBe('answered')
  })
})

describe('a dispute is refused', () => {
  const none = candidates.map(({ kind, zh, en }) => ({ kind, zh, en }))
  const onlyParty = [{ ...candidates[0]!, agency: HEALTH }]
  const itself = [{ ...candidates[0]!, agency: WATER }]
  const withdrawn = (release: Release) =>
    withdraw(release, qingyuan, { now: LATE, reasonDigest: 'why' })
  test.each([
    ['while nobody disagrees', given(...running).release, {}, 'NOTHING_IN_DISPUTE'],
    ['without a round on record', given(...objected).release, {}, 'NO_NEGOTIATION_ON_RECORD'],
    [
      'to whom the pack does not send it',
      given(...negotiated).release,
      { to: 'common_superior' as const },
      'ADDRESSEE_NOT_ALLOWED',
    ],
    [
      'where there is no such coordinator',
      given(...negotiated).release,
      { candidates: none },
      'COORDINATOR_UNKNOWN',
    ],
    [
      'where the coordinator is a party',
      given(...negotiated).release,
      { candidates: onlyParty },
      'COORDINATOR_UNKNOWN',
    ],
    [
      'where the coordinator is the releasing agency',
      given(...negotiated).release,
      { candidates: itself },
      'COORDINATOR_UNKNOWN',
    ],
    ['a second time', given(...negotiated).after(files()), {}, 'DISPUTE_FILED_ALREADY'],
    ['once it was withdrawn', given(...negotiated).after(withdrawn), {}, 'RELEASE_ENDED'],
  ])('%s', (_, release, more, reason) => {
    const refused = refusalOf(() => files(more)(release))
    expect(refused.reason).toBe(reason)
    expect(refused.rule).toMatch(/^协调\/6\.[13]$/)
    expect(refused.text('zh')).not.toMatch(/\{\w+\}/)
  })
  test('where the pack knows another addressee only', () => {
    const elsewhere: Pack = packWith(({ escalation, standingInstruction }) => {
      escalation!['to'] = ['competent_authority']
      standingInstruction!['to'] = 'competent_authority'
    })
    const { release } = given(...negotiated)
    const asked = { to: 'superior_organ', candidates } as const
    expect(refusalOf(() => planDispute(release, elsewhere, asked)).reason).toBe(
      'ADDRESSEE_NOT_ALLOWED',
    )
  })
})

describe('a dispute ends by itself', () => {
  test('when nobody disagrees any more', () => {
    const consents = says(HEALTH, opinion('consent', FILED + 1))
    const events = consents(given(...settledBut).after(files()))
    expect(names(events)).toEqual([
      'OpinionGiven',
      'DisputeEnded',
      'NegotiationEnded',
      'ReleaseCleared',
    ])
    expect(events[1]).toMatchObject({ disputeId: DISPUTE, cause: 'nothing-in-dispute' })
  })
  test('not when another party still disagrees', () => {
    const both = given(...running, said(HEALTH, 'objection'), opened, said(POLICE, 'objection'))
    const after = both.after(negotiates(), files(), says(HEALTH, opinion('consent', FILED + 1)))
    expect(statusOf(after)).toBe('in_dispute')
  })
  test('with a new version', () => {
    const events = revisesTo(DRAFT_2)(given(...negotiated).after(files()))
    expect(names(events).slice(0, 3)).toEqual(['DisputeEnded', 'NegotiationEnded', 'DraftRevised'])
    expect(events[0]).toMatchObject({ cause: 'draft-revised' })
  })
  test('with a withdrawal', () => {
    const events = withdraw(given(...negotiated).after(files()), qingyuan, {
      now: FILED + 1,
      reasonDigest: 'why',
    })
    expect(names(events)).toEqual(['DisputeEnded', 'ReleaseWithdrawn'])
  })
  test('and what is heard of it afterwards changes nothing', () => {
    const ended = given(...negotiated).after(files(), revisesTo(DRAFT_2))
    expect(rules('release')(ended)).toEqual([])
    expect(returns()(ended)).toEqual([])
    expect(accepts()(ended)).toEqual([])
  })
})

describe('a coordinator', () => {
  test('that accepts it is on record, once', () => {
    const after = given(...negotiated).after(files(), accepts())
    expect(after.disputes[0]).toMatchObject({ standing: 'accepted', coordinator: CITY })
    expect(accepts()(after)).toEqual([])
  })
  test('that it was redirected to takes its place', () => {
    const after = given(...negotiated).after(files(), reassigns(OFFICE, 'competent_authority'))
    expect(after.disputes[0]).toMatchObject({ coordinator: OFFICE, to: 'competent_authority' })
    expect(reassigns(OFFICE, 'competent_authority')(after)).toEqual([])
  })
  test('that it was handed up to has to accept it anew', () => {
    const after = given(...negotiated).after(files(), accepts(), reassigns('province'))
    expect(after.disputes[0]).toMatchObject({
      coordinator: 'province',
      handedUp: true,
      standing: 'filed',
    })
  })
  test.each([
    ['returns it', returns()],
    ['rules it back to negotiation', rules('back_to_negotiation')],
  ])('that %s wants new rounds, and the instruction counts anew', (_, back) => {
    const after = given(...negotiated).after(files(), back)
    expect(statusOf(after)).toBe('negotiation')
    expect(after.disputes[0]?.standing).toBe('returned')
    expect(after.negotiation).toMatchObject({ since: RULED, openedAt: IN_TIME })
    expect(countingRounds(after.negotiation)).toEqual([])
    expect(refusalOf(() => files()(after)).reason).toBe('NO_NEGOTIATION_ON_RECORD')
    // A round that was held before it came back is not a new one.
    const old = negotiates({ heldAt: HELD, now: RULED + 1 })
    const fresh = negotiates({ heldAt: RULED + 1, now: RULED + 1 })
    const again = files({ disputeId: 'dispute-2', now: RULED + 2 })
    const apply = (release: Release, events: readonly ReleaseEvent[]) =>
      events.reduce(evolve, release)
    const withOld = apply(after, old(after))
    expect(refusalOf(() => again(withOld)).reason).toBe('NO_NEGOTIATION_ON_RECORD')
    const withFresh = apply(withOld, fresh(withOld))
    expect(apply(withFresh, again(withFresh)).disputes).toHaveLength(2)
  })
})

describe('a ruling to release', () => {
  test('clears the version by ruling, told apart from consent', () => {
    const events = rules('release')(given(...settledBut).after(files(), accepts()))
    expect(names(events)).toEqual(['RulingIssued', 'NegotiationEnded', 'ReleaseCleared'])
    expect(events[1]).toMatchObject({ cause: 'ruled' })
    expect(events[2]).toMatchObject({
      digest: DRAFT_1,
      basis: [
        { consultationId: asks(HEALTH), how: 'by_ruling', disputeId: DISPUTE },
        { consultationId: asks(POLICE), how: 'deemed' },
      ],
    })
  })
  test('clears nothing while another consultation runs', () => {
    const ruled = given(...negotiated).after(files(), rules('release'))
    expect(ruled.cleared).toBeUndefined()
    expect(obstacles(ruled)).toEqual(['opinion-awaited'])
    const { cleared } = silence(DEEMED)(ruled).reduce(evolve, ruled)
    expect(cleared?.basis.map(({ how }) => how)).toEqual(['by_ruling', 'deemed'])
  })
  test('does not overrule who objects after the filing: it was not heard', () => {
    const ruled = given(...negotiated).after(files(), rules('release'))
    const late = says(POLICE, opinion('objection', IN_TIME), { now: RULED + 1 })
    const after = late(ruled).reduce(evolve, ruled)
    expect(statusOf(after)).toBe('negotiation')
    expect(obstacles(after)).toEqual(['objection'])
    expect(after.disputes[0]?.parties.map(({ agency }) => agency)).toEqual([HEALTH])
  })
  test('on another text than was filed overrules nobody', () => {
    const odd = rules('release', { draftDigest: DRAFT_2 })
    const after = given(...settledBut).after(files(), odd)
    expect(after.cleared).toBeUndefined()
  })
  test('an agency that consents after it has consented', () => {
    const ruled = given(...negotiated).after(files(), rules('release'))
    const after = says(HEALTH, opinion('consent', RULED + 1))(ruled).reduce(evolve, ruled)
    expect(basisOf(after)[0]).toEqual({ consultationId: asks(HEALTH), how: 'express' })
  })
})

describe('after a ruling cleared the version', () => {
  const ruled = given(...settledBut).after(files(), rules('release'))
  test('the overruled agency withdraws nothing: what it says is a remark, and the ruling stands', () => {
    const events = says(HEALTH, opinion('consent', RULED + 10))(ruled)
    expect(names(events)).toEqual(['LateRemarkFiled'])
  })
})

describe('a ruling to release with changes', () => {
  test('that changes nothing settles nothing, and clears nothing', () => {
    const state = given(...settledBut).after(
      files(),
      rules('release_with_changes', { draftDigest: DRAFT_1 }),
    )
    expect(state.cleared).toBeUndefined()
    expect(state.negotiating).toBe(true)
    expect(obstacles(state)).toEqual(['objection'])
  })
  const ruled = () => given(...settledBut).after(files(), accepts(), rules('release_with_changes'))
  test('shuts the gate until exactly that text is submitted', () => {
    expect(statusOf(ruled())).toBe('ruled')
    expect(obstacles(ruled())).toEqual(['ruled-with-changes'])
    expect(ruled().negotiating).toBe(false)
  })
  test('lets exactly that text be submitted, consults nobody again, and rests on the ruling alone', () => {
    const events = revisesTo(RULED_TEXT)(ruled())
    expect(names(events)).toEqual([
      'DraftRevised',
      'SecrecyReviewRecorded',
      'LettersIssued',
      'ReleaseCleared',
    ])
    expect(events[0]).toMatchObject({ byRulingOf: DISPUTE })
    expect(events[2]).toMatchObject({ letters: [] })
    expect(events[3]).toMatchObject({
      digest: RULED_TEXT,
      basis: [
        { consultationId: asks(HEALTH), how: 'by_ruling', disputeId: DISPUTE },
        { consultationId: asks(POLICE), how: 'by_ruling', disputeId: DISPUTE },
      ],
    })
  })
  test('waits for the consultations that run on', () => {
    const early = given(...negotiated).after(files(), rules('release_with_changes'))
    expect(obstacles(early)).toEqual(['opinion-awaited', 'ruled-with-changes'])
    expect(refusalOf(() => revisesTo(RULED_TEXT)(early))).toMatchObject({
      reason: 'CONSULTATIONS_OPEN',
      kind: 'out-of-order',
    })
  })
  test('asks whom the new text affects besides', () => {
    const events = revisesTo(RULED_TEXT, ['tax-bureau'])(ruled())
    expect(events[2]).toMatchObject({ letters: [{ agency: 'tax-bureau' }] })
    expect(names(events)).not.toContain('ReleaseCleared')
  })
  test('lets another text be consulted afresh', () => {
    const events = revisesTo(DRAFT_2)(ruled())
    expect(events[0]).not.toHaveProperty('byRulingOf')
    expect(events[2]).toMatchObject({ letters: [{ agency: HEALTH }, { agency: POLICE }] })
  })
})

describe('a ruling not to release', () => {
  const ruled = () => given(...settledBut).after(files(), accepts(), rules('do_not_release'))
  test('shuts the gate for this text', () => {
    expect(statusOf(ruled())).toBe('ruled')
    expect(obstacles(ruled())).toEqual(['ruled-against'])
    expect(ruled().negotiating).toBe(false)
  })
  test('stays, whatever the objector says afterwards', () => {
    const after = says(HEALTH, opinion('consent', RULED + 1))(ruled()).reduce(evolve, ruled())
    expect(after.cleared).toBeUndefined()
    expect(obstacles(after)).toEqual(['ruled-against'])
  })
  test('lets another text be consulted afresh, and never the same again', () => {
    const second = revisesTo(DRAFT_2)(ruled()).reduce(evolve, ruled())
    expect(statusOf(second)).toBe('consulting')
    expect(refusalOf(() => revisesTo(DRAFT_1)(second))).toMatchObject({
      reason: 'RULED_AGAINST',
      rule: '协调/6.3',
    })
  })
})

describe('a publication against a ruling (art. 8)', () => {
  const after = (disposition: Parameters<typeof rules>[0]) =>
    given(...settledBut).after(files(), rules(disposition))
  test.each([
    ['of a text that was forbidden', 'do_not_release', DRAFT_1, ['not-cleared', 'against-ruling']],
    [
      'of a text that was to be changed, without the changes',
      'release_with_changes',
      DRAFT_1,
      ['not-cleared', 'against-ruling'],
    ],
    [
      'of the ruled text before it was submitted',
      'release_with_changes',
      RULED_TEXT,
      ['not-cleared', 'other-content'],
    ],
    ['of the text that was to be released', 'release', DRAFT_1, []],
  ] as const)('%s is recorded with what it shows', (_, disposition, digest, breaches) => {
    expect(breachesOf(publishes(digest)(after(disposition)))).toEqual(breaches)
  })
  test('before the ruling shows no breach of it', () => {
    const early = publishes(DRAFT_1, RULED - 1)(after('do_not_release'))
    expect(breachesOf(early)).toEqual(['not-cleared'])
  })
  test('of a forbidden text stays one after another version was submitted', () => {
    const ruled = after('do_not_release')
    const second = revisesTo(DRAFT_2)(ruled).reduce(evolve, ruled)
    expect(breachesOf(publishes(DRAFT_1)(second))).toContain('against-ruling')
  })
})
