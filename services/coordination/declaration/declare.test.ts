import { describe, expect, test } from 'vitest'
import { recordPublication, withdraw } from '../release/conclude.js'
import type { ReleaseEvent } from '../release/events.js'
import { AIR, AUDIT, declares, LATER, replies, submits } from '../release/gates.fixture.js'
import { gatesOf } from '../release/gates.js'
import { asks, DRAFT_1, given, HEALTH, IN_TIME, LATE, names } from '../release/law.fixture.js'
import { firm, opinion, qingyuan, received, says, WATER } from '../release/law.fixture.js'
import { presentConsultations, statusOf, type Release } from '../release/state.js'

type Act = (release: Release) => readonly ReleaseEvent[]
const HEALTH_AFFECTED = { affected: [{ agency: HEALTH, trigger: 'concerns' as const }] }
const asked = (...acts: readonly Act[]): Release =>
  given().after(submits({}, HEALTH_AFFECTED), ...acts)
const clear = (...acts: readonly Act[]): Release => given().after(submits({}), ...acts)
const obstacles = (release: Release) =>
  gatesOf(release, qingyuan).flatMap((gate) => gate.obstacles.map(({ reason }) => reason))
const consents = says(HEALTH, opinion('consent', IN_TIME))
const publishes =
  (publishedAt: number): Act =>
  (release) =>
    recordPublication(release, {
      ...{ publishedAt, now: LATE, digest: DRAFT_1, whereDigest: 'where' },
    })

describe('an agency that says it is affected too', () => {
  test('keeps the gate shut until it is answered, though everybody asked has consented', () => {
    const declared = asked(declares(), consents)
    expect(obstacles(declared)).toEqual(['affected-claim'])
    expect(names(replies(false)(declared))).toEqual(['DeclarationAnswered', 'ReleaseCleared'])
  })
  test('holds what was cleared, and a publication meanwhile is the breach of a held release', () => {
    const held = clear(declares())
    expect(statusOf(held)).toBe('held')
    expect(clear(declares(), publishes(LATER)).published?.breaches).toEqual(['held'])
    expect(clear(declares({ now: LATE }), publishes(LATER)).published?.breaches).toEqual([])
    expect(clear(declares(), replies(false), publishes(LATE)).published?.breaches).toEqual([])
  })
  test.each([
    ['the releasing agency itself', WATER],
    ['one that is asked already', HEALTH],
  ])('but is %s has nothing to be answered', (_, agency) => {
    expect(declares({ agency })(asked())).toEqual([])
  })
  test('says it twice, and it is one thing to answer; declined, it may say it again', () => {
    expect(declares({ declarationId: 'declaration-2' })(asked(declares()))).toEqual([])
    const again = declares({ declarationId: 'declaration-2', now: LATE })
    expect(names(again(asked(declares(), replies(false))))).toEqual(['AffectedAgencyDeclared'])
  })
  test('of what was withdrawn, published, or never submitted changes nothing', () => {
    const gone = asked((release) => withdraw(release, qingyuan, { now: IN_TIME, reasonDigest: '' }))
    expect(declares()(gone)).toEqual([])
    expect(declares()(clear(publishes(LATER)))).toEqual([])
    expect(declares()(given().release)).toEqual([])
  })
})

describe('the releasing agency that answers', () => {
  test('by consulting it sends one more letter of the version, and reverses a clearance', () => {
    expect(names(replies(true)(clear(declares())))).toEqual([
      'ClearanceReversed',
      'DeclarationAnswered',
      'LettersIssued',
    ])
    const consulted = asked(declares(), replies(true))
    expect(presentConsultations(consulted).map(({ agency }) => agency)).toEqual([HEALTH, AUDIT])
    expect(consulted).toMatchObject({
      judgementDigest: 'judgement-with-audit',
      documentNumber: asked().documentNumber,
    })
    expect(consulted.affected.map(({ agency }) => agency)).toEqual([HEALTH, AUDIT])
  })
  test('by consulting it waits for its reply, which has a clock of its own', () => {
    const consulted = asked(declares(), replies(true), consents)
    expect(consulted.cleared).toBeUndefined()
    const audited = says(AUDIT, opinion('consent', LATE))
    const arrives: Act = () => [received(AUDIT, { ...firm, at: LATE + 1 })]
    expect(statusOf(asked(declares(), replies(true), consents, arrives, audited))).toBe('cleared')
  })
  test('before the secrecy review names it among those to be asked, and no letter leaves', () => {
    const unreviewed = given().after(
      submits({}, { ...HEALTH_AFFECTED, unreviewed: true }),
      declares(),
      replies(true),
    )
    expect(presentConsultations(unreviewed)).toEqual([])
    expect(unreviewed.affected).toHaveLength(2)
  })
  test('answers once, what is there, and does not consult a co-producer', () => {
    expect(() => replies(false)(asked(declares(), replies(true)))).toThrow('DECLARATION_ANSWERED')
    expect(() => replies(false)(asked())).toThrow('NOT_FOUND')
    const joint = given().after(submits({ coProducers: [AIR] }), declares({ agency: AIR }))
    expect(() => replies(true)(joint)).toThrow('CO_PRODUCER_AFFECTED')
  })
})

describe('a reply that names whom to ask instead', () => {
  const instead = (askInstead: string, when = IN_TIME) =>
    says(HEALTH, opinion('not_concerned', when, { askInstead }))
  test('makes the same obstacle, and says who named it', () => {
    const named = asked(instead(AUDIT))
    expect(obstacles(named)).toEqual(['affected-claim'])
    expect(named.declarations).toMatchObject([{ agency: AUDIT, namedBy: HEALTH, status: 'open' }])
  })
  test('makes it once: repeated after the answer it is answered already', () => {
    const answered = asked(
      instead(AUDIT),
      replies(false, { declarationId: `named-by-${HEALTH}-${IN_TIME}` }),
    )
    expect(answered.cleared).toBeDefined()
    expect(asked(instead(AUDIT), instead(AUDIT, IN_TIME + 1)).declarations).toHaveLength(1)
  })
  test.each([
    ['the releasing agency', WATER],
    ['itself', HEALTH],
  ])('names %s: nothing to answer', (_, code) => {
    expect(asked(instead(code)).declarations).toEqual([])
  })
  test('keeps its consultation as it is: closed without consent', () => {
    expect(asked(instead(AUDIT)).consultations[asks(HEALTH)]).toMatchObject({
      status: 'answered',
      opinion: { kind: 'not_concerned' },
    })
  })
})
