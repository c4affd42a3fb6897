import { describe, expect, test } from 'vitest'
import type { ReleaseEvent } from '../release/events.js'
import { agency, dateOf, letters, NEED, submits } from '../release/gates.fixture.js'
import { gatesOf } from '../release/gates.js'
import { DRAFT_1, DRAFT_2, given, IN_TIME, names, qingyuan } from '../release/law.fixture.js'
import { statusOf, type Release } from '../release/state.js'
import { reviseDraft } from '../release/revise.js'
import { recordApproval, type RecordApproval } from './record-approval.js'

type Act = (release: Release) => readonly ReleaseEvent[]
const OTHER = { organDigest: 'organ-province' }
const needs = (...acts: readonly Act[]): Release =>
  given().after(submits({ approvalsNeeded: [NEED, OTHER], approvalsDigest: 'words' }), ...acts)
const approves =
  (change: Partial<RecordApproval> = {}): Act =>
  (release) =>
    recordApproval(release, qingyuan, {
      ...{
        approvalId: 'approval-1',
        ...NEED,
        approvedOn: '2026-09-28',
        copy: { digest: 'copy', uploader: 'water' },
      },
      ...{ wordsDigest: 'words', draftDigest: DRAFT_1, recordedBy: 'agency/water/office' },
      ...{ now: IN_TIME, today: '2026-09-28', declared: ['市政府', '省政府'] },
      ...change,
    })
const missing = (release: Release) =>
  gatesOf(release, qingyuan)
    .find(({ kind }) => kind === 'approval')
    ?.obstacles.map(({ subject }) => subject)

describe('an approval that was declared as needed', () => {
  test('keeps the gate shut until it is on record, each for itself', () => {
    expect(missing(needs())).toEqual([NEED.organDigest, OTHER.organDigest])
    expect(missing(needs(approves()))).toEqual([OTHER.organDigest])
    expect(names(approves(OTHER)(needs(approves())))).toEqual([
      'ApprovalRecorded',
      'ReleaseCleared',
    ])
  })
  test('is needed anew for a new version', () => {
    const second = needs(approves(), approves(OTHER), (release) =>
      reviseDraft(release, qingyuan, {
        ...{ now: IN_TIME, draftDigest: DRAFT_2, judgementDigest: 'judgement-2' },
        ...{ alsoAffected: [], review: { reviewedOn: '2026-10-09', digest: 'review-2' } },
        ...{ letters: letters(2), agency, dateOf },
      }),
    )
    expect(missing(second)).toEqual([NEED.organDigest, OTHER.organDigest])
    expect(statusOf(second)).toBe('consulting')
  })
  test.each([
    ['of an organ that was not declared', { organDigest: 'organ-county' }, 'APPROVAL_NOT_DECLARED'],
    ['dated in the future', { approvedOn: '2026-09-29' }, 'FIELD_VALUE'],
    ['of another text', { draftDigest: DRAFT_2 }, 'VERSION_SUPERSEDED'],
  ])('is refused %s', (_, change, reason) => {
    expect(() => approves(change)(needs())).toThrow(reason)
  })
  test('may be put on record where none was declared, and opens nothing', () => {
    const none = given().after(submits({}))
    expect(names(approves({ organDigest: 'organ-county' })(none))).toEqual(['ApprovalRecorded'])
  })
})
