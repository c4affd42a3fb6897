import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../shared/refusal/refusal.fixture.js'
import { AIR, AUDIT, submits } from './gates.fixture.js'
import { given, names, packWith } from './law.fixture.js'

const submitting = (...args: Parameters<typeof submits>) =>
  refusalOf(() => submits(...args)(given().release))

describe('a special category', () => {
  const statistics = { categories: ['statistics'] }
  test('of a publisher that its law does not name is a hard stop that names the law and who may', () => {
    const found = submitting(statistics)
    expect(found).toMatchObject({ reason: 'PUBLISHER_NOT_LAWFUL', rule: '协调/7.2' })
    expect(found.text('zh')).toMatch(/统计法.*国家级、省级、市级、县级：统计/)
    expect(found.text('en')).toMatch(/statistics.*national, provincial, prefectural, county/)
  })
  test('of the publisher that its law names is on record', () => {
    const events = submits(statistics, { releasingAgency: AUDIT })(given().release)
    expect(names(events).slice(0, 2)).toEqual(['ReleaseSubmitted', 'ParticularsDeclared'])
  })
  test('of the right name at a level that the law does not name is a hard stop, too', () => {
    const pack = packWith((data) => {
      const list = data['specialCategories']!['list'] as {
        id: string
        publishers: { levels: string[] }
      }[]
      for (const one of list) one.publishers.levels = ['national']
    })
    expect(submitting(statistics, { releasingAgency: AUDIT, pack }).reason).toBe(
      'PUBLISHER_NOT_LAWFUL',
    )
  })
  test('that the pack does not have is refused, and those that it has are named', () => {
    const found = submitting({ categories: ['weather'] })
    expect(found.reason).toBe('SPECIAL_CATEGORY_UNKNOWN')
    for (const id of ['statistics', 'epidemic', 'geographic-information'])
      expect(found.text('en')).toContain(id)
  })
  test('is listed once', () => {
    const twice = { categories: ['statistics', 'statistics'] }
    expect(submitting(twice, { releasingAgency: AUDIT })).toMatchObject({
      reason: 'FIELD_VALUE',
      field: 'categories[1]',
    })
  })
})

describe('a pack', () => {
  test('is refused for an attribute that it is not made for', () => {
    const pack = packWith((data) => (data['appliesTo']!['attributes'] = ['on_application']))
    expect(submitting({}, { pack })).toMatchObject({
      reason: 'PACK_NOT_APPLICABLE',
      field: 'attribute',
    })
  })
  test('for jointly made information is refused for what one agency made alone', () => {
    const pack = packWith((data) => (data['appliesTo']!['onlyJointlyMade'] = true))
    expect(submitting({}, { pack })).toMatchObject({
      reason: 'PACK_NOT_APPLICABLE',
      field: 'co_producers',
    })
    expect(submits({ coProducers: [AIR] }, { pack })(given().release)).not.toEqual([])
  })
})

describe('a date', () => {
  test.each([
    ['formed_on', { formedOn: '2026-09-29' }, {}],
    [
      'application_received_on',
      { applicationReceivedOn: '2026-09-29' },
      { attribute: 'on_application' as const },
    ],
    ['application_received_on', { applicationReceivedOn: '2026-09-01' }, {}],
  ])('%s that cannot be is refused', (field, particulars, more) => {
    expect(submitting(particulars, more)).toMatchObject({ reason: 'FIELD_VALUE', field })
  })
  test('of today is let through', () => {
    expect(submits({ formedOn: '2026-09-28' })(given().release)).not.toEqual([])
  })
})

test('what declares nothing leaves nothing on record', () => {
  expect(names(submits({})(given().release))).not.toContain('ParticularsDeclared')
})
