// The ruling: on the text that was read, after those were heard who must be, with what may be released.
import { describe, expect, test } from 'vitest'
import { giveCoReview, requestCoReview } from './co-review.js'
import { accept, handUp, redirect, returnToNegotiation } from './coordinate.js'
import { accepted, asked, at, given, NEXT, OFFICE, received, viewOf } from './dispute.fixture.js'
import { evolve } from './evolve.js'
import { issueRuling, type RuleCommand } from './rule.js'

const now = at('10-16T10:00')
const heard = given(
  ...[received(), accepted, asked, viewOf('view-legal'), viewOf('view-supervision')],
)
const rule = (dispute: ReturnType<typeof given>, over: Partial<RuleCommand> = {}) =>
  issueRuling(dispute, {
    ...{ rulingId: 'ruling-1', disposition: 'release', readDigest: 'd2', changedDigest: '' },
    ...{ rulingDigest: 'r', documentNumber: '1', numberFrom: 'allotted', dissenting: [] },
    ...{ ruledBy: 'agency/x/y', now, name: (code: string) => `〈${code}〉` },
    ...over,
  })

describe('a ruling', () => {
  test.each([
    ['to release lets the text in dispute be released', 'release', '', 'd2'],
    ['to release with changes lets exactly that text', 'release_with_changes', 'd3', 'd3'],
    ['not to release lets none', 'do_not_release', '', ''],
    ['back to negotiation lets none', 'back_to_negotiation', '', ''],
  ] as const)('%s', (_, disposition, changedDigest, draftDigest) => {
    expect(rule(heard, { disposition, changedDigest })).toMatchObject([
      { type: 'RulingIssued', version: 2, disposition, draftDigest, coordinator: OFFICE },
    ])
  })
  test('is on the text that was read, and on no other', () => {
    expect(() => rule(heard, { readDigest: 'd1' })).toThrow('DIGEST_MISMATCH')
  })
  test('with changes changes something', () => {
    expect(() => rule(heard, { disposition: 'release_with_changes', changedDigest: 'd2' })).toThrow(
      'DRAFT_UNCHANGED',
    )
  })
  test('waits for acceptance', () => {
    expect(() => rule(given(received()))).toThrow('DISPUTE_NOT_ACCEPTED')
  })
  test.each([
    ['nobody was asked', [received(), accepted], '法制（未征求）、保密（未征求）、监察（未征求）'],
    [
      'one has not answered',
      [received(), accepted, asked, viewOf('view-legal')],
      '监察（〈11441800QY00003450〉）',
    ],
  ] as const)('names whom the competent authority has not heard: %s', (_, events, words) => {
    const refused = (() => {
      try {
        rule(given(...events))
        return undefined
      } catch (error) {
        return error as { reason: string; text(language: string): string; rule: string }
      }
    })()
    expect(refused?.reason).toBe('CO_REVIEW_MISSING')
    expect(refused?.rule).toBe('协调/6.3')
    expect(refused?.text('zh')).toContain(words)
  })
  test('ends the dispute: nothing else is done in it', () => {
    const over = rule(heard).reduce(evolve, heard)
    const passing = { reasonDigest: 'why', now, remindAt: NEXT }
    const view = { coReviewId: 'view-legal', advice: 'none', viewDigest: 'w', givenBy: 'x', now }
    const acts: Record<string, () => unknown> = {
      ruling: () => rule(over),
      accepting: () => accept(over, { now }),
      returning: () => returnToNegotiation(over, passing),
      redirecting: () => redirect(over, { ...passing, to: 'superior_organ' }),
      'handing up': () => handUp(over, { ...passing, superior: 'x' }),
      'a view': () => giveCoReview(over, view as Parameters<typeof giveCoReview>[1]),
      asking: () =>
        requestCoReview(over, {
          ...{ level: [], others: [], now, coReviewId: () => 'x', remindAt: () => NEXT },
        }),
    }
    for (const [name, act] of Object.entries(acts)) expect(act, name).toThrow('DISPUTE_OVER')
  })
})
