// The page of documents is the contract: it has every kind of letter and no other, and names mean one thing.
import { describe, expect, test } from 'vitest'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { LABELS } from '../../services/coordination/letter/labels.js'
import { documented, faultsOfRecord } from './documents-page.js'

describe('the page of documents', () => {
  test('has a table for every kind of letter, and for the receipt', () => {
    const kinds = Object.keys(LetterKind)
      .filter((name) => /^[A-Z_]+$/.test(name) && !['UNSPECIFIED', 'UNRECOGNIZED'].includes(name))
      .map((name) => `LETTER_KIND_${name}`)
    expect([...documented.keys()].sort()).toEqual(['', 'DOCUMENT_OF_RECEIPT', ...kinds].sort())
    for (const [kind, fields] of documented) expect(fields.length, kind).toBeGreaterThan(1)
  })

  test('gives a name one label in all letters, which is the one that is printed', () => {
    const labels = new Map<string, Set<string>>()
    for (const [kind, fields] of documented)
      if (kind !== 'DOCUMENT_OF_RECEIPT')
        for (const { name, label } of fields)
          labels.set(name, (labels.get(name) ?? new Set()).add(label))
    expect([...labels].filter(([, { size }]) => size > 1)).toEqual([])
    for (const [name, label] of Object.entries(LABELS))
      expect([...(labels.get(name) ?? [])], name).toEqual([label])
  })

  test('shows what is wrong with a record', () => {
    const field = (name: string, label: string, value = '甲') => ({ name, label, value })
    const every = [field('sender', '发文机关'), field('recipient', '主送机关')]
    const whole = [...every, field('date', '成文日期'), field('letter', '原函文号')]
    const matter = field('matter', '事项')
    expect(faultsOfRecord('LETTER_KIND_WITHDRAWAL', [...whole, matter])).toEqual([])
    expect(faultsOfRecord('LETTER_KIND_WITHDRAWAL', whole)).toHaveLength(1)
    expect(faultsOfRecord('LETTER_KIND_WITHDRAWAL', [...whole, matter, matter])).toHaveLength(1)
    for (const wrong of [field('matter', '事情'), field('matter', '事项', ' ')])
      expect(faultsOfRecord('LETTER_KIND_WITHDRAWAL', [...whole, wrong])).toHaveLength(1)
    const unknown = [...whole, matter, field('mater', '事项')]
    expect(faultsOfRecord('LETTER_KIND_WITHDRAWAL', unknown)).toHaveLength(1)
    expect(faultsOfRecord('LETTER_KIND_POEM', whole)).toHaveLength(1)
  })
})
