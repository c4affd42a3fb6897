import { describe, expect, test } from 'vitest'
import { packData } from '../release/law.fixture.js'
import { articleOf, inForce, packName, ruleOf, type Pack } from './pack.js'
import { readPack } from './read-pack.js'

type Data = Record<string, Record<string, unknown>>
const faultsOf = (change: (data: Data) => void): string[] => {
  const data = packData()
  change(data as Data)
  const read = readPack(data)
  return 'faults' in read ? read.faults : []
}
const set =
  (rule: string, values: object) =>
  (data: Data): void =>
    void Object.assign(data[rule]!, values)
const whole =
  (name: string, value: unknown) =>
  (data: Data): void =>
    void ((data as Record<string, unknown>)[name] = value)
const drop =
  (rule: string, field?: string) =>
  (data: Data): void => {
    if (field === undefined) delete data[rule]
    else delete data[rule]![field]
  }

const wrong: [string, (data: Data) => void, string][] = [
  [
    'signatures.of',
    whole('signatures', { source: 'house', of: ['opinion', 'silence'] }),
    'signatures.of: a list of opinion, confirmation',
  ],
  [
    'signatures without a ground',
    whole('signatures', { of: ['opinion'] }),
    'signatures: an article, or source house',
  ],
  [
    'escalation.to',
    (data) => {
      data['escalation'] = { article: '6.3', to: ['superior_organ', 'somebody'] }
    },
    'escalation.to: a list of superior_organ, competent_authority, common_superior',
  ],
  [
    'coReview.bodies',
    set('coReview', { bodies: ['audit'] }),
    'coReview.bodies: a list of legal, secrecy, supervision',
  ],
  [
    'coReview.requiredOf',
    drop('coReview', 'requiredOf'),
    'coReview.requiredOf: a list of superior_organ, competent_authority, common_superior',
  ],
  [
    'coReview.remindEveryWorkingDays',
    set('coReview', { remindEveryWorkingDays: 0 }),
    'coReview.remindEveryWorkingDays: a whole number from 1',
  ],
  [
    'appliesTo.attributes',
    set('appliesTo', { attributes: [] }),
    'appliesTo.attributes: a list of active, on_application',
  ],
  [
    'appliesTo.onlyJointlyMade',
    drop('appliesTo', 'onlyJointlyMade'),
    'appliesTo.onlyJointlyMade: true or false',
  ],
  [
    'confirmations.remindEveryWorkingDays',
    drop('confirmations', 'remindEveryWorkingDays'),
    'confirmations.remindEveryWorkingDays: a whole number from 1',
  ],
  [
    'paper.recordWithinWorkingDays',
    set('paper', { recordWithinWorkingDays: '1' }),
    'paper.recordWithinWorkingDays: a whole number from 1',
  ],
  [
    'specialCategories.list',
    set('specialCategories', { list: [{ id: 'x' }] }),
    'specialCategories.list[0]: id, zh, en, law, and publishers with levels and named',
  ],
  [
    'publicationClocks.active',
    set('publicationClocks', { active: { within: 0 } }),
    'publicationClocks.active: within, unit working_day, consultationExcluded and law, or null',
  ],
  ['id', whole('id', 'Qingyuan 2011'), 'id: 1 to 64 of a-z, 0-9 and -'],
  ['title', whole('title', ''), 'title: a text is needed'],
  ['cite', whole('cite', 7), 'cite: a text is needed'],
  ['issuer', drop('issuer'), 'issuer: a text is needed'],
  ['version', whole('version', 0), 'version: a whole number from 1'],
  ['validFrom', whole('validFrom', '2011-02-30'), 'validFrom: YYYY-MM-DD'],
  ['validFrom', drop('validFrom'), 'validFrom: YYYY-MM-DD'],
  ['validUntil', whole('validUntil', '2011-05-01'), 'validUntil: a date after validFrom, or null'],
  ['validUntil', drop('validUntil'), 'validUntil: a date after validFrom, or null'],
  [
    'article',
    set('articles', { 8: { citation: '第八条' } }),
    'articles.8: citation and text are needed',
  ],
  ['article', set('articles', { 8: null }), 'articles.8: citation and text are needed'],
  ['ground', set('breach', { article: '11' }), 'breach.article: 11 is not among the articles'],
  [
    'ground named as every object’s property',
    set('breach', { article: 'constructor' }),
    'breach.article: constructor is not among the articles',
  ],
  ['ground', set('breach', { source: 'house' }), 'breach: an article or source house, not both'],
  ['ground', drop('objection'), 'objection: an article, or source house'],
  ['reply.within', set('reply', { within: 0 }), 'reply.within: a whole number from 1 to 1000'],
  ['reply.within', set('reply', { within: 1001 }), 'reply.within: a whole number from 1 to 1000'],
  ['reply.within', set('reply', { within: '5' }), 'reply.within: a whole number from 1 to 1000'],
  ['reply.unit', set('reply', { unit: 'day' }), 'reply.unit: working_day or calendar_day'],
  ['reply.dayZero', set('reply', { dayZero: '' }), 'reply.dayZero: excluded or included'],
  [
    'reply.receiptOnRestDay',
    drop('reply', 'receiptOnRestDay'),
    'reply.receiptOnRestDay: as_received or next_working_day',
  ],
  ['reply.end', set('reply', { end: '24:30' }), 'reply.end: 24:00 or HH:MM'],
  [
    'silence.effect',
    set('silence', { effect: 'refusal' }),
    'silence.effect: deemed_consent or none',
  ],
  [
    'silence.quotation',
    set('silence', { quotation: '在7个工作日内不予回复的视为同意发布。' }),
    'silence.quotation: these words do not stand in article 6.2',
  ],
  [
    'silence.quotation',
    set('silence', { quotation: '' }),
    'silence.quotation: an effect of silence quotes its article',
  ],
  ['silence.liability', drop('silence', 'liability'), 'silence.liability: a text, may be empty'],
  ['reminders.at', set('reminders', { at: '24:00' }), 'reminders.at: HH:MM'],
  ...[[1, 2], [2, 2], [2, 0], [1.5], 2].map(
    (workingDaysBefore): [string, (data: Data) => void, string] => [
      'reminders.workingDaysBefore',
      set('reminders', { workingDaysBefore }),
      'reminders.workingDaysBefore: whole numbers from 1, the furthest first',
    ],
  ),
  [
    'outage',
    set('outage', { toleratedMinutes: -1 }),
    'outage.toleratedMinutes: a whole number from 0',
  ],
  ['secrecyReview.text', drop('secrecyReview', 'text'), 'secrecyReview.text: zh and en are needed'],
  [
    'withoutVerdict',
    set('withoutVerdict', { stopsDeeming: 'yes' }),
    'withoutVerdict.stopsDeeming: true or false',
  ],
  [
    'lateRemarks',
    drop('lateRemarks', 'holdFor'),
    'lateRemarks.holdFor: a list of secrecy, illegality, special_category',
  ],
  [
    'lateRemarks',
    set('lateRemarks', { holdFor: ['dislike'] }),
    'lateRemarks.holdFor: a list of secrecy, illegality, special_category',
  ],
  [
    'standingInstruction',
    set('standingInstruction', { to: 'anybody' }),
    'standingInstruction.to: one of escalation.to',
  ],
  [
    'standingInstruction',
    set('standingInstruction', { afterWorkingDays: 0 }),
    'standingInstruction.afterWorkingDays: a whole number from 1',
  ],
  ['letters', set('letters', { numberWord: '' }), 'letters.numberWord: a text is needed'],
  [
    'letters',
    set('letters', { numberWord: '公开征求意见'.repeat(4) }),
    'letters.numberWord: at most 20 characters on one line, in NFC',
  ],
]

describe('Qingyuan’s pack', () => {
  test('can be used', () => {
    expect(faultsOf(() => {})).toEqual([])
  })
  test('quotes the regulation word for word', () => {
    const { silence, articles } = packData() as unknown as Pack
    expect(articles['6.2']?.text).toContain(silence.quotation + silence.liability)
  })
})

describe('a pack that is wrong', () => {
  test.each([null, undefined, 'qingyuan', 7])('because it is %s says so', (data) => {
    expect(readPack(data)).toEqual({ faults: ['the pack is not an object'] })
  })
  test.each(wrong)('in %s says so, and nothing else', (_, change, fault) => {
    expect(faultsOf(change)).toEqual([fault])
  })
  test('says everything at once', () => {
    const faults = faultsOf((data) => {
      drop('reply')(data)
      set('outage', { toleratedMinutes: 0.5 })(data)
      whole('version', '1')(data)
    })
    expect(faults).toEqual([
      'version: a whole number from 1',
      'reply: an article, or source house',
      'reply.within: a whole number from 1 to 1000',
      'reply.unit: working_day or calendar_day',
      'reply.dayZero: excluded or included',
      'reply.receiptOnRestDay: as_received or next_working_day',
      'reply.end: 24:00 or HH:MM',
      'outage.toleratedMinutes: a whole number from 0',
    ])
  })
  test('cannot let the house decide that silence is consent', () => {
    const faults = faultsOf((data) => {
      drop('silence', 'article')(data)
      set('silence', { source: 'house' })(data)
    })
    expect(faults).toContain('silence.quotation: these words do not stand in article undefined')
  })
})

describe('a rule of a pack', () => {
  const pack = packData() as unknown as Pack
  test('cites its article, or the house', () => {
    expect(packName(pack)).toBe('qingyuan-2011@1')
    expect(ruleOf(pack, pack.reply)).toBe('协调/6.2')
    expect(ruleOf(pack, pack.outage)).toBe('house')
    expect(articleOf(pack, pack.breach)).toEqual({
      id: '协调/8',
      citation: '《清远市政府信息发布协调制度（试行）》第八条',
      text: pack.articles['8']?.text,
    })
    expect(articleOf(pack, pack.outage)).toMatchObject({ id: 'house', text: '' })
  })
  test('is in force from its first day until the day before its last', () => {
    const ending = { ...pack, validUntil: '2027-01-01' }
    expect(inForce(pack, '2011-04-30')).toBe(false)
    expect(inForce(pack, '2011-05-01')).toBe(true)
    expect(inForce(ending, '2026-12-31')).toBe(true)
    expect(inForce(ending, '2027-01-01')).toBe(false)
  })
})
