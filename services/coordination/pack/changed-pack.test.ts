// Another place, the same procedure: Qingyuan's pack is changed in memory, and everything that the law
// says, counts and cites follows without a change of code.
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { withdraw } from '../release/conclude.js'
import { gatesOf, type Gate } from '../release/gates.js'
import { asks, DEEMED, down, firm, given, HEALTH, IN_TIME } from '../release/law.fixture.js'
import { LATE, names, opinion, packWith, POLICE, qingyuan } from '../release/law.fixture.js'
import { received, running, said, says, silence, SUBMITTED } from '../release/law.fixture.js'
import { submitted, WATER } from '../release/law.fixture.js'
import { statusOf } from '../release/state.js'
import { submit } from '../release/submit.js'
import { holdsOn } from '../consultation/silence.js'
import { silent } from '../release/law.fixture.js'
import { articleOf, ruleOf, type Pack } from './pack.js'

/** Seven days, no effect of silence, and everything under other articles. */
const elsewhere = packWith((data) => {
  const { articles, reply, silence: rule, consultation, breach, origin } = data
  Object.assign(data, { id: 'elsewhere-2020', cite: '办法', version: 3 })
  articles!['12'] = { citation: '《某市办法》第十二条', text: '应在7个工作日内予以书面回复。' }
  articles!['20'] = { citation: '《某市办法》第二十条', text: '违反本办法的，予以处理。' }
  Object.assign(reply!, { article: '12', within: 7 })
  Object.assign(rule!, { article: '12', effect: 'none', quotation: '', liability: '' })
  Object.assign(consultation!, { article: '12' })
  Object.assign(breach!, { article: '20' })
  Object.assign(origin!, { article: '12' })
  Object.assign(data['outage']!, { toleratedMinutes: 600 })
  Object.assign(data['lateRemarks']!, { holdFor: [] })
})
const both: [string, Pack, string][] = [
  ['Qingyuan’s', qingyuan, '协调'],
  ['another place’s', elsewhere, '办法'],
]

const ruleOfRefusal = (act: () => unknown): string => refusalOf(act).rule
const submits = (pack: Pack, change: object) => () =>
  submit(given().release, pack, {
    releasingAgency: WATER,
    submittedBy: 'w',
    now: SUBMITTED,
    packDigest: 'p',
    origin: 'made',
    attribute: 'active',
    draftDigest: 'd',
    judgementDigest: 'j',
    affected: [],
    noneAffectedReason: false,
    letters: {
      documentNumber: 'n',
      numberFrom: 'allotted',
      ids: () => ({ consultationId: 'c', letterId: 'l' }),
    },
    agency: (code) => ({
      ...{ code, name: code, documentPrefix: 'p', region: '441800', level: 'prefecture' },
      ...{ isCompetentAuthority: false, hasMailbox: true },
    }),
    dateOf: () => '2026-09-28',
    ...change,
  })
const consultationsGate = (gates: Gate[]) => gates.find(({ kind }) => kind === 'consultations')

describe.each(both)('%s pack', (_, pack, cite) => {
  const here = (own: string, other: string) => (pack === qingyuan ? own : other)
  test('counts its own days', () => {
    expect(pack.reply.within).toBe(pack === qingyuan ? 5 : 7)
    expect(articleOf(pack, pack.reply).text).toContain(`${pack.reply.within}个工作日`)
  })
  test('is named by the decision', () => {
    const events = submits(pack, { noneAffectedReason: true })()
    expect(events[0]).toMatchObject({ pack: here('qingyuan-2011@1', 'elsewhere-2020@3') })
  })
  test('is what refusals cite', () => {
    const consultation = `${cite}/${here('6.1', '12')}`
    expect(ruleOf(pack, pack.consultation)).toBe(consultation)
    expect(ruleOfRefusal(submits(pack, {}))).toBe(consultation)
    const oneself = { affected: [{ agency: WATER, trigger: 'concerns' }] }
    expect(ruleOfRefusal(submits(pack, oneself))).toBe(consultation)
    expect(ruleOfRefusal(submits(pack, { maker: HEALTH }))).toBe(`${cite}/${here('4', '12')}`)
    const stale = says(HEALTH, opinion('consent', IN_TIME), { pack, draftDigest: 'other' })
    expect(ruleOfRefusal(() => given(...running).when(stale))).toBe(consultation)
    const ended = given(...running, {
      type: 'ReleaseWithdrawn',
      withdrawnAt: LATE,
      reasonDigest: 'r',
    })
    const again = () => withdraw(ended.release, pack, { now: LATE, reasonDigest: 'r' })
    expect(ruleOfRefusal(again)).toBe(consultation)
  })
  test('is what gates rest on, and whether they open by themselves', () => {
    const gate = consultationsGate(gatesOf(given(...running).release, pack))
    expect(gate?.rule).toEqual({ article: here('6.1', '12') })
    expect(gate?.obstacles.map(({ opensAt }) => opensAt)).toEqual(
      pack === qingyuan ? [firm.at, firm.at] : [undefined, undefined],
    )
  })
  test('says what silence does', () => {
    const events = given(...running, said(POLICE, 'consent')).when(silence(DEEMED, { pack }))
    expect(names(events)).toEqual(
      pack === qingyuan ? ['ConsentDeemed', 'ReleaseCleared'] : ['SilenceRecorded'],
    )
  })
  test('says whether a late reply is a remark or the verdict that is still needed', () => {
    const state = given(...running, said(POLICE, 'consent'))
    const after = state.after(
      silence(DEEMED, { pack }),
      says(HEALTH, opinion('consent', LATE), { pack }),
    )
    expect(after.remarks).toHaveLength(pack === qingyuan ? 1 : 0)
    expect(after.cleared?.basis).toMatchObject([
      { how: pack === qingyuan ? 'deemed' : 'express' },
      { how: 'express' },
    ])
  })
  test('says which claims hold', () => {
    const late = says(POLICE, opinion('objection', LATE, { claims: ['secrecy'] }), { pack })
    const after = given(...running, said(HEALTH, 'consent'), said(POLICE, 'consent')).after(late)
    expect(after.remarks).toMatchObject([{ holds: pack === qingyuan }])
  })
  test('says which outage rolls the deadline', () => {
    const downtimes = [down('10-10T08:00', '10-10T12:00')]
    const events = given(...running).when(silence(DEEMED, { pack, downtimes }))
    expect(names(events)).toContain(pack === qingyuan ? 'DeadlineMoved' : 'SilenceRecorded')
  })
})

describe('without an effect of silence', () => {
  const expired = given(...running, said(POLICE, 'consent')).after(
    silence(DEEMED, { pack: elsewhere }),
  )
  test('nothing is cleared, and the gate says what is missing', () => {
    expect(statusOf(expired)).toBe('consulting')
    expect(consultationsGate(gatesOf(expired, elsewhere))?.obstacles).toEqual([
      { reason: 'silence-without-effect', subject: asks(HEALTH), agency: HEALTH },
    ])
  })
  test('silence is recorded once, with the deadline that passed', () => {
    expect(silence(LATE, { pack: elsewhere })(expired)).toEqual([])
    expect(expired.consultations[asks(HEALTH)]).toMatchObject({ status: 'expired' })
    expect(expired.consultations[asks(HEALTH)]).not.toHaveProperty('deemedAt')
  })
  test('it says so from the receipt on', () => {
    const state = given(submitted, ...running.slice(1), received(HEALTH)).release
    const command = { ...silent(SUBMITTED), clockInDoubt: false }
    const causes = holdsOn(state.consultations[asks(HEALTH)]!, elsewhere, command)
    expect(causes).toEqual(['silence-without-effect'])
  })
})
